import subprocess
import sys

import numpy as np
import pytest
from debate.summaries import sparse_rows
from debate.summaries.sparse_rows import SparseRows, counted, ranges, stacked

DENSE = np.array([[0, 2, 0, 1], [0, 0, 0, 0], [3, 0, 0, 1], [0, 1, 0, 0]])


def rows_of(dense):
    """The same matrix, sparse, made by counting."""
    places, columns = np.repeat(np.argwhere(dense), dense[dense > 0], axis=0).T
    return counted(places, columns, *dense.shape)


def dense_of(rows):
    return np.array([rows.dense_row(place) for place in range(len(rows))])


def some_matrix(seed, rows=40, width=30):
    """Columns from common to rare, as words are."""
    random = np.random.default_rng(seed)
    return (random.random((rows, width)) < 1 / np.arange(1, width + 1)) * random.integers(1, 4, (rows, width))


def test_counting_adds_up_what_is_given_twice_and_sorts_columns():
    rows = counted(np.array([1, 0, 1, 1]), np.array([2, 1, 0, 2]), 3, 3)
    assert dense_of(rows).tolist() == [[0, 1, 0], [1, 0, 2], [0, 0, 0]]
    assert rows.columns_of(1).tolist() == [0, 2]


@pytest.mark.parametrize("places", [[], [2], [3, 0, 0], [1, 1]])
def test_rows_are_taken_in_the_order_asked_for(places):
    taken = rows_of(DENSE).take(np.array(places, dtype=np.intp))
    assert len(taken) == len(places)
    assert dense_of(taken).tolist() == DENSE[places].tolist()


def test_a_row_times_a_vector_is_their_product():
    assert rows_of(DENSE).times(np.array([1.0, 10, 100, 1000])).tolist() == (DENSE @ [1, 10, 100, 1000]).tolist()


def test_columns_are_counted_by_rows_not_by_values():
    assert rows_of(DENSE).column_counts().tolist() == [1, 2, 0, 2]


def test_scaled_rows_have_length_one_and_empty_ones_stay_empty():
    rows = rows_of(DENSE)
    lengths = np.linalg.norm(dense_of(rows.scaled(rows.values)), axis=1)
    assert lengths == pytest.approx([1, 0, 1, 1])


def test_groups_of_rows_are_summed():
    summed = rows_of(DENSE).summed(np.array([2, 0, 2, 0]), 3)
    assert dense_of(summed).tolist() == [[0, 1, 0, 0], [0, 0, 0, 0], [3, 2, 0, 2]]


@pytest.mark.parametrize("pairs_a_cell", [0, 0.01, 0.1, 2])
def test_products_are_the_same_whichever_columns_go_dense(monkeypatch, pairs_a_cell):
    monkeypatch.setattr(sparse_rows, "PAIRS_A_CELL", pairs_a_cell)
    one, other = some_matrix(1), some_matrix(2, rows=25)
    assert rows_of(one).products(rows_of(other)) == pytest.approx(one @ other.T)


def test_products_with_nothing_are_empty():
    rows = rows_of(DENSE)
    assert rows.products(rows.take(np.zeros(0, dtype=np.intp))).shape == (4, 0)


def test_blocks_are_stacked():
    rows = rows_of(DENSE)
    blocks = [rows.take(np.array([0, 1])), rows.take(np.zeros(0, dtype=np.intp)), rows.take(np.array([2, 3]))]
    assert dense_of(stacked(blocks)).tolist() == DENSE.tolist()


def test_a_matrix_without_columns_has_empty_rows():
    rows = counted(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), 2, 0)
    assert (len(rows), rows.times(np.zeros(0)).tolist()) == (2, [0, 0])


@pytest.mark.parametrize(
    ("starts", "lengths", "expected"), [([5, 0], [2, 3], [5, 6, 0, 1, 2]), ([4], [0], []), ([], [], [])]
)
def test_ranges_are_counted_out(starts, lengths, expected):
    assert ranges(np.array(starts, dtype=np.intp), np.array(lengths, dtype=np.intp)).tolist() == expected


def test_entries_are_half_as_wide_as_numpy_would_have_them():
    rows: SparseRows = rows_of(DENSE)
    assert (rows.columns.itemsize, rows.values.itemsize) == (4, 4)


def test_summaries_need_no_scipy():
    program = "import sys; import debate.summaries; sys.exit('scipy' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode
        == 0
    )
