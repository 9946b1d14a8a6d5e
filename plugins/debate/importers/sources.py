"""Where the bytes come from: a file, a gzip file, a member of a zip archive; each streamed and each bounded."""

from __future__ import annotations

import codecs
import gzip
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast

from ..errors import ImportFileError
from .values import Notice, Progress

CHUNK_BYTES = 64 * 1024
HEAD_BYTES = 256 * 1024
LONGEST_PAGE_BYTES = 32 * 1024 * 1024
"""A saved page is read whole; larger ones are no blog page."""

BOMB_BYTES = 200 * 1024 * 1024
BOMB_RATIO = 200
"""What unpacks to more than `BOMB_BYTES` and `BOMB_RATIO` times its size is no export: prose packs about 1:5."""

_DECLARED = re.compile(rb"""^[^<]{0,1000}<\?xml[^>]{0,200}?encoding\s*=\s*["']?([A-Za-z0-9._-]{1,40})""")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])


class Damaged(Exception):
    """Say why a file cannot be read any further; what came before stays."""


@dataclass(frozen=True, slots=True)
class Source:
    """A stream to import: its path or name inside an archive, its size as stored, and how to open it."""

    path: Path
    name: str
    stored_bytes: int
    open: Callable[[], IO[bytes]]
    packed: bool = False

    def head(self) -> bytes:
        """Return the first bytes, for recognising the format; raises ImportFileError when they cannot be read."""
        try:
            with self.open() as stream:
                return stream.read(HEAD_BYTES)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise unreadable(self.path, str(error)) from error

    def chunks(self, progress: Progress) -> Iterator[bytes]:
        """Yield the bytes; raises Damaged where the stream breaks or unpacks to more than any export would."""
        done = 0
        try:
            with self.open() as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    done += len(chunk)
                    self._check_size(done)
                    yield chunk
                    progress(min(done // 5, self.stored_bytes) if self.packed else done, self.stored_bytes)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise Damaged(f"the file breaks off here ({error})") from error

    def _check_size(self, unpacked_bytes: int) -> None:
        if self.packed and unpacked_bytes > max(BOMB_BYTES, BOMB_RATIO * self.stored_bytes):
            raise Damaged(f"it unpacks to more than {BOMB_RATIO} times its size, which no export does")

    def text(self, progress: Progress, notices: list[Notice]) -> Iterator[str]:
        """Yield the bytes as text without characters that no text has; what is not readable is noted once."""
        decoder: codecs.IncrementalDecoder | None = None
        line = 1
        for chunk in self.chunks(progress):
            decoder = decoder or codecs.getincrementaldecoder(_encoding(chunk))("replace")
            text = decoder.decode(chunk)
            if not notices and "\ufffd" in text:
                at = line + text.count("\n", 0, text.index("\ufffd"))
                notices.append(Notice("bytes that are no text were replaced", at))
            line += text.count("\n")
            yield _clean(text)
        yield _clean(decoder.decode(b"", True)) if decoder else ""


def of_file(path: Path) -> Source:
    """Return a file as a source, unpacked on the way if it is gzip; raises ImportFileError if it cannot be read."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise unreadable(path, str(getattr(error, "strerror", error))) from error
    return Source(path, path.name, size, lambda: _open_file(path, packed=packed), packed)


def of_archive(path: Path) -> tuple[Source, ...]:
    """Return the feeds and XML files of a zip archive by name; names inside are never used as paths."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist()[:100_000] if info.filename.lower().endswith((".atom", ".xml"))]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise unreadable(path, str(error)) from error
    return tuple(_member(path, info) for info in sorted(infos, key=lambda info: info.filename))


def read_text(source: Source) -> tuple[str, tuple[Notice, ...]]:
    """Return a page's text (UTF-8, UTF-16 with its mark, else Windows-1252) and what is odd about it.

    Raises ImportFileError for a file too large to be a page.
    """
    with source.open() as stream:
        data = stream.read(LONGEST_PAGE_BYTES + 1)
    if len(data) > LONGEST_PAGE_BYTES:
        raise unreadable(source.path, "a page of more than 32 MiB is no blog page", "save one page only")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _lines(data.decode("utf-16", "replace")), ()
    try:
        return _lines(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _lines(data.decode("cp1252", "replace")), (Notice("the text is not UTF-8, read as Windows-1252", line),)


def unreadable(path: Path, why: str, remedy: str = "check the file, or export it again") -> ImportFileError:
    """Return the error for a file that cannot be read at all."""
    return ImportFileError("the file cannot be read", where=str(path), why=why, remedy=remedy)


def _open_file(path: Path, *, packed: bool) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if packed else path.open("rb")


def _member(path: Path, info: zipfile.ZipInfo) -> Source:
    name = " ".join(f"{path.name}/{info.filename}"[:200].split())
    return Source(path, name, max(info.compress_size, 1), lambda: _open_member(path, info), packed=True)


def _open_member(path: Path, info: zipfile.ZipInfo) -> IO[bytes]:
    # The member's stream keeps the archive's file open by itself and closes it when it is closed.
    return zipfile.ZipFile(path).open(info)


def _encoding(head: bytes) -> str:
    """Return the codec that a byte order mark or XML declaration names, UTF-8 where neither does."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = _DECLARED.match(head)
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        name = "utf-8"
    return name if name.startswith(("iso8859", "cp", "koi8", "latin", "shift_jis", "euc", "gb", "big5")) else "utf-8"


def _clean(text: str) -> str:
    if "\ufffe" in text or "\uffff" in text:
        text = text.replace("\ufffe", "").replace("\uffff", "")
    return text.translate(_DELETE) if _UNCLEAN.search(text) else text


_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff]")
_DELETE = MappingProxyType({**dict.fromkeys(_CONTROLS), 0xFEFF: None})


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").expandtabs(4)
