"""One change of one file, to the byte, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import CommentFileError, DebateError, at
from ..frontmatter import amend, write_whole


@dataclass(frozen=True, slots=True)
class Change:
    """A file's text `before` and `after`; None means that there is no file."""

    path: Path
    before: str | None
    after: str | None

    def apply(self) -> None:
        """Put the file into its new state; raise CommentFileError if it cannot be written."""
        self._put(self.after)

    def undo(self) -> None:
        """Put the file back to the byte; raise CommentFileError if someone has changed it in between."""
        if self._now() != self.after:
            raise CommentFileError(
                "not undone",
                where=at(self.path),
                why="the file was changed by someone else in between",
                remedy="compare it with your version control and mend it by hand",
            )
        self._put(self.before)

    def _now(self) -> str | None:
        return read_exact(self.path) if self.path.exists() else None

    def _put(self, text: str | None) -> None:
        try:
            if text is None:
                self.path.unlink(missing_ok=True)
            else:
                write_whole(self.path, text)
        except DebateError as error:
            raise _failed(self.path, error.what, error.why) from error
        except OSError as error:
            raise _failed(self.path, "the file cannot be written", error.strerror or "") from error


def read_exact(path: Path) -> str:
    """Return a file's text with its line endings as they are; raise CommentFileError if it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise _failed(path, "the file is not UTF-8", error.reason) from error
    except OSError as error:
        raise _failed(path, "the file cannot be read", error.strerror or "") from error


def amend_file(path: Path, headers: Mapping[str, str | None]) -> Change:
    """Set headers of a file (None removes one), leave every other byte, and return the change made."""
    before = read_exact(path)
    change = Change(path, before, amend(before, headers))
    change.apply()
    return change


def _failed(path: Path, what: str, why: str) -> CommentFileError:
    return CommentFileError(what, where=at(path), why=why, remedy="check the file and its permissions")
