"""A bar on a terminal for work that takes a while."""

from __future__ import annotations

from typing import TextIO

BAR_WIDTH = 40


class Bar:
    """Draw what has been read, in whole per cents, on a terminal; say nothing elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._shown = out, -1

    def __call__(self, done: int, total: int) -> None:
        """Show what has been done of the whole, if that is another per cent."""
        per_cent = 100 * done // total if total else 100
        if per_cent == self._shown:
            return
        self._shown = per_cent
        filled = BAR_WIDTH * per_cent // 100
        self._out.write(f"\r[{'#' * filled}{' ' * (BAR_WIDTH - filled)}] {per_cent} %")
        self._out.write("\n" if per_cent == 100 else "")
        self._out.flush()


def bar(out: TextIO) -> Bar | None:
    """Return a bar for a terminal, None elsewhere."""
    return Bar(out) if out.isatty() else None
