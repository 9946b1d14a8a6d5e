"""Comment files to `Comment` values; a file that cannot be used is skipped with a warning that names it."""

from __future__ import annotations

import logging
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import cast, get_args

from markupsafe import Markup

from .contents import OFF, Comment, Status
from .errors import CommentFileError, at
from .frontmatter import Header, split
from .sanitizing import CommentMarkdown, Rendered, safe_name, safe_website

log = logging.getLogger(__name__)

KEYS = ("Author", "Date", "In-Reply-To", "Website", "Status", "Stance", "Stance-By")
LARGEST_BYTES = 1 << 20
"""Of a comment file; nobody reads more, and Markdown takes its time over it."""

EDITOR = "editor"
PEOPLE = (EDITOR, "author")
_KNOWN = frozenset(key.lower() for key in KEYS)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

LabelsOf = Callable[[str], Collection[str] | None]
"""From an essay's slug to the stance labels of its debate; None where the essay has no debate."""


class CommentFolders(Mapping[str, tuple[Comment, ...]]):
    """The comments below a folder by slug, each slug's folder read when it is asked for; `<slug>/<id>.md` is a comment.

    Comments come in the order of file names. A file that cannot be used is skipped with a warning; a header that cannot
    be used is left out with a warning.
    """

    def __init__(self, folder: Path, labels_of: LabelsOf, zone: tzinfo = UTC) -> None:
        self.folder, self.zone, self._labels_of = folder, zone, labels_of
        parted = {name: _parted(folder / name) for name in _folders(folder)}
        self._files = {name: files for name, (files, _) in parted.items() if files}
        self._inner = [inner for _, folders in parted.values() for inner in folders]
        self._markdown = CommentMarkdown()

    def __getitem__(self, slug: str) -> tuple[Comment, ...]:
        labels = self._labels_of(slug)
        read = (self._comment(Path(file.path), labels) for file in self._files[slug])
        comments = tuple(comment for comment in read if comment)
        _warn_of_twins(comments)
        return comments

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def files(self, slug: str) -> tuple[os.DirEntry[str], ...]:
        """Return the comment files of a slug in the order of their names, none for a slug without any."""
        return self._files.get(slug, ())

    def too_deep(self) -> list[Path]:
        """Return the folders, sorted, whose comment files are not read: they lie below the folder of a slug."""
        return sorted({file.parent for folder in self._inner for file in folder.rglob("*.md")})

    def _comment(self, path: Path, labels: Collection[str] | None) -> Comment | None:
        try:
            return read_comment(path, labels, self.zone, self._markdown)
        except CommentFileError as error:
            log.warning("%s", error.message)
            return None


def read_comments(folder: Path, labels_of: LabelsOf, zone: tzinfo = UTC) -> dict[str, tuple[Comment, ...]]:
    """Return the comments of every slug below the folder; a slug whose files all cannot be used is left out."""
    return {slug: comments for slug, comments in CommentFolders(folder, labels_of, zone).items() if comments}


def _folders(folder: Path) -> list[str]:
    """Return the names of the folders in a folder, sorted; none where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:
        return []


def _parted(folder: Path) -> tuple[tuple[os.DirEntry[str], ...], list[Path]]:
    """Return the comment files of a folder, sorted, and the folders in it."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    files = tuple(entry for entry in found if entry.name.endswith(".md"))
    return files, [
        Path(entry.path) for entry in found if not entry.name.endswith(".md") and entry.is_dir(follow_symlinks=False)
    ]


def _warn_of_twins(comments: Sequence[Comment]) -> None:
    """Warn of ids that differ only by case: on many machines they would be one file."""
    seen: dict[str, Comment] = {}
    for comment in comments:
        first = seen.setdefault(comment.id.lower(), comment)
        if first is not comment:
            log.warning("%s: its name differs from %r only by case. Remedy: rename one.", comment.path, first.id)


def read_comment(
    path: Path, labels: Collection[str] | None, zone: tzinfo = UTC, markdown: CommentMarkdown | None = None
) -> Comment:
    """Return the comment a file holds; `labels` are the stance keys allowed (None: the essay has no debate).

    A date without an offset is taken to be in `zone`. Raises CommentFileError when the file cannot be read, has no
    head, or has a name that cannot be an id.
    """
    headers, body = _parts(path)
    given = _once(path, headers)
    status = _status(path, given.get("status"))
    rendered = (markdown or CommentMarkdown()).rendered(body) if status == "published" else Rendered(Markup(), "")
    parent = given.get("in-reply-to")
    stance = _stance(path, given.get("stance"), labels)
    return Comment(
        id=path.stem,
        essay=path.parent.name,
        date=_date(path, given.get("date"), zone),
        author=_author(given.get("author")) if status == "published" else None,
        in_reply_to=parent.value if parent else None,
        website=_website(path, given.get("website")),
        status=status,
        stance=stance,
        stance_by=_stance_by(path, given.get("stance-by")) if stance else None,
        html=rendered.html,
        text=rendered.text,
        path=at(path, parent.line if parent else 1),
    )


