"""Several processes write what one would, and report the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from debate.errors import DebateError
from debate.importers import disk, import_file

from .helpers import files
from .test_round_trip import SOURCES
from .test_wordpress import comment, export, item


def _many_posts() -> str:
    """Return posts with slugs given twice, orphans, removed parents and comments given twice."""
    return export(
        *(
            item(
                comment(10 * number, approved="trash"),
                comment(10 * number + 1, parent=10 * number),
                comment(10 * number + 2, parent=999_999),
                comment(10 * number + 2),
                number=number,
                slug=f"post-{number // 2}",
            )
            for number in range(1, 20)
        )
    )


@pytest.mark.parametrize("text", [*SOURCES.values(), _many_posts()], ids=[*SOURCES, "many posts"])
@pytest.mark.parametrize("jobs", [2, 3])
def test_files_and_report_do_not_depend_on_the_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, jobs: int
) -> None:
    monkeypatch.setattr(disk, "BUNDLE", 5)
    source = tmp_path / "export"
    source.write_text(text, encoding="utf-8")
    into = tmp_path / "content"
    one = import_file(source, into, pending=True)
    alone = files(into)
    again = import_file(source, into, pending=True)
    into.rename(tmp_path / "before")
    assert import_file(source, into, pending=True, jobs=jobs) == one
    assert files(into) == alone
    assert import_file(source, into, pending=True, jobs=jobs) == again


def test_a_file_on_the_way_counts_as_being_there_and_lies_there_after_settling(tmp_path: Path) -> None:
    path = tmp_path / "a/b.md"
    with disk.disk(2) as shared:
        shared.write(path, "text")
        assert shared.exists(path)
        shared.settle()
        assert path.read_text() == "text"
        assert not shared.exists(tmp_path / "a/c.md")


def test_a_file_that_cannot_be_written_stops_the_import(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file where a folder should be")
    with disk.disk(2) as shared:
        shared.write(tmp_path / "a/b.md", "text")
        with pytest.raises(DebateError, match="cannot be written"):
            shared.settle()
