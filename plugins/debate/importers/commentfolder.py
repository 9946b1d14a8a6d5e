"""Folders of pelican_comment_system: `<slug>/<name>.md` with `author:`, `date:`, `replyto:`; the body is Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from . import dates
from .names import person, safe_id, title_text, website, without_addresses
from .sources import Source, read_text
from .sources import of_file as source_of
from .values import ImportedComment, Item, Items, Notice, Progress, Skipped, Target

_HEADER = re.compile(r"([A-Za-z][\w-]*)\s*:[ \t]*(.*)")
_ENDING = re.compile(r"\.?(?:md|markdown|mkd|rst)$", re.IGNORECASE)
_ENDINGS = frozenset({".md", ".markdown", ".mkd"})
_OLD_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def read(source: Source, progress: Progress) -> Items:
    """Yield the comments of each folder below the path, or of the path itself where the files lie in it."""
    folder = source.path / "comments" if (source.path / "comments").is_dir() else source.path
    paths = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.parent.name and not path.name.startswith(".")
    )
    seen: set[str] = set()
    for done, path in enumerate(paths, 1):
        progress(done, len(paths))
        slug = path.parent.name
        if slug not in seen:
            seen.add(slug)
            yield Target(slug, slug, (slug,))
        yield from _comment(path, slug)


def _comment(path: Path, slug: str) -> Iterator[Item]:
    if path.suffix.lower() not in _ENDINGS:
        yield Skipped(f"file that is no Markdown ({path.suffix[:10] or 'no ending'})")
        return
    text, notices = read_text(source_of(path))
    yield from (Notice(f"{slug}/{path.name}: {notice.text}") for notice in notices)
    headers, body = _split(text)
    if "author" not in headers and "date" not in headers:
        yield Notice(f"{slug}/{path.name}: no author and no date in its head, so it is no comment")
        yield Skipped("file without a comment's head")
        return
    answered = headers.get("replyto", "")
    yield ImportedComment(
        id=_id(path.name),
        essay=slug,
        body=without_addresses(body.strip()),
        author=person(title_text(headers.get("author"))),
        date=_date(headers.get("date", "")),
        parent=_id(answered) if answered else None,
        website=website(headers.get("website")),
    )


def _split(text: str) -> tuple[dict[str, str], str]:
    head, _, body = text.lstrip("\n").partition("\n\n")
    matches = [_HEADER.match(line) for line in head.split("\n")]
    return {match[1].lower(): match[2].strip() for match in matches if match}, body


def _id(name: str) -> str:
    """Return the id of a comment named as a file (`1.md`) or as the old plugin names it in replies (`1md`)."""
    return safe_id("", _ENDING.sub("", name.strip()))


def _date(text: str) -> date | None:
    match = _OLD_DATE.match(text)
    if not match:
        return dates.iso(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return dates.iso(text) or dates.iso(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
