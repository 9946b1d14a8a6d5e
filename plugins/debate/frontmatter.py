"""The format of comment files: `Key: value` lines, an empty line, then the body; and writing files whole."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from .errors import DebateError, at

_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]*):[ \t]*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Header:
    """One `Name: value` line and its 1-based number in the file."""

    name: str
    value: str
    line: int


def split(text: str) -> tuple[tuple[Header, ...], str]:
    """Return the headers and the body of a file's text; no header at all gives an empty tuple and the whole text.

    The head ends at the first empty line. A line in the head that is no header raises ValueError with its number.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")
    if not lines or not _HEADER.fullmatch(lines[0]):
        return (), text
    end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    return tuple(_header(line, number) for number, line in enumerate(lines[:end], 1)), "\n".join(lines[end + 1 :])


def join(headers: Mapping[str, str | None] | Iterable[tuple[str, str | None]], body: str) -> str:
    """Return a file's text; headers whose value is None or empty are left out, line breaks in values become spaces."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    head = "".join(f"{name}: {one_line(value)}\n" for name, value in pairs if one_line(value))
    return f"{head}\n{body.strip()}\n"


def amend(text: str, changes: Mapping[str, str | None]) -> str:
    """Return the text with some headers set (or removed, by None) and every other byte as it was.

    The head ends where `split` ends it. A header given twice is left once; a new line ends as the first one does.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text.removeprefix(mark))
    end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    newline = _ending(lines[0]) if lines and _ending(lines[0]) else "\n"
    head = [line if _ending(line) else line + newline for line in lines[:end]]
    missing = {name.lower(): _written(name, value) for name, value in changes.items()}
    names = set(missing)
    amended = []
    for line in head:
        name = line.split(":", 1)[0].strip().lower()
        new = missing.pop(name, "") if name in names else line
        amended.append(new if new is line or not new else new + _ending(line))
    added = [new + newline for new in missing.values() if new]
    return mark + "".join([*amended, *added, *lines[end:]])


def write_whole(path: Path, content: str | bytes | Iterable[str], *, spare: bool = False) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part: write aside, then rename.

    Content in parts is never held as a whole. With `spare` a file that holds just this content keeps its times. Raises
    DebateError, with the path and the cause, where the file system does not let it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_aside(path, _encoded(content), spare)
    except OSError as error:
        raise DebateError(
            "the file cannot be written",
            where=at(path),
            why=error.strerror or str(error),
            remedy="name a path that is no folder, in a folder you may write to, and look for free space",
        ) from error


def one_line(value: str | None) -> str:
    """Return the value without line breaks, so that it can never start a header of its own."""
    return " ".join((value or "").split())


def _encoded(content: str | bytes | Iterable[str]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return (content,)
    return (content.encode(),) if isinstance(content, str) else (part.encode() for part in content)


def _write_aside(path: Path, parts: Iterable[bytes], spare: bool) -> None:
    # `leftovers.sweep` reads the process from the name; a whole long name and more behind it would be too long.
    aside = path.with_name(f".{path.name[:40]}.{os.getpid()}-{secrets.token_hex(8)}.part")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
        if spare and path.is_file() and cmp(aside, path, shallow=False):
            aside.unlink()
        else:
            aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _header(line: str, number: int) -> Header:
    match = _HEADER.fullmatch(line)
    if not match:
        raise ValueError(number)
    return Header(match["name"], match["value"].strip(), number)


def _written(name: str, value: str | None) -> str:
    return f"{name}: {one_line(value)}" if value else ""


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
