"""Sparse rows on numpy alone: what the summaries need of a sparse matrix, without the 140 MB of a library for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]
Numbers = NDArray[np.float64]
Columns = NDArray[np.int32]
Values = NDArray[np.float32]
"""The entries of a large debate fill most of the memory: half the width is precise enough for counts and cosines."""

BLOCK = 10_000
"""Rows worked on at once."""

PAIRS_A_CELL = 0.002
"""A column with more pairs a cell than this is multiplied densely: BLAS does 500 cells while one pair is placed."""


@dataclass(frozen=True, slots=True)
class SparseRows:
    """A matrix in rows: `starts` (rows + 1) delimits each row's part of `columns` (ascending in a row) and `values`."""

    starts: Indices
    columns: Columns
    values: Values
    width: int

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.starts) - 1

    @property
    def entry_rows(self) -> Indices:
        """Return the row of every entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def take(self, places: Indices) -> SparseRows:
        """Return the rows at `places`, in that order. O(their entries)."""
        lengths = np.diff(self.starts)[places]
        entries = ranges(self.starts[:-1][places], lengths)
        return SparseRows(_ends(lengths), self.columns[entries], self.values[entries], self.width)

    def between(self, start: int, stop: int) -> SparseRows:
        """Return the rows from `start` up to `stop`; no entry is copied."""
        entries = slice(self.starts[start], self.starts[stop])
        starts = self.starts[start : stop + 1] - self.starts[start]
        return SparseRows(starts, self.columns[entries], self.values[entries], self.width)

    def blocks(self) -> Iterator[SparseRows]:
        """Yield the rows by blocks, at least one: what is worked out on the way takes many times what comes of it."""
        return (self.between(block.start, block.stop) for block in blocks_of(len(self)))

    def columns_of(self, row: int) -> Columns:
        """Return the columns in which a row has entries."""
        return self.columns[self.starts[row] : self.starts[row + 1]]

    def dense_row(self, row: int) -> Numbers:
        """Return a row as a vector (width)."""
        vector = np.zeros(self.width)
        vector[self.columns_of(row)] = self.values[self.starts[row] : self.starts[row + 1]]
        return vector

    def times(self, vector: Numbers) -> Numbers:
        """Return the product of every row and a vector (width). O(entries)."""
        return np.concatenate(
            [_totals(block.entry_rows, block.values * vector[block.columns], len(block)) for block in self.blocks()]
        )

    def column_counts(self) -> Indices:
        """Return in how many rows each column has an entry."""
        return np.bincount(self.columns, minlength=self.width)

    def scaled(self, values: Values) -> SparseRows:
        """Return these entries with other values, each row scaled to length 1; an empty row stays empty."""
        lengths = np.sqrt(_totals(self.entry_rows, values**2, len(self)))
        scaled = values / np.maximum(lengths, 1e-12).astype(np.float32)[self.entry_rows]
        return SparseRows(self.starts, self.columns, scaled, self.width)

    def summed(self, groups: Indices, size: int) -> SparseRows:
        """Return `size` rows: row g is the sum of the rows whose group is g. O(entries * log entries)."""
        cells, place = np.unique(groups[self.entry_rows] * self.width + self.columns, return_inverse=True)
        return _of_cells(cells, _totals(place, self.values, len(cells)), size, self.width)

    def products(self, other: SparseRows) -> Numbers:
        """Return rows x other's rows, dense: the product of every pair of rows.

        Columns that most rows share go through a dense product, the many rare ones through lists of their entries.
        O(rows * other's rows * frequent columns + pairs of entries in rare columns).
        """
        pairs = self.column_counts() * other.column_counts()
        frequent = pairs > PAIRS_A_CELL * len(self) * len(other)
        products = self._rare_products(other, (pairs > 0) & ~frequent)
        products += self._dense(frequent) @ other._dense(frequent).T
        return products

    def _dense(self, wanted: NDArray[np.bool_]) -> Values:
        numbers = np.cumsum(wanted) - 1
        dense = np.zeros((len(self), int(wanted.sum())), dtype=np.float32)
        kept = wanted[self.columns]
        dense[self.entry_rows[kept], numbers[self.columns[kept]]] = self.values[kept]
        return dense

    def _rare_products(self, other: SparseRows, wanted: NDArray[np.bool_]) -> Numbers:
        """Return the products over the wanted columns, entry by entry: each meets the other's of its column."""
        mine = np.flatnonzero(wanted[self.columns])
        theirs = np.argsort(other.columns, kind="stable")
        counts = other.column_counts()
        lengths = counts[self.columns[mine]]
        met = theirs[ranges(_ends(counts)[self.columns[mine]], lengths)]
        own = np.repeat(mine, lengths)
        cells = self.entry_rows[own] * len(other) + other.entry_rows[met]
        products = _totals(cells, self.values[own] * other.values[met], len(self) * len(other))
        return products.reshape(len(self), len(other))


def blocks_of(size: int) -> Iterator[range]:
    """Yield ranges of at most BLOCK that make up `size`, at least one."""
    return (range(at, min(at + BLOCK, size)) for at in range(0, max(1, size), BLOCK))


def counted(rows: Indices, columns: Indices | Columns, size: int, width: int) -> SparseRows:
    """Return `size` rows that count how often each (row, column) is given. O(entries * log entries)."""
    cells, counts = np.unique(rows * width + columns, return_counts=True)
    return _of_cells(cells, counts, size, width)


def stacked(blocks: Iterable[SparseRows]) -> SparseRows:
    """Return the rows of all blocks (at least one), one block below the other, as wide as the last."""
    lengths, columns, values, width = [], [], [], 0
    for block in blocks:
        lengths.append(np.diff(block.starts))
        columns.append(block.columns)
        values.append(block.values)
        width = block.width
    # Each list goes before the next is joined: together they are most of the memory of a large debate.
    ends, joined = _ends(np.concatenate(lengths)), np.concatenate(columns)
    columns.clear()
    return SparseRows(ends, joined, np.concatenate(values), width)


def ranges(starts: Indices, lengths: Indices) -> Indices:
    """Return start, start + 1, ... of every range, one range after the other."""
    return np.arange(lengths.sum()) + np.repeat(starts - _ends(lengths)[:-1], lengths)


def _of_cells(cells: Indices, values: Indices | Numbers, size: int, width: int) -> SparseRows:
    rows, columns = np.divmod(cells, max(1, width))
    ends = _ends(np.bincount(rows, minlength=size))
    return SparseRows(ends, columns.astype(np.int32), values.astype(np.float32), width)


def _totals(places: Indices, values: Values | Numbers, size: int) -> Numbers:
    """Return the sum of the values at each of `size` places."""
    return np.asarray(np.bincount(places, values, minlength=size), dtype=np.float64)


def _ends(lengths: Indices) -> Indices:
    return np.concatenate([np.zeros(1, dtype=np.intp), np.cumsum(lengths)])
