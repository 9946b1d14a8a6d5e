"""Comment files as they lie in the folder, whatever their status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import CommentFileError, at
from ..frontmatter import Header, split
from .changes import read_exact

_DECIDED = ("published", "deleted")


@dataclass(frozen=True, slots=True)
class CommentFile:
    """A comment's file as it lies there, whatever its status: the readers give no text of a pending one."""

    path: Path
    headers: tuple[Header, ...]
    body: str

    @property
    def id(self) -> str:
        """Return the comment's id."""
        return self.path.stem

    @property
    def pending(self) -> bool:
        """Say whether the comment waits; an unknown status waits, too, as it does for the readers."""
        return (self.get("Status") or "published").lower() not in _DECIDED

    def get(self, name: str) -> str | None:
        """Return a header's value, the first where it is given twice, as the readers do; None where it is missing."""
        values = (header.value for header in self.headers if header.name.lower() == name.lower())
        return next(values, None) or None


def read_files(folder: Path, pattern: str = "*/*.md") -> list[CommentFile]:
    """Return every comment file below the folder that can be read; the build warns of the others."""
    found = []
    for path in sorted(folder.glob(pattern)):
        try:
            found.append(read_file(path))
        except CommentFileError:
            continue
    return found


def read_file(path: Path) -> CommentFile:
    """Return a comment's file; raise CommentFileError if it cannot be read or has no head."""
    try:
        headers, body = split(read_exact(path))
    except ValueError as error:
        raise _no_head(at(path, error.args[0])) from error
    if not headers:
        raise _no_head(at(path, 1))
    return CommentFile(path, headers, body)


def _no_head(where: str) -> CommentFileError:
    remedy = "begin with 'Author: ...', then an empty line, then the text"
    return CommentFileError("the comment file has no proper head", where=where, remedy=remedy)
