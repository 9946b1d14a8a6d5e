"""Mails from a file or folder, one by one: mbox, Maildir, one .eml file or a folder of them.

A mail that cannot be used becomes a `Letter` with a `fault`, so that one hostile mail stops nothing.
"""

from __future__ import annotations

import email
import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any

from ..errors import ImportFileError, at
from .mailtext import message_text

LARGEST_BYTES = 32 * 2**20
"""A mail above this is not read: it is an attachment with a letter, and reading takes several times its size."""

# Each level of nesting slows the parser down by one more pattern a line.
_MOST_BOUNDARIES = 100
# A field name of RFC 5322: printable characters without a colon.
_FIRST_HEADER = re.compile(rb"(\xef\xbb\xbf)?\s*[!-9;-~]{1,100}[ \t]*:")
_FIRST_BYTES = 4096
_BOUNDARY = re.compile(rb"boundary=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is kept of a mail: nothing of its sender.

    `place` says where it lies below the path that was given; `message_id` may be empty.
    """

    place: str
    message_id: str = ""
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    fault: str = ""


def read_letters(path: Path) -> Iterator[Letter]:
    """Yield the mails at a path in a fixed order; raise ImportFileError if there is nothing to read."""
    for place, file in _mails(path):
        with file:
            yield _letter(place, file)


def _mails(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        if path.is_dir():
            yield from _maildir(path) if (path / "cur").is_dir() else _folder(path)
        else:
            yield from _mbox(path) if _is_mbox(path) else _lone(path)
    except OSError as error:
        remedy = "give an mbox file, a Maildir, an .eml file or a folder of .eml files"
        raise ImportFileError(
            "the mails cannot be read", where=at(path), why=error.strerror or str(error), remedy=remedy
        ) from error


def _maildir(path: Path) -> Iterator[tuple[str, Any]]:
    files = sorted(file for folder in ("cur", "new") for file in (path / folder).glob("*") if file.is_file())
    return _files(files, path)


def _folder(path: Path) -> Iterator[tuple[str, Any]]:
    files = sorted(path.rglob("*.eml"))
    if not files:
        raise FileNotFoundError(2, "no .eml file in the folder")
    return _files(files, path)


def _files(paths: list[Path], folder: Path) -> Iterator[tuple[str, Any]]:
    return ((str(path.relative_to(folder)), path.open("rb")) for path in paths)


def _lone(path: Path) -> Iterator[tuple[str, Any]]:
    """Return the one mail of a file; raise OSError where the file does not begin as a mail does."""
    with path.open("rb") as file:
        first = file.read(_FIRST_BYTES)
    if not _FIRST_HEADER.match(first) or b"\0" in first:
        raise OSError("the file begins with no mail header" if first else "the file is empty")
    return _files([path], path.parent)


def _mbox(path: Path) -> Iterator[tuple[str, Any]]:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            yield f"{path.name}, mail {number}", box.get_file(key)
    finally:
        box.close()


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _letter(place: str, file: IO[bytes]) -> Letter:
    data = file.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        return Letter(place, fault=f"larger than {LARGEST_BYTES // 2**20} MB")
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        return Letter(place, fault="it has too many parts within parts")
    try:
        message = email.message_from_bytes(data)
        return Letter(
            place=place,
            message_id=_header(message, "Message-ID"),
            subject=_words(_header(message, "Subject")),
            date=_date(_header(message, "Date")),
            text=message_text(message),
        )
    except (ValueError, LookupError, AssertionError, MessageError) as error:
        # The parser of the standard library is known to stumble over broken headers in ways of its own.
        return Letter(place, fault=f"it cannot be read: {error}")


def _header(message: Message, name: str) -> str:
    # str() because a header with raw bytes above 127 arrives as a Header object.
    return " ".join(str(message.get(name, "")).split())


def _words(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value


def _date(value: str) -> datetime | None:
    """Return the date a mail names; without an offset it is taken as UTC, as RFC 5322 means by -0000."""
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
