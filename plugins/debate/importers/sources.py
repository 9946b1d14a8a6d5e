"""Reading files that may hold anything: text with any encoding, bounded in size."""

from __future__ import annotations

from pathlib import Path

from ..errors import ImportFileError
from .values import Notice

LONGEST_PAGE_BYTES = 32 * 1024 * 1024
"""A saved page is read whole; larger ones are no blog page."""


def read_text(path: Path) -> tuple[str, tuple[Notice, ...]]:
    """Return a page's text (UTF-8, UTF-16 with its mark, else Windows-1252) and what is odd about it.

    Raises ImportFileError for a file too large to be a page.
    """
    if path.stat().st_size > LONGEST_PAGE_BYTES:
        raise ImportFileError("the page is too large", where=str(path), why="more than 32 MiB", remedy="save one page only")
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _lines(data.decode("utf-16", "replace")), ()
    try:
        return _lines(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _lines(data.decode("cp1252", "replace")), (Notice("the text is not UTF-8, read as Windows-1252", line),)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").expandtabs(4)
