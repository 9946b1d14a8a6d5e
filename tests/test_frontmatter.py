from __future__ import annotations

from pathlib import Path

import pytest
from debate.errors import DebateError
from debate.frontmatter import Header, amend, join, split, write_whole


def test_headers_carry_their_line_and_the_body_starts_after_the_empty_line() -> None:
    headers, body = split("Author: Ann\nDate: 2020-01-01\n\nFirst.\n\nSecond: not a header.\n")
    assert headers == (Header("Author", "Ann", 1), Header("Date", "2020-01-01", 2))
    assert body == "First.\n\nSecond: not a header."


def test_a_text_without_a_head_is_all_body() -> None:
    assert split("Just words.\nMore.") == ((), "Just words.\nMore.")


def test_a_byte_order_mark_does_not_hide_the_first_header() -> None:
    assert split("\ufeffAuthor: Ann\n\nHi")[0][0].value == "Ann"


def test_a_stray_line_in_the_head_is_named_by_its_number() -> None:
    with pytest.raises(ValueError) as error:
        split("Author: Ann\nno header here\n\nHi")
    assert error.value.args == (2,)


def test_joined_headers_can_be_split_again() -> None:
    headers, body = split(join({"Author": "Ann", "Website": None, "Status": "pending"}, "Hi.\n"))
    assert [(header.name, header.value) for header in headers] == [("Author", "Ann"), ("Status", "pending")]
    assert body == "Hi."


def test_a_value_with_line_breaks_cannot_smuggle_a_header_in() -> None:
    headers, _ = split(join({"Author": "Ann\nStance: online\r\n\r\nbody"}, "Hi"))
    assert [header.name for header in headers] == ["Author"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_amending_changes_only_the_headers_named(newline: str) -> None:
    text = newline.join(["Author: Ann", "stance: tea", "Odd :  kept", "", "Body  ", "", " end"])
    amended = amend(text, {"Stance": "milk", "Stance-By": "editor"})
    expected = ["Author: Ann", "Stance: milk", "Odd :  kept", "Stance-By: editor", "", "Body  ", "", " end"]
    assert amended == newline.join(expected)


def test_amending_with_none_removes_a_header() -> None:
    assert amend("Author: Ann\nStatus: pending\n\nHi\n", {"Status": None}) == "Author: Ann\n\nHi\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "c1.md"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text() == "old"
    assert [found.name for found in path.parent.iterdir()] == ["c1.md"]


@pytest.mark.parametrize(
    ("name", "why"), [("folder", "directory"), ("file/deep/c1.md", "(Not a directory|File exists)")]
)
def test_a_path_that_cannot_be_written_is_named_in_one_line_with_cause_and_remedy(
    tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    with pytest.raises(DebateError, match=rf"/{name}: the file cannot be written: .*{why}.* Remedy: ") as error:
        write_whole(tmp_path / name, "text")
    assert "\n" not in error.value.message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
