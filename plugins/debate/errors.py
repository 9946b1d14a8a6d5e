"""One family of errors; each says what is wrong, where, why, and the remedy."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path


class DebateError(Exception):
    """Stop the work with one message for the owner of the site.

    `what` names the fault, `where` the file and line or the setting, `why` the cause, `remedy` what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.what, self.where, self.why, self.remedy = what, where, why, remedy
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """Return the four parts as one line: `where: what: why. Remedy: remedy`."""
        head = ": ".join(part for part in (self.where, self.what) if part)
        body = f"{head}: {self.why}" if self.why else head
        return f"{body}. Remedy: {self.remedy}." if self.remedy else f"{body}."


class SettingError(DebateError):
    """A DEBATE_* setting has a wrong value: the build stops."""


class DebateFileError(DebateError):
    """A debate file is missing or wrong: the build stops."""


class StylesheetError(DebateError):
    """A stylesheet imports what cannot be folded into it: the build stops."""


class CommentFileError(DebateError):
    """A comment file cannot be used: it is skipped with a warning."""


class LabelError(DebateError):
    """A label or a file of labelled texts cannot be used."""


class ImportFileError(DebateError):
    """A file to import cannot be read."""


class CatalogueError(DebateError):
    """A catalogue of translations cannot be used: the build stops."""


class QuoteError(DebateError):
    """A quote or evidence is not an exact part of its comment: the build stops."""


def pip_install(*packages: str) -> str:
    """Return the command that installs packages into the environment at work, whichever `pip` the shell would find."""
    return shlex.join([sys.executable, "-m", "pip", "install", *packages])


def at(path: Path | str, line: int | None = None) -> str:
    """Return `path` or `path:line`, the way editors jump to."""
    return f"{path}:{line}" if line is not None else str(path)
