"""Where an import's files go: onto the disk at once, or handed in bundles to processes that do nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from ..frontmatter import write_whole
from ..jobs import Crew

BUNDLE = 100
"""Files handed over at once, so that handing over costs little beside writing."""


class Disk:
    """Write files whole; a context manager. `settle` returns when everything given lies on the disk."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing to do."""

    def write(self, path: Path, text: str) -> None:
        """Write a file, now or soon."""
        write_whole(path, text)

    def exists(self, path: Path) -> bool:
        """Say whether a file is there, or given to be written."""
        return path.exists()

    def settle(self) -> None:
        """Wait until everything is written; raises DebateError where it cannot be."""


class SharedDisk(Disk):
    """Write by `writers` processes while this one reads on; what is on the way counts as being there."""

    def __init__(self, writers: int) -> None:
        self._writers = writers
        self._crew: Crew[Sequence[tuple[Path, str]], list[Path]] = Crew(write_all, writers)
        self._waiting: list[tuple[Path, str]] = []
        self._on_the_way: set[Path] = set()
        self._bundles = 0

    def __enter__(self) -> Self:
        self._crew.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._crew.__exit__(kind, error, trace)

    def write(self, path: Path, text: str) -> None:
        """Give a file to the writers; waits while each has two bundles to do."""
        self._waiting.append((path, text))
        self._on_the_way.add(path)
        if len(self._waiting) == BUNDLE:
            self._hand_over()
            self._take_back(2 * self._writers)

    def exists(self, path: Path) -> bool:
        """Say whether a file is there, or on the way."""
        return path in self._on_the_way or path.exists()

    def settle(self) -> None:
        """Wait until everything is written; raises DebateError where it cannot be."""
        self._hand_over()
        self._take_back(0)

    def _hand_over(self) -> None:
        if self._waiting:
            self._crew.start(self._bundles, tuple(self._waiting))
            self._waiting, self._bundles = [], self._bundles + 1

    def _take_back(self, most_running: int) -> None:
        for _, written in self._crew.results(most_running):
            self._on_the_way.difference_update(written)


def disk(jobs: int) -> Disk:
    """Return the disk for so many processes in all, the reading one among them."""
    return Disk() if jobs < 2 else SharedDisk(jobs - 1)


def write_all(files: Sequence[tuple[Path, str]]) -> list[Path]:
    """Write files and return their paths."""
    for path, text in files:
        write_whole(path, text)
    return [path for path, _ in files]
