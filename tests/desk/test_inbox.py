"""Mails to pending comment files."""

import mailbox
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from debate.desk.inbox import SEEN_FILE, inbox_command, read_inbox
from debate.desk.letters import LARGEST_BYTES
from debate.desk.moderate import moderate_command
from debate.errors import ImportFileError
from debate.readers import read_comments
from debate.reply_links import mailto
from debate.settings import DebateSettings

from .factories import Typed, files, make_site, write

BODY = "Essay: cups\nIn-Reply-To: ada-1\nAuthor: Bo\n\nMilk first.\n"


def mail(
    body: str = BODY,
    id: str | None = "<1@mail.example.org>",
    date: str | None = "Fri, 02 Jan 2026 10:00:00 +0100",
    **more: str,
) -> bytes:
    headers = {"From": "Bo Berg <bo.secret@example.org>", "To": "owner@example.org", "Message-ID": id, "Date": date}
    headers |= {"Reply-To": "bo.secret@example.org", "Received": "from host.example.org ([192.0.2.7])", **more}
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items() if value is not None)
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}".encode()


@pytest.fixture
def content(tmp_path):
    return make_site(tmp_path, {"cups/ada-1": "Author: Ada\n\nTea first.\n"})


def take(content, *mails):
    """Read mails from .eml files; return the report and the new comment files by id."""
    folder = content.parent / "mails"
    for number, data in enumerate(mails):
        write(folder / f"{number:03}.eml", data)
    report = read_inbox(folder, content, DebateSettings())
    return report, {path.stem: path.read_text() for path in (content / "comments").glob("*/mail-*.md")}


def test_a_reply_becomes_a_pending_comment(content):
    report, found = take(content, mail())
    assert list(found) == report.written
    assert re.fullmatch(r"mail-[0-9a-f]{10}", report.written[0])
    assert found[report.written[0]] == (
        "Author: Bo\nDate: 2026-01-02T10:00:00+01:00\nIn-Reply-To: ada-1\nStatus: pending\n\nMilk first.\n"
    )


def test_nothing_of_the_sender_is_written_anywhere(content):
    body = BODY.replace("Milk first.", "Milk. Mine is bo.secret@example.org.\n\n-- \nBo Berg, bo.secret@example.org")
    take(content, mail(body), mail(body.replace("Author: Bo", "Author: bo.secret@example.org"), "<2@x.example>"))
    written = b"".join(files(content / "comments").values())
    for private in (b"secret", b"@", b"192.0.2", b"Berg", b"mail.example.org"):
        assert private not in written


NO_REPLY = {"mbox": ["mbox, mail 3"], "eml": [], "folder": ["2/x.eml"]}


@pytest.mark.parametrize("kind", ["mbox", "maildir", "eml", "folder"])
def test_mailboxes_of_each_kind_are_read(content, tmp_path, kind):
    mails = [mail(), mail(id="<2@mail.example.org>"), mail("Hello!", "<3@mail.example.org>")]
    path = tmp_path / kind
    if kind == "eml":
        path = write(tmp_path / "one.eml", mails[0])
    elif kind == "folder":
        [write(path / f"{number}" / "x.eml", data) for number, data in enumerate(mails)]
    else:
        box = mailbox.mbox(path) if kind == "mbox" else mailbox.Maildir(path)
        [box.add(data) for data in mails]
        box.close()
    before = files(path.parent) if kind != "eml" else None
    report = read_inbox(path, content, DebateSettings())
    assert (len(report.written), len(report.no_reply)) == ((1, 0) if kind == "eml" else (2, 1))
    places = [note.partition(": ")[0] for note in report.no_reply]
    assert places == NO_REPLY.get(kind, places)
    assert before is None or all(files(path.parent)[name] == data for name, data in before.items() if kind in name)


def test_a_second_run_finds_what_the_first_one_wrote(content):
    take(content, mail(), mail())
    before = files(content)
    report, found = take(content, mail())
    assert (report.written, report.duplicates, len(found)) == ([], 2, 1)
    assert files(content) == before


def test_a_comment_deleted_by_the_moderator_does_not_come_back(content):
    take(content, mail())
    moderate_command(content, terminal=Typed("d").terminal)
    report, found = take(content, mail())
    assert (report.duplicates, found) == (1, {})


def test_a_run_killed_before_its_end_writes_nothing_twice(content):
    take(content, mail())
    (content / "comments" / SEEN_FILE).unlink()
    assert take(content, mail())[0].duplicates == 1


def test_a_mail_without_message_id_is_known_again_by_its_date_and_text(content):
    take(content, mail(id=None))
    assert take(content, mail(id=None))[0].duplicates == 1


