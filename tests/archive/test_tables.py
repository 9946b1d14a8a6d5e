from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from debate.archive import Fields, tables
from debate.errors import DebateError, ImportFileError

from .helpers import parts_of, rows_of

Tag = Callable[..., tuple]
arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def _write(path: Path, ids: list, texts: list, group: int = 20) -> Path:
    parquet.write_table(arrow.table({"id": ids, "more": texts, "text": texts}), path, row_group_size=group)
    return path


def _rows(folder: Path) -> list[dict]:
    return [row for part in sorted(folder.glob("part-*.parquet")) for row in parquet.read_table(part).to_pylist()]


@pytest.mark.parametrize(("group", "jobs"), [(1000, 1), (7, 2)])
def test_parquet_gives_the_tags_of_json_lines_whatever_its_row_groups(
    tag: Tag, source: Path, texts: list[str], tmp_path: Path, group: int, jobs: int
) -> None:
    _, lines = tag(source, "lines", evidence=True)
    table = _write(tmp_path / "a.parquet", [f"c{number}" for number in range(45)], texts[:45], group)
    outcome, folder = tag(table, "table", evidence=True, jobs=jobs)
    nothing = {"error": None, "where": None}
    assert _rows(folder) == [row | nothing for row in rows_of(lines)]
    assert outcome.partitions == 5


def test_numbers_stay_numbers_and_every_part_has_the_same_columns(tag: Tag, tmp_path: Path) -> None:
    texts = ["Our street is for people, not for cars.", None, "The shops need the cars in the street."]
    _, folder = tag(_write(tmp_path / "a.parquet", [1, 2, None], texts), size=1)
    rows = _rows(folder)
    assert [row["id"] for row in rows] == [1, 2, None]
    assert [row["where"] for row in rows] == [None, "a.parquet:2", "a.parquet:3"]
    schemas = [parquet.read_schema(part) for part in sorted(folder.glob("part-*"))]
    assert schemas[0] == schemas[1] == schemas[2]
    assert str(schemas[0].field("id").type) == "int64"


def test_a_second_run_keeps_the_parts(tag: Tag, tmp_path: Path, texts: list[str]) -> None:
    table = _write(tmp_path / "a.parquet", list(range(30)), texts[:30])
    _, folder = tag(table)
    before = parts_of(folder)
    outcome, _ = tag(table)
    assert outcome.kept == 3
    assert parts_of(folder) == before


def test_a_missing_column_and_a_damaged_file_are_named(tag: Tag, tmp_path: Path) -> None:
    table = _write(tmp_path / "a.parquet", [1], ["x"])
    with pytest.raises(ImportFileError, match=r'no column "body".*the columns are id, more, text.*--text-field'):
        tag(table, fields=Fields(text="body"))
    (tmp_path / "b.parquet").write_bytes(table.read_bytes()[:100])
    with pytest.raises(ImportFileError, match=r"b\.parquet: no whole Parquet file"):
        tag(tmp_path / "b.parquet", "other")


def test_without_pyarrow_the_remedy_is_named(tag: Tag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = _write(tmp_path / "a.parquet", [1], ["x"])

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(DebateError, match=r"needs the library pyarrow.* -m pip install pyarrow, or give JSON Lines"):
        tables.id_type(table, "id")
