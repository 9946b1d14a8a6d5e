"""The moderation queue: publish, delete, edit, skip, undo, and what speaks for spam."""

import sys

import pytest
from debate.desk.editing import edit_in_program
from debate.desk.hints import TextCounts, read_blocked_words, spam_hints
from debate.desk.moderate import moderate_command
from debate.errors import CommentFileError, DebateError
from debate.readers import read_comment

from .factories import Typed, files, make_site, write

PENDING = "Author: Ada\nDate: 2026-01-02\nStatus: pending\n\nMilk, please.\n"


def moderate(content, keys="", **options):
    typed = Typed(keys)
    assert moderate_command(content, terminal=typed.terminal, **options) == 0
    return typed.text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_publishing_removes_the_status_and_nothing_else(tmp_path, newline):
    content = make_site(tmp_path, {"cups/a": PENDING.replace("\n", newline)})
    moderate(content, "p")
    expected = PENDING.replace("Status: pending\n", "").replace("\n", newline)
    assert (content / "comments/cups/a.md").read_bytes() == expected.encode()
    assert read_comment(content / "comments/cups/a.md", None).text == "Milk, please."


def test_deleting_removes_the_file(tmp_path):
    content = make_site(tmp_path, {"cups/a": PENDING})
    moderate(content, "d")
    assert not (content / "comments/cups/a.md").exists()


def test_deleting_a_comment_with_replies_leaves_its_place_without_words_and_name(tmp_path):
    reply = "Author: Bo\nIn-Reply-To: a\n\nNo.\n"
    data = PENDING.replace("Author", "In-Reply-To: root\nWebsite: https://example.org\nStance: yes\nAuthor")
    content = make_site(tmp_path, {"cups/a": data, "cups/b": reply})
    moderate(content, "d")
    left = (content / "comments/cups/a.md").read_text()
    assert left.strip() == "Date: 2026-01-02\nIn-Reply-To: root\nStatus: deleted"
    assert read_comment(content / "comments/cups/a.md", None).status == "deleted"


def test_a_reply_under_another_essay_keeps_no_tombstone(tmp_path):
    content = make_site(tmp_path, {"cups/a": PENDING, "other/b": "Author: Bo\nIn-Reply-To: a\n\nNo.\n"})
    moderate(content, "d")
    assert not (content / "comments/cups/a.md").exists()


def change_words(text):
    return text.replace("Milk", "Tea")


@pytest.mark.parametrize("keys", ["puq", "duq", "euq", "epuuq", "sduuq", "q", "sq", ""])
def test_undo_restores_every_byte(tmp_path, keys):
    content = make_site(
        tmp_path,
        {"cups/a": PENDING.replace("\n", "\r\n"), "cups/b": PENDING, "cups/c": "Author: C\nIn-Reply-To: b\n\nNo.\n"},
    )
    before = files(content)
    moderate(content, keys, editor=change_words)
    assert files(content) == before


def test_an_edited_comment_is_shown_again_and_waits_still(tmp_path):
    content = make_site(tmp_path, {"cups/a": PENDING})
    shown = moderate(content, "eq", editor=change_words)
    assert "Tea, please." in shown
    assert "1 still pending" in shown
    assert (content / "comments/cups/a.md").read_bytes() == PENDING.replace("Milk", "Tea").encode()


def test_an_edit_that_breaks_the_head_is_refused(tmp_path):
    content = make_site(tmp_path, {"cups/a": PENDING})
    assert "no proper head" in moderate(content, "eq", editor=lambda text: "no head\n\n" + text)
    assert (content / "comments/cups/a.md").read_bytes() == PENDING.encode()


def test_only_what_waits_is_asked_and_an_unknown_status_waits(tmp_path):
    content = make_site(
        tmp_path,
        {
            "cups/a": PENDING,
            "cups/b": PENDING.replace("pending", "spam?"),
            "cups/c": "Author: C\n\nPublished.\n",
            "cups/d": "Status: deleted\n\n\n",
            "cups/e": "no head",
            "cups/f": "Author: F\nno header\n\nText",
            "cups/g": b"Author: \xff\nStatus: pending\n\nText",
        },
    )
    shown = moderate(content, "pp")
    assert "1 of 2 - cups/a" in shown
    assert "2 of 2 - cups/b" in shown
    assert "2 decided, 0 still pending" in shown


def test_hints_are_shown_with_the_comment(tmp_path):
    spam = "Author: Ada\nStatus: pending\nIn-Reply-To: gone\n\nCheap PILLS http://a.example www.b.example https://c.example\n"
    content = make_site(tmp_path, {"cups/a": spam, "nowhere/b": spam.replace("Cheap", " cheap")})
    shown = moderate(content, "ss", blocked_words=write(tmp_path / "blocked.txt", "# remark\nCheap pills\n\nill\n"))
    for hint in (
        "! 3 links",
        "! the same text stands in 2 comments",
        "! blocked words: cheap pills\n",
        "! the comment answered, 'gone', is not there",
        "! there is no essay 'nowhere'",
    ):
        assert hint in shown


def test_an_honest_comment_has_no_hints():
    assert spam_hints("I agree, see https://example.org.", TextCounts(["I agree"]), ("pills",)) == []
    assert spam_hints("", TextCounts(["", ""]), ()) == []


def test_no_file_of_blocked_words_blocks_nothing():
    assert read_blocked_words(None) == ()


def test_a_file_of_blocked_words_that_is_not_there_is_named(tmp_path):
    content = make_site(tmp_path, {})
    with pytest.raises(DebateError, match=r"none\.txt: there is no such file of blocked words\. Remedy: .*--blocked"):
        moderate_command(content, blocked_words=tmp_path / "none.txt", terminal=Typed().terminal)


def test_what_a_stranger_wrote_cannot_drive_the_terminal(tmp_path):
    content = make_site(tmp_path, {"cups/a": "Author: A\x1b[2J\nStatus: pending\n\n\x1b]0;title\x07Text\n"})
    assert "\x1b" not in moderate(content, "q")


@pytest.mark.parametrize(("code", "expected"), [("open(p,'a').write('more')", "textmore"), ("sys.exit(1)", "text")])
def test_the_owners_editor_gets_the_text(monkeypatch, tmp_path, code, expected):
    program = write(tmp_path / "editor.py", f"import sys; p = sys.argv[1]; {code}")
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{program}'")
    assert edit_in_program("text") == expected


def test_an_editor_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor")
    with pytest.raises(CommentFileError, match="no-such-editor"):
        edit_in_program("text")
