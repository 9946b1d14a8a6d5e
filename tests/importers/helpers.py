"""Write a replica to a file, import it, read back what was written."""

from pathlib import Path

from debate.frontmatter import split
from debate.importers import Report, import_file

CANARIES = ("canary", "192.0.2.", "Mozilla")
"""Every replica's personal fields hold one of these; none may be in what an import writes."""


def imported(tmp_path: Path, data: str | bytes, name: str = "export", **options) -> tuple[Report, Path]:
    source, into = tmp_path / name, tmp_path / "content"
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    return import_file(source, into, **options), into


def with_essays(tmp_path: Path, *slugs: str) -> None:
    for slug in slugs:
        path = tmp_path / "content" / "essays" / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Title: {slug}\nSlug: {slug}\n\nText.\n", encoding="utf-8")


def head_and_body(path: Path) -> tuple[dict[str, str], str]:
    headers, body = split(path.read_text(encoding="utf-8"))
    return {header.name: header.value for header in headers}, body.strip("\n")


def files(into: Path) -> dict[str, bytes]:
    return {str(path.relative_to(into)): path.read_bytes() for path in sorted(into.rglob("*")) if path.is_file()}


def written(into: Path) -> str:
    return "\n".join(data.decode() for data in files(into).values())


def tree(into: Path, slug: str) -> dict[str, str | None]:
    """Return id -> parent of a thread's files."""
    return {
        path.stem: head_and_body(path)[0].get("In-Reply-To") for path in sorted((into / "comments" / slug).iterdir())
    }
