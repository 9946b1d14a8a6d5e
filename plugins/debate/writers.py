"""Pelican's own writer, except that a file whose text stays as it is keeps its times: it is not written again."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import TracebackType
from typing import Any

from pelican import signals
from pelican.writers import Writer

from .frontmatter import write_whole
from .outputs import holds


class SparingWriter(Writer):  # type: ignore[misc]
    """Writes what Pelican's writer writes, and where it would, but only where that is new, and whole.

    Opening is all that differs. Should a later Pelican open its files elsewhere, they are written as ever.
    """

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> Any:
        """Return a file to write to; what was written once in this build is Pelican's own to skip or to refuse."""
        if filename in self._written_files or filename in self._overridden_files:
            return super()._open_w(filename, encoding, override)
        self._written_files.add(filename)
        if override:
            self._overridden_files.add(filename)
        return _Held(Path(filename), encoding)


class _Held(io.StringIO):
    """Text that goes into its file when the `with` block ends well."""

    def __init__(self, path: Path, encoding: str) -> None:
        super().__init__(newline="")
        self._path, self._encoding = path, encoding

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            content = self.getvalue().replace("\n", os.linesep).encode(self._encoding)
            if not holds(self._path, content):
                write_whole(self._path, content)
        super().__exit__(kind, error, at)


def sparing_writer(_: Any) -> type[SparingWriter] | None:
    """Offer the writer to Pelican, unless another plugin has one: only one can be active, and theirs does more."""
    return None if len(signals.get_writer.receivers) > 1 else SparingWriter
