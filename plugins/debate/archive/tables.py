"""Parquet through pyarrow: cut by rows, read in batches, written whole; only here is pyarrow asked for."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import DebateError, ImportFileError, at, pip_install
from .records import Fields, Record, record_of

BATCH_ROWS = 256
_CHUNK_BYTES = 1024 * 1024


def cut(path: Path, size: int) -> Iterator[tuple[int, int, int, str]]:
    """Yield (first row, rows, 0, digest of the file and the rows' place) for each run of at most `size` rows.

    Raises ImportFileError for a file that is no Parquet, DebateError without pyarrow.
    """
    rows = _open(path).metadata.num_rows
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    for first in range(0, rows, size):
        count = min(size, rows - first)
        run = digest.copy()
        run.update(f"{first} {count}".encode())
        yield first, count, 0, run.hexdigest()


def read(path: Path, first: int, count: int, fields: Fields) -> Iterator[Record]:
    """Yield a record a row for `count` rows; the fields are columns.

    Raises ImportFileError where a column is missing or the file is damaged.
    """
    pairs = _pairs(path, first, first + count, fields)
    yield from (record_of(row, id, text, fields) for row, (text, id) in enumerate(pairs, first + 1))


def id_type(path: Path, id_field: str) -> Any:
    """Return the type of a file's ids, for those of the tags: whole numbers stay numbers, all else is text."""
    arrow = _arrow("pyarrow")
    found = _open(path).schema_arrow.field(id_field).type
    return found if arrow.types.is_integer(found) else arrow.string()


def to_bytes(rows: Sequence[dict[str, Any]], labels: Sequence[str], ids: Any, *, evidence: bool) -> bytes:
    """Return rows as a Parquet file whose columns are the same for every partition."""
    arrow, parquet = _arrow("pyarrow"), _arrow("pyarrow.parquet")
    text, number = arrow.string(), arrow.float64()
    columns = [
        ("id", ids),
        ("stance", text),
        ("confidence", number),
        ("probabilities", arrow.struct([(label, number) for label in labels])),
        *([("evidence", arrow.list_(text))] if evidence else []),
        ("error", text),
        ("where", text),
    ]
    target = arrow.BufferOutputStream()
    parquet.write_table(arrow.Table.from_pylist(list(rows), schema=arrow.schema(columns)), target)
    return bytes(target.getvalue())


def _pairs(path: Path, start: int, stop: int, fields: Fields) -> Iterator[tuple[Any, Any]]:
    """Yield text and id of the rows from `start` to `stop`, reading only the row groups that hold them."""
    file, error_kind = _open(path), _arrow("pyarrow").ArrowException
    _check_columns(path, file.schema_arrow.names, fields)
    groups, place = _groups(file, start, stop)
    try:
        columns = [fields.text, fields.id]
        for batch in file.iter_batches(BATCH_ROWS, row_groups=groups, columns=columns, use_threads=False):
            rows = batch.slice(max(start - place, 0), max(stop - max(start, place), 0))
            yield from zip(rows.column(fields.text).to_pylist(), rows.column(fields.id).to_pylist(), strict=True)
            place += batch.num_rows
            if place >= stop:
                return
    except (OSError, error_kind) as error:
        raise _unreadable(path, error) from error


def _check_columns(path: Path, names: Sequence[str], fields: Fields) -> None:
    missing = [name for name in (fields.text, fields.id) if name not in names]
    if missing:
        have = f"the columns are {', '.join(names)}"
        remedy = "name the columns by --text-field and --id-field"
        raise ImportFileError(f'no column "{missing[0]}"', where=at(path), why=have, remedy=remedy)


def _groups(file: Any, start: int, stop: int) -> tuple[list[int], int]:
    """Return the row groups that hold rows from `start` to `stop`, and the first row of the first of them."""
    chosen: list[int] = []
    place = begin = 0
    for group in range(file.metadata.num_row_groups):
        end = place + file.metadata.row_group(group).num_rows
        if place < stop and end > start:
            begin = begin if chosen else place
            chosen.append(group)
        place = end
    return chosen, begin


def _open(path: Path) -> Any:
    error_kind = _arrow("pyarrow").ArrowException
    try:
        return _arrow("pyarrow.parquet").ParquetFile(path, pre_buffer=False)
    except (OSError, error_kind) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ImportFileError:
    return ImportFileError("no whole Parquet file", where=at(path), why=str(error), remedy="copy or export it anew")


def _arrow(module: str) -> Any:
    try:
        # By name, so that neither the build nor the checks need the library.
        return importlib.import_module(module)
    except ImportError as error:
        raise DebateError(
            "Parquet needs the library pyarrow",
            why=str(error),
            remedy=f"install it by {pip_install('pyarrow')}, or give JSON Lines",
        ) from error
