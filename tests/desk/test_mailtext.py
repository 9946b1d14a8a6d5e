"""The words of a mail, whatever it is made of."""

import email
import time

import pytest
from debate.desk.mailtext import html_text, joined_flow, joined_wraps, message_text


def text_of(data: bytes) -> str:
    return message_text(email.message_from_bytes(data)).strip()


def part(body: bytes, content_type="text/plain; charset=utf-8", *more: str) -> bytes:
    head = "\r\n".join([f"Content-Type: {content_type}", *more])
    return head.encode() + b"\r\n\r\n" + body


def multipart(*parts: bytes, kind="mixed", boundary="b0") -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return (
        head
        + b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts)
        + f"--{boundary}--\r\n".encode()
    )


@pytest.mark.parametrize(
    ("content_type", "encoding", "body"),
    [
        ("text/plain; charset=utf-8", "8bit", "Crème".encode()),
        ("text/plain; charset=iso-8859-1", "8bit", "Crème".encode("latin-1")),
        ("text/plain; charset=utf-8", "quoted-printable", b"Cr=C3=A8me"),
        ("text/plain; charset=iso-8859-1", "quoted-printable", b"Cr=E8me"),
        ("text/plain; charset=utf-8", "base64", b"Q3LDqG1l"),
        ("text/plain", "8bit", "Crème".encode()),
        ("text/plain; charset=no-such-charset", "8bit", "Crème".encode()),
        ("text/plain; charset=utf-8", "8bit", "Crème".encode("latin-1")),
        ("text/plain; charset=us-ascii", "8bit", "Crème".encode()),
        ("text/plain; charset=iso-8859-1", "8bit", "Crème".encode()),
        ("text/plain; charset=utf-16", "base64", b"//5DAHIA6ABtAGUA"),
        ('TEXT/PLAIN; CHARSET="UTF-8"', "8BIT", "Crème".encode()),
    ],
)
def test_encodings_are_read_also_where_they_are_named_wrongly(content_type, encoding, body):
    assert text_of(part(body, content_type, f"Content-Transfer-Encoding: {encoding}")) == "Crème"


def test_of_two_versions_the_plain_one_is_taken():
    assert text_of(multipart(part(b"Plain."), part(b"<p>Html.</p>", "text/html"), kind="alternative")) == "Plain."


@pytest.mark.parametrize("plain", [b"", b" \r\n\r\n"])
def test_an_empty_plain_version_gives_way_to_the_html_one(plain):
    assert text_of(multipart(part(plain), part(b"<p>Html.</p>", "text/html"), kind="alternative")) == "Html."


def test_attachments_and_forwarded_mails_are_ignored():
    inner = multipart(part(b"One."), part(b"<p>One.</p>", "text/html"), kind="alternative", boundary="b1")
    data = multipart(
        inner,
        part(b"Secret.", "text/plain", 'Content-Disposition: attachment; filename="a.txt"'),
        part(b"Named.", 'text/plain; name="notes.txt"'),
        part(b"Subject: old\r\n\r\nForwarded.", "message/rfc822"),
        part(b"\x00\x01", "image/png"),
        part(b"Two."),
    )
    assert text_of(data) == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<div>Essay: cups</div><div>Author: Bo</div><div><br></div><div>Text.</div>",
            "Essay: cups\nAuthor: Bo\n\nText.",
        ),
        ("Essay: cups<br>Author: Bo<br><br>Text\n of one line.", "Essay: cups\nAuthor: Bo\n\nText of one line."),
        ("<p>One</p><p>Two &amp; &lt;three&gt;</p>", "One\n\nTwo & <three>"),
        ("<style>p{}</style><title>T</title><script>x()</script><p>One</p>", "One"),
        ("<p>Mine</p><blockquote>Yours<blockquote>Older</blockquote></blockquote>", "Mine\n\n> Yours\n\n> > Older"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<div><div><b>Bold</b> and&nbsp;<i>slanted</i></div></div>", "Bold and slanted"),
        ("", ""),
    ],
)
def test_html_becomes_the_lines_a_reader_sees(html, text):
    assert html_text(html) == text


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<", "&", "<div>", "<blockquote>x", "<![CDATA[", "<table><tr><td>"])
def test_hostile_html_takes_no_time(piece):
    started = time.process_time()
    html_text(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "delete_space", "joined"),
    [
        ("one \ntwo\nthree", False, "one two\nthree"),
        ("one \ntwo", True, "onetwo"),
        ("text \n-- \nBo", False, "text \n-- \nBo"),
        ("> old \n> more\nnew", False, "> old \n> more\nnew"),
        (" From here\n >no quote", False, "From here\n>no quote"),
    ],
)
def test_soft_breaks_of_flowed_text_are_joined(text, delete_space, joined):
    assert joined_flow(text, delete_space) == joined


WRAPPED = (
    "This sentence was broken by a mail program at a column that it liked, which\n"
    "is about seventy-six, and then it went on.\n"
    "\n"
    "A poem has short\nlines.\n"
    "* A list of things that a person made with a long line as its first entry is\n"
    "* two\n"
)


def test_breaks_at_a_fixed_column_are_joined_and_those_of_a_person_stay():
    assert joined_wraps(WRAPPED).splitlines() == [
        "This sentence was broken by a mail program at a column that it liked, which is about seventy-six, "
        "and then it went on.",
        "",
        "A poem has short",
        "lines.",
        "* A list of things that a person made with a long line as its first entry is",
        "* two",
    ]


def test_text_without_a_fixed_column_is_left_alone():
    assert joined_wraps("short\nlines") == "short\nlines"
    assert joined_wraps("x" * 200 + "\nlines") == "x" * 200 + "\nlines"


def test_a_mailboxs_mark_before_from_quotes_nobody():
    assert text_of(part(b"One.\n>From here on.")) == "One.\nFrom here on."