@pytest.mark.parametrize(
    ("data", "attribute", "words"),
    [
        (mail("Hello!"), "no_reply", "names an essay"),
        (mail(BODY.replace("cups", "saucers")), "left_out", "there is no essay 'saucers'"),
        (mail(BODY.replace("cups", "../../../etc")), "left_out", "there is no essay"),
        (mail(BODY.replace("cups", "/tmp/x")), "left_out", "there is no essay"),
        (mail("Essay: cups\nAuthor: Bo\n\n> only a quote\n"), "left_out", "empty"),
        (mail("Essay: cups\n\n" + "word " * 20_000), "left_out", "characters"),
        (mail() + b"x" * LARGEST_BYTES, "left_out", "larger than 32 MB"),
        (b"", "no_reply", "no reply"),
        (b"\xff\xfe\x00garbage\n\n\xff", "no_reply", "no reply"),
        (mail(id="<9@x.example>").replace(b"text/plain", b"multipart/mixed"), "no_reply", "no reply"),
    ],
)
def test_a_mail_that_cannot_be_used_is_reported_with_its_place(content, data, attribute, words):
    before = files(content)
    report, found = take(content, data)
    assert found == {}
    assert files(content) == before
    assert "000.eml" in (line := getattr(report, attribute)[0])
    assert words in line
    assert words in str(report)


def test_a_reply_to_a_comment_that_is_not_there_is_held_under_the_essay(content):
    report, found = take(content, mail(BODY.replace("ada-1", "../ada-1")))
    assert "there is no comment '../ada-1'" in report.notes[0]
    assert "In-Reply-To" not in found[report.written[0]]


@pytest.mark.parametrize(
    ("date", "line"),
    [
        (None, None),
        ("yesterday", None),
        ("Fri, 99 Jan 2026 10:00:00", None),
        ("Fri, 02 Jan 2026 10:00:00 -0000", "Date: 2026-01-02T10:00:00+00:00"),
        ("Fri, 02 Jan 2026 10:00:00 +9999", None),
    ],
)
def test_a_date_is_the_mails_or_none_at_all(content, date, line):
    report, found = take(content, mail(date=date))
    lines = [each for each in found[report.written[0]].splitlines() if each.startswith("Date")]
    assert lines == ([line] if line else [])


def test_headers_cannot_be_smuggled_in(content):
    body = "Essay: cups\nAuthor: Bo\u2028Status: published\r\rStance: yes\n\nText.\n"
    take(content, mail(body, Subject="x\n Status: published"))
    comments = read_comments(content / "comments", {}.get)["cups"]
    assert {comment.id: comment.status for comment in comments if comment.id != "ada-1"}.popitem()[1] == "pending"
    assert all(comment.stance is None for comment in comments)


def test_mails_nested_without_end_are_left_out(content):
    nested = b"From: x@example.org\n"
    for number in range(3000):
        nested += f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n'.encode()
    report, found = take(content, nested + b"\nEssay: cups\n\nText.", mail())
    assert "parts within parts" in report.left_out[0]
    assert len(found) == 1


def test_broken_headers_stop_nothing(content):
    broken = (
        b"Subject: =?utf-8?b?!!!?= =?no-charset?q?=FF?=\nDate: \xff\xff\nMessage-ID: \xff<\n"
        b"Content-Type: ;;;=\nContent-Transfer-Encoding: x-what\n\n"
    )
    report, found = take(content, broken + BODY.encode(), mail())
    assert len(found) == 2
    assert report.left_out == []


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: write(path, b""),
        lambda path: write(path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR: "),
        lambda path: write(path, b"PK: \0\0\0"),
        lambda path: write(path, "A shopping list\n\nTea: two boxes"),
    ],
)
def test_a_path_without_mails_is_an_error(content, tmp_path, make):
    path = tmp_path / "nothing"
    make(path)
    with pytest.raises(ImportFileError, match="cannot be read"):
        read_inbox(path, content, DebateSettings())


def test_the_command_prints_counts(content, tmp_path, capsys):
    assert inbox_command(write(tmp_path / "one.eml", mail()), content) == 0
    assert "Pending comments written: 1\nMails known already: 0\n" in capsys.readouterr().out


def test_a_reply_makes_the_whole_round_from_the_page_to_the_page(content):
    """Page -> mailto -> mail program -> inbox -> moderate -> reader."""
    query = parse_qs(urlsplit(mailto("owner@example.org", "Cups", "cups", "ada-1")).query)
    lines = query["body"][0].replace("\r\n", "\n").splitlines()
    body = "\n".join([*lines[:2], "Author: Bo", "", "Milk first.", "", "It tastes better."])
    report, _ = take(content, mail(body, Subject=query["subject"][0]))
    assert report.written
    moderate_command(content, terminal=Typed("p").terminal)
    comments = {comment.id: comment for comment in read_comments(content / "comments", {}.get)["cups"]}
    reply = comments[report.written[0]]
    assert (reply.status, reply.author, reply.in_reply_to) == ("published", "Bo", "ada-1")
    assert reply.text == "Milk first.\n\nIt tastes better."
