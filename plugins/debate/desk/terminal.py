"""Keys in, text out: a terminal as two functions, so that a test can be one."""

from __future__ import annotations

import os
import select
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

END_OF_INPUT = ""
"""What `read_key` returns when nobody will type any more."""

_WIDEST = 88
_MOST_LINES = 60
_ESCAPE = b"\x1b"
_REST_OF_ESCAPE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a person sits: `read_key` waits for one key, `write` shows text, `width` counts columns."""

    read_key: Callable[[], str]
    write: Callable[[str], None]
    width: int = 80


def open_terminal() -> Terminal:
    """Return the terminal of this process: single keys on a terminal, the first letter of a line elsewhere."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return Terminal(_read_tty_key if _has_keys() else _read_line_key, _write, width)


def printable(text: str) -> str:
    """Return text safe to show: control and direction characters could rewrite what the terminal shows."""
    return "".join(letter if letter in "\n\t" or _shows(letter) else "\N{REPLACEMENT CHARACTER}" for letter in text)


def wrapped(text: str, width: int, indent: str = "  ") -> list[str]:
    """Return the text as lines of at most `width` columns; quoted lines keep their "> " on every line."""
    return [piece for line in printable(text).splitlines() for piece in _wrapped_line(line, width, indent)]


def screenful(lines: list[str]) -> list[str]:
    """Return at most a screen of lines, so that a very long comment does not push its own head off the screen."""
    hidden = len(lines) - _MOST_LINES
    return lines if hidden <= 0 else [*lines[:_MOST_LINES], f"  ... and {hidden} more lines in the file"]


def _wrapped_line(line: str, width: int, indent: str) -> list[str]:
    quote = "> " if line.startswith(">") else ""
    head = indent + quote
    return textwrap.wrap(line.removeprefix(quote), width, initial_indent=head, subsequent_indent=head) or [""]


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs") or letter in "\u200c\u200d"


def _has_keys() -> bool:
    # Windows has no termios; there the owner types a letter and Enter.
    return sys.stdin.isatty() and sys.platform != "win32"


def _read_tty_key() -> str:
    """Wait for one key; arrow and function keys are swallowed whole, or their letters would count as keys."""
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number, termios.TCSADRAIN)
        data = os.read(number, 1)
        while data.startswith(_ESCAPE) and select.select([number], [], [], _REST_OF_ESCAPE_SECONDS)[0]:
            data += os.read(number, 1)
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
    return _as_key(data)


def _as_key(data: bytes) -> str:
    if data in (b"", b"\x04"):
        return END_OF_INPUT
    return data.decode("ascii", errors="replace") if len(data) == 1 else "\N{REPLACEMENT CHARACTER}"


def _read_line_key() -> str:
    line = sys.stdin.readline()
    return line.strip()[:1] or "\n" if line else END_OF_INPUT


def _write(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding))
    sys.stdout.flush()
