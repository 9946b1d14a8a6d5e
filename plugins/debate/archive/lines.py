"""JSON Lines, plain or gzip: cut into runs of lines in one pass, read from any run's beginning, written whole."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from ..errors import ImportFileError, at
from .records import Fields, Record, record_of

LONGEST_LINE_BYTES = 4 * 1024 * 1024
"""A longer line is no comment: it is passed over in pieces and counted as an error."""

_DAMAGE = (OSError, EOFError, zlib.error)


def cut(path: Path, size: int) -> Iterator[tuple[int, int, int, str]]:
    """Yield (first line, lines, offset, digest of the bytes) for each run of at most `size` lines.

    Raises ImportFileError where the file cannot be read to its end.
    """
    found, first, offset = _lines(path, 0), 0, 0
    while run := _Run.of(islice(found, size)):
        yield first, run.count, offset, run.digest
        first, offset = first + run.count, offset + run.length


def read(path: Path, first: int, count: int, offset: int, fields: Fields) -> Iterator[Record]:
    """Yield a record a line (none for an empty one) for `count` lines from `offset`, the line number `first`."""
    for number, (line, length) in enumerate(islice(_lines(path, offset), count), first + 1):
        if length > LONGEST_LINE_BYTES:
            yield Record(number, error=f"a line of more than {LONGEST_LINE_BYTES // 2**20} MiB is no comment")
        elif line.strip():
            yield _record(number, line, fields)


def to_bytes(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@dataclass(frozen=True, slots=True)
class _Run:
    """What one pass over some lines tells of them; `length` is in bytes."""

    count: int
    length: int
    digest: str

    @classmethod
    def of(cls, lines: Iterable[tuple[bytes, int]]) -> _Run | None:
        """Return the run of the lines, None where there are none."""
        count = total = 0
        digest = hashlib.sha256()
        for line, length in lines:
            digest.update(line)
            count, total = count + 1, total + length
        return cls(count, total, digest.hexdigest()) if count else None


def _lines(path: Path, offset: int) -> Iterator[tuple[bytes, int]]:
    """Yield (line, its length); of a line that is too long only the beginning."""
    try:
        with _open(path) as file:
            file.seek(offset)
            while line := file.readline(LONGEST_LINE_BYTES):
                yield line, len(line) + _rest(file, line)
    except _DAMAGE as error:
        raise ImportFileError(
            "the archive cannot be read to its end",
            where=at(path),
            why=str(error),
            remedy="copy it anew, or unpack what can be read and tag that",
        ) from error


def _rest(file: IO[bytes], piece: bytes) -> int:
    """Pass over the rest of a line that is too long; return its length in bytes."""
    length = 0
    while len(piece) == LONGEST_LINE_BYTES and not piece.endswith(b"\n"):
        piece = file.readline(LONGEST_LINE_BYTES)
        length += len(piece)
    return length


def _open(path: Path) -> IO[bytes]:
    # Seeking in gzip unpacks what comes before: a few hundredths of what tagging it takes.
    return cast(IO[bytes], gzip.open(path)) if path.name.lower().endswith(".gz") else path.open("rb")


def _record(line: int, content: bytes, fields: Fields) -> Record:
    try:
        value = json.loads(content)
    except RecursionError:
        return Record(line, error="not JSON (nested too deep)")
    except ValueError as error:
        return Record(line, error=f"not JSON ({error})")
    if not isinstance(value, dict):
        return Record(line, error="no JSON object")
    return record_of(line, value.get(fields.id), value.get(fields.text), fields)