def _parts(path: Path) -> tuple[tuple[Header, ...], str]:
    if not _ID.fullmatch(path.stem):
        raise _unusable(path, None, "its name cannot be a comment id", path.stem, "use letters, digits, '.', '_', '-'")
    if fault := _unfit(path):
        raise _unusable(path, None, *fault)
    try:
        headers, body = split(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise _unusable(path, line, "the file is not UTF-8", str(error.reason), "save it as UTF-8") from error
    except OSError as error:
        raise _unusable(path, None, "the file cannot be read", str(error.strerror), "check its permissions") from error
    except ValueError as error:
        remedy = "write 'Key: value', and an empty line before the text"
        raise _unusable(path, error.args[0], "a line of the head is no header", "it has no key", remedy) from error
    if not headers:
        remedy = "begin with 'Author: ...' and 'Date: ...', then an empty line"
        raise _unusable(path, 1, "the file has no head", "its first line is no 'Key: value'", remedy)
    for header in headers:
        if header.name.lower() not in _KNOWN:
            _warn(path, header, "unknown key", f"use one of {', '.join(KEYS)}")
    return headers, body


def _unfit(path: Path) -> tuple[str, str, str] | None:
    """Say why a path is no file to read: a device or pipe would never end, a link could publish any other file."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if not path.resolve().is_relative_to(path.parent.parent.resolve()):
                return "it is a link that leads out of the folder of comments", "", "put the file itself there"
            status = path.stat()
    except OSError as error:
        return "the file cannot be read", str(error.strerror), "check its permissions"
    if not stat.S_ISREG(status.st_mode):
        return "it is no file", "", "remove it"
    if status.st_size > LARGEST_BYTES:
        return f"it is larger than {LARGEST_BYTES >> 20} MiB", "", "shorten it"
    return None


def _once(path: Path, headers: tuple[Header, ...]) -> dict[str, Header]:
    """Return the headers by lower-case name; of a repeated one the first counts, so that nothing held slips out."""
    given: dict[str, Header] = {}
    for header in headers:
        if given.setdefault(header.name.lower(), header) is not header:
            _warn(path, header, "given twice, the first one counts", "delete one of the two lines")
    return {name: header for name, header in given.items() if header.value}


def _author(header: Header | None) -> str | None:
    return safe_name(header.value) if header else None


def _status(path: Path, header: Header | None) -> Status:
    if header is None:
        return "published"
    for status in get_args(Status):
        if header.value.lower() == status:
            return cast(Status, status)
    # An unknown status may have meant "spam" or "draft": what nobody published stays unpublished.
    _warn(path, header, "unknown status, held as pending", f"use {', '.join(get_args(Status))}")
    return "pending"


def _date(path: Path, header: Header | None, zone: tzinfo) -> datetime | None:
    if header is None:
        return None
    try:
        date = datetime.fromisoformat(header.value)
    except ValueError:
        _warn(path, header, "this is no date, the comment stands without one", "write 2026-11-22T14:30:00+01:00")
        return None
    return date if date.tzinfo else date.replace(tzinfo=zone)


def _website(path: Path, header: Header | None) -> str | None:
    if header is None:
        return None
    if website := safe_website(header.value):
        return website
    _warn(path, header, "this website is left out", "give an http or https address")
    return None


def _stance(path: Path, header: Header | None, labels: Collection[str] | None) -> str | None:
    if header is None:
        return None
    stance = header.value.lower()
    if stance == OFF or stance in (labels or ()):
        return stance
    if labels is None:
        _warn(path, header, "the essay has no debate, the stance is left out", "name one by 'Debate:' in the essay")
    else:
        _warn(path, header, "unknown stance, the comment is tagged by machine", f"use {', '.join([*labels, OFF])}")
    return None


def _stance_by(path: Path, header: Header | None) -> str:
    if header is None:
        return EDITOR
    if header.value.lower() in PEOPLE:
        return header.value.lower()
    _warn(path, header, "unknown decider, taken as editor", f"use {' or '.join(PEOPLE)}")
    return EDITOR


def _warn(path: Path, header: Header, what: str, remedy: str) -> None:
    where = at(path, header.line)
    log.warning("%s: %s: %s: %s. Remedy: %s.", where, header.name, what, repr(header.value), remedy)


def _unusable(path: Path, line: int | None, what: str, why: str, remedy: str) -> CommentFileError:
    return CommentFileError(f"comment skipped, {what}", where=at(path, line), why=why, remedy=remedy)
