"""Folders of pelican_comment_system."""

import pytest
from debate.errors import ImportFileError
from debate.importers import import_file

from .helpers import CANARIES, head_and_body, tree, with_essays, written


@pytest.fixture
def old(tmp_path):
    folder = tmp_path / "old" / "comments"
    (folder / "rain").mkdir(parents=True)
    (folder / "gone").mkdir()
    head = "email: canary@example.org\nauthor: {}\ndate: {}\n"
    (folder / "rain" / "1.md").write_text(
        head.format("Ben", "2014-3-21 15:02") + "website: https://ben.example.org\n\n*Nice.*\n"
    )
    (folder / "rain" / "2.md").write_text(head.format("Cleo", "2014-03-22") + "replyto: 1md\n\nYes.\n\nMore.\n")
    (folder / "rain" / "3.md").write_text(head.format("Dora", "2014-03-23T10:00:00+01:00") + "replyto: 2.md\n\nNo.\n")
    (folder / "rain" / "notes.md").write_text("Just a note.\n")
    (folder / "rain" / "4.rst").write_text(head.format("Emil", "2014-03-24") + "\nText.\n")
    (folder / "gone" / "1.md").write_text(head.format("Fay", "2014-03-24") + "\nLost.\n")
    return folder


@pytest.mark.parametrize("above", [False, True])
def test_comments_and_both_spellings_of_replies_are_kept(tmp_path, old, above):
    with_essays(tmp_path, "rain")
    report, into = import_file(old.parent if above else old, tmp_path / "content"), tmp_path / "content"
    assert (report.format, report.comments, report.depth) == ("comment-folder", 3, 3)
    assert tree(into, "rain") == {"1": None, "2": "1", "3": "2"}
    assert head_and_body(into / "comments" / "rain" / "1.md") == (
        {"Author": "Ben", "Date": "2014-03-21T15:02:00", "Website": "https://ben.example.org"},
        "*Nice.*",
    )
    assert head_and_body(into / "comments" / "rain" / "2.md")[1] == "Yes.\n\nMore."
    assert [canary for canary in CANARIES if canary in written(into)] == []


def test_what_is_no_comment_is_counted_and_named(tmp_path, old):
    with_essays(tmp_path, "rain")
    report = import_file(old, tmp_path / "content")
    assert dict(report.skipped) == {
        "comments without an essay": 1,
        "file that is no Markdown (.rst)": 1,
        "file without a comment's head": 1,
    }
    assert report.unmatched == ("gone (1 comment)",)
    assert "rain/notes.md: no author and no date" in report.text


def test_a_folder_cannot_be_imported_into_itself(tmp_path, old):
    for path in (old, old.parent):
        with pytest.raises(ImportFileError, match="cannot be imported into itself"):
            import_file(path, old.parent)


def test_an_empty_folder_is_refused_with_a_reason(tmp_path):
    with pytest.raises(ImportFileError, match="holds nothing to import"):
        import_file(tmp_path, tmp_path / "content")
