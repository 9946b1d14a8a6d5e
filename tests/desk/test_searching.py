from __future__ import annotations

from pathlib import Path

import pytest
from debate.desk import searching
from debate.desk.searching import index_command
from debate.errors import DebateError
from debate.search import SearchRecord, write_records

HOSTILE = '"><script>alert(1)</script>&amp;'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return the folder of a finished site."""
    (tmp_path / "output").mkdir()
    return tmp_path / "output"


def _write(folder: Path, *records: SearchRecord) -> None:
    write_records(folder / "search.json", records, "en")


def _files(folder: Path) -> set[str]:
    return {path.name.split(".")[0].split("_")[0] for path in folder.rglob("*") if path.is_file()}


def test_a_site_without_search_gets_no_index(tmp_path: Path, output: Path) -> None:
    assert index_command(tmp_path, output) is None
    assert list(output.iterdir()) == []


def test_where_pagefind_is_absent_there_is_no_index(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, SearchRecord("cup/", "Cup", "Tea."))
    monkeypatch.setattr(searching, "indexer_installed", lambda: False)
    assert index_command(tmp_path, output) is None


def test_the_index_lies_beside_the_pages_without_what_no_page_uses(tmp_path: Path, output: Path) -> None:
    pytest.importorskip("pagefind")
    _write(tmp_path, SearchRecord("cup/", "Cup", "Tea."), SearchRecord("cup/#comment-c1", "Bob", "Milk."))
    assert index_command(tmp_path, output) == "2 essays, pages and comments can be searched."
    assert (output / "pagefind/pagefind.js").is_file()
    assert len(list((output / "pagefind/fragment").iterdir())) == 2
    assert [path.name for path in output.rglob("*ui*")] == []


def test_an_index_of_the_same_records_is_left_as_it_is(tmp_path: Path, output: Path) -> None:
    pytest.importorskip("pagefind")
    _write(tmp_path, SearchRecord("cup/", "Cup", "Tea."))
    index_command(tmp_path, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert index_command(tmp_path, output) == "The search index is up to date."
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def test_what_is_no_longer_in_the_records_is_no_longer_in_the_index(tmp_path: Path, output: Path) -> None:
    pytest.importorskip("pagefind")
    _write(tmp_path, SearchRecord("cup/", "Cup", "Tea."), SearchRecord("cup/#comment-c1", "Bob", "Regretted."))
    index_command(tmp_path, output)
    _write(tmp_path, SearchRecord("cup/", "Cup", "Tea."))
    index_command(tmp_path, output)
    assert len(list((output / "pagefind/fragment").iterdir())) == 1


def test_text_cannot_pose_as_markup_of_a_record() -> None:
    record = SearchRecord(f"cup/{HOSTILE}", HOSTILE, HOSTILE, filters={"author": HOSTILE})
    page = searching._page(record, "en")
    assert "<script" not in page
    assert page.count("<") == searching._page(SearchRecord("cup/", "Cup", "", filters={"author": "A"}), "en").count("<")


def test_a_site_without_a_single_text_has_no_index_and_no_error(tmp_path: Path, output: Path) -> None:
    _write(tmp_path)
    assert index_command(tmp_path, output) is None


def test_a_failure_of_pagefind_stops_the_task_with_its_reason(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pagefind")
    _write(tmp_path, SearchRecord("cup/", "Cup", "Tea."))
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "absent"))
    with pytest.raises(DebateError, match="the search index could not be made"):
        index_command(tmp_path, output)
    assert list(output.iterdir()) == []
