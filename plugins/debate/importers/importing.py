"""The one call: a file of any known system into a content folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from ..errors import ImportFileError
from . import blogger, captures, commentfolder, commento, disqus, isso, pages, webmention, wordpress
from .disk import disk
from .fitting import DebateOf, always
from .recognition import REMEDY, recognise
from .report import Report, Tally
from .sources import Source, of_archive, of_file
from .values import Items, Progress
from .writing import Writer

Reader = Callable[[Source, Progress], Items]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "wordpress": wordpress.read,
        "blogger": blogger.read,
        "disqus": disqus.read,
        "isso": isso.read_database,
        "isso-json": isso.read_json,
        "commento": commento.read,
        "webmention": webmention.read,
        "comment-folder": commentfolder.read,
        "capture": captures.read,
        "page": pages.read,
    }
)
"""Every format by the name that `--format` takes."""

AUTO = "auto"
_FEEDS = frozenset({"wordpress", "blogger", "disqus"})


def import_file(
    path: Path,
    into: Path,
    *,
    format: str = AUTO,
    debate: str | None = None,
    debate_of: DebateOf | None = None,
    dry_run: bool = False,
    pending: bool = False,
    progress: Progress | None = None,
    jobs: int = 1,
) -> Report:
    """Import a file or folder into `into`: essays to `essays/`, pages to `pages/`, comments to `comments/<slug>/`.

    `debate` names the debate of all essays, `debate_of` that of each by its text. `pending` keeps comments that wait
    for moderation, `progress` is called with what has been read and the whole. Files that are there are never changed.
    Of `jobs` processes one reads and decides, the others write; files and report are those of a single one.
    Raises ImportFileError where the file cannot be opened, its format is not known, or it holds nothing that any
    reader takes; damage on the way is a warning.
    """
    if format != AUTO and format not in READERS:
        raise ImportFileError(
            f'the format "{format}" is not known', why=f"formats are {', '.join(READERS)}", remedy="use auto"
        )
    _check_folders(path, into)
    tally = Tally(path.name)
    sources = [(kind, source) for kind, source in _sources(path, format)]
    with disk(1 if dry_run else jobs) as target:
        choice = debate_of or always(debate)
        writer = Writer(into, tally, target, debate_of=choice, dry_run=dry_run, pending=pending)
        for kind, source in sources:
            tally.source = source.name
            _import(kind, source, writer, progress or _silent)
        writer.close()
    tally.source = path.name
    return tally.report(" + ".join(dict.fromkeys(kind for kind, _ in sources)), str(into), dry_run=dry_run)


def _import(kind: str, source: Source, writer: Writer, progress: Progress) -> None:
    for item in READERS[kind](source, progress):
        writer.take(item)


def _check_folders(path: Path, into: Path) -> None:
    """Refuse a folder that lies where the comments would go: its files would be taken for imported ones."""
    if path.is_dir() and (into / "comments").resolve() in (path.resolve(), (path / "comments").resolve()):
        raise ImportFileError(
            "the folder cannot be imported into itself",
            where=str(path),
            why="its files stand where the new ones would",
            remedy="move the old comments folder aside and import it from there",
        )


def _sources(path: Path, format_name: str) -> Iterator[tuple[str, Source]]:
    if path.is_dir():
        yield from _of_folder(path, format_name)
        return
    source = of_file(path)
    if not source.packed and source.head().startswith(b"PK\x03\x04"):
        yield from _of_archive(path, format_name)
        return
    yield (recognise(source) if format_name == AUTO else format_name), source


def _of_archive(path: Path, format_name: str) -> Iterator[tuple[str, Source]]:
    found = list(_feeds(of_archive(path), format_name))
    if not found:
        raise ImportFileError(
            "the archive holds nothing to import", where=str(path), why="no feed.atom, no export", remedy=REMEDY
        )
    yield from found


def _of_folder(path: Path, format_name: str) -> Iterator[tuple[str, Source]]:
    """Yield an unpacked Takeout's feeds, or the folder itself as comments of pelican_comment_system."""
    feeds = list(_feeds([of_file(feed) for feed in sorted(path.rglob("feed.atom"))], format_name))
    if feeds:
        yield from feeds
    elif format_name in (AUTO, "comment-folder") and next(path.rglob("*.md"), None):
        yield "comment-folder", Source(path, path.name, 0, lambda: path.open("rb"))
    else:
        raise ImportFileError(
            "the folder holds nothing to import", where=str(path), why="no feed.atom, no *.md", remedy=REMEDY
        )


def _feeds(sources: list[Source] | tuple[Source, ...], format_name: str) -> Iterator[tuple[str, Source]]:
    for source in sources:
        kind = _recognised(source) if format_name == AUTO else format_name
        if kind in _FEEDS:
            yield kind, source


def _recognised(source: Source) -> str | None:
    try:
        return recognise(source)
    except ImportFileError:
        return None


def _silent(_done: int, _total: int) -> None:
    """Show no progress."""
