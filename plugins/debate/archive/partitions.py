"""How an archive is cut: the same source gives the same partitions, whoever tags them and however often."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ..errors import ImportFileError, at
from . import lines, tables

PART_SIZE = 5000
"""Comments of a partition: a minute or two of the encoder, so that is what a killed worker loses."""


@dataclass(frozen=True, slots=True)
class Partition:
    """A run of records of one source file; `first` counts lines or rows from 0, `digest` changes with what they hold.

    `source_name` is the file's place inside the archive, for messages. `offset` is where the first line begins, in
    bytes of the unpacked file (0 for Parquet).
    """

    number: int
    source: Path
    source_name: str
    first: int
    count: int
    offset: int
    digest: str

    @property
    def name(self) -> str:
        """Return the name of the file that holds its tags: of the kind of its source."""
        return f"part-{self.number:05}{'.parquet' if is_table(self.source) else '.jsonl'}"


_Cut = Callable[[Path, int], Iterator[tuple[int, int, int, str]]]
_KINDS: Mapping[str, _Cut] = MappingProxyType(
    {
        ".jsonl": lines.cut,
        ".ndjson": lines.cut,
        ".jsonl.gz": lines.cut,
        ".ndjson.gz": lines.cut,
        ".parquet": tables.cut,
    }
)


def is_table(path: Path) -> bool:
    """Say whether a source is Parquet."""
    return path.name.lower().endswith(".parquet")


def sources(path: Path, into: Path) -> dict[Path, str]:
    """Return the files of an archive in the order of their paths, without those below `into`, with their names in it.

    Raises ImportFileError where there is none.
    """
    if path.is_file() and _kind(path):
        return {path: path.name}
    inside = sorted(path.rglob("*")) if path.is_dir() else []
    found = [file for file in inside if file.is_file() and _kind(file) and not file.is_relative_to(into)]
    if not found:
        raise ImportFileError(
            "no archive of comments is here" if path.exists() else "there is no such file or folder",
            where=at(path),
            remedy=f"name a file, or a folder of files, that ends in {', '.join(_KINDS)}",
        )
    return {file: file.relative_to(path).as_posix() for file in found}


def cut(files: Mapping[Path, str], size: int) -> list[Partition]:
    """Return the partitions of all files (with their names), each of at most `size` records of one file.

    Reads every byte once. Raises ImportFileError for a file that cannot be read to its end.
    """
    runs = ((file, name, run) for file, name in files.items() for run in _KINDS[_kind(file)](file, size))
    return [Partition(number, file, name, *run) for number, (file, name, run) in enumerate(runs)]


def _kind(path: Path) -> str:
    """Return the ending that says what a file is, "" for others; hidden files are unfinished ones."""
    name = path.name.lower()
    return "" if name.startswith(".") else next((ending for ending in _KINDS if name.endswith(ending)), "")
