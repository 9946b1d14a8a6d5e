from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from debate.contents import Comment
from debate.errors import CommentFileError
from debate.readers import KEYS, read_comment, read_comments
from factories import ROOT, comment_file

LABELS = ("milk", "tea", "none")


def _write(folder: Path, text: str | bytes, name: str = "c1.md") -> Path:
    path = folder / "cup" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _read(folder: Path, text: str, labels: tuple[str, ...] | None = LABELS) -> Comment:
    return read_comment(_write(folder, text), labels)


def test_a_comment_file_gives_all_that_it_states(tmp_path: Path) -> None:
    text = comment_file(
        "I *do* agree.",
        Date="2020-01-02T10:00:00+01:00",
        In_Reply_To="c0",
        Website="https://example.org/",
        Stance="tea",
        Stance_By="author",
    )
    comment = _read(tmp_path, text)
    assert (comment.id, comment.essay, comment.author) == ("c1", "cup", "Bob")
    assert comment.date == datetime(2020, 1, 2, 10, tzinfo=timezone(timedelta(hours=1)))
    assert (comment.in_reply_to, comment.website) == ("c0", "https://example.org/")
    assert (comment.stance, comment.stance_by, comment.status) == ("tea", "author", "published")
    assert comment.text == "I do agree."
    assert comment.html == "<p>I <em>do</em> agree.</p>"


def test_a_date_without_an_offset_is_in_the_zone_of_the_site(tmp_path: Path) -> None:
    comment = read_comment(_write(tmp_path, comment_file()), LABELS, timezone(timedelta(hours=2)))
    assert comment.date == datetime(2020, 1, 1, 22, tzinfo=UTC)


def test_author_and_date_may_be_missing_and_are_never_invented(tmp_path: Path) -> None:
    comment = _read(tmp_path, "Status: published\n\nHi.")
    assert (comment.author, comment.date) == (None, None)


def test_a_stance_without_a_decider_is_an_editors(tmp_path: Path) -> None:
    assert _read(tmp_path, comment_file(Stance="Milk")).stance_by == "editor"


def test_a_comment_can_refuse_to_be_tagged_even_without_a_debate(tmp_path: Path) -> None:
    assert _read(tmp_path, comment_file(Stance="off"), None).stance == "off"


@pytest.mark.parametrize("status", ["deleted", "pending"])
def test_an_unpublished_comment_keeps_neither_words_nor_name(tmp_path: Path, status: str) -> None:
    comment = _read(tmp_path, comment_file("Secret.", Status=status))
    assert (comment.status, comment.author, comment.text, comment.html) == (status, None, "", "")


def test_an_email_address_as_a_name_is_taken_out(tmp_path: Path) -> None:
    assert "@" not in str(_read(tmp_path, comment_file(author="bob@example.org")).author)


@pytest.mark.parametrize(
    ("headers", "field", "repaired", "words"),
    [
        ({"Date": "yesterday"}, "date", None, "no date"),
        ({"Stance": "coffee"}, "stance", None, "unknown stance"),
        ({"Stance": "tea", "Stance_By": "robot"}, "stance_by", "editor", "unknown decider"),
        ({"Website": "javascript:alert(1)"}, "website", None, "website is left out"),
        ({"Status": "spam"}, "status", "pending", "held as pending"),
        ({"Mood": "good"}, "id", "c1", "unknown key"),
    ],
)
def test_a_header_that_cannot_be_used_is_repaired_with_a_warning_naming_its_line(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    headers: dict[str, str],
    field: str,
    repaired: str | None,
    words: str,
) -> None:
    text = comment_file(**headers)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith(list(headers)[-1].replace("_", "-")))
    assert getattr(_read(tmp_path, text), field) == repaired
    (record,) = caplog.records
    assert f"c1.md:{line}: " in record.getMessage()
    assert words in record.getMessage()
    assert "Remedy: " in record.getMessage()


def test_a_stance_outside_of_any_debate_is_left_out_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert _read(tmp_path, comment_file(Stance="tea"), None).stance is None
    assert "the essay has no debate" in caplog.text


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Just words.\n", "c1.md", "c1.md:1: comment skipped, the file has no head"),
        ("", "c1.md", "the file has no head"),
        ("Author: Ann\nstray\n\nHi", "c1.md", "c1.md:2: comment skipped, a line of the head is no header"),
        (b"Author: Ann\n\nGr\xfc\xdfe", "c1.md", "c1.md:3: comment skipped, the file is not UTF-8"),
        ("Author: Ann\n\nHi", "c 1.md", "its name cannot be a comment id"),
    ],
)
def test_an_unusable_file_is_an_error_that_names_file_line_and_remedy(
    tmp_path: Path, text: str | bytes, name: str, words: str
) -> None:
    with pytest.raises(CommentFileError) as error:
        read_comment(_write(tmp_path, text, name), LABELS)
    assert words in error.value.message
    assert "Remedy: " in error.value.message


def test_a_folder_is_read_past_its_unusable_files(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _write(tmp_path, "no head", "bad.md")
    _write(tmp_path, comment_file(), "good.md")
    comments = read_comments(tmp_path, {"cup": LABELS}.get)
    assert [comment.id for comment in comments["cup"]] == ["good"]
    assert "bad.md" in caplog.text


def test_the_documentation_describes_every_key_of_a_comment_file() -> None:
    text = (ROOT / "docs/comment-format.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in text for key in KEYS)


def test_of_a_header_given_twice_the_first_counts_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    comment = _read(tmp_path, "Author: Ann\nStatus: pending\nStatus: published\n\nHi.")
    assert comment.status == "pending"
    assert "c1.md:3: Status: given twice" in caplog.text


def test_ids_that_differ_only_by_case_are_warned_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _write(tmp_path, comment_file(), "a.md")
    _write(tmp_path, comment_file(), "A.md")
    read_comments(tmp_path, {"cup": LABELS}.get)
    assert "differs from 'A' only by case" in caplog.text
