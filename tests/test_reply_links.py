"""What a reader's Reply opens."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from debate.errors import SettingError
from debate.frontmatter import split
from debate.reply_links import FORGE_PATTERNS, ReplyLinks, forge_url, mailto, placeholder, reply_file, subject


def test_a_reply_is_a_comment_file_to_fill_in():
    assert reply_file("cups", "ada-1") == f"Essay: cups\nIn-Reply-To: ada-1\nAuthor: \n\n{placeholder()}\n"
    assert reply_file(None) == f"Author: \n\n{placeholder()}\n"
    assert reply_file("cups", author="Bo", text=" Milk. \n") == "Essay: cups\nAuthor: Bo\n\nMilk.\n"


def test_line_breaks_in_a_title_or_name_start_no_header():
    assert reply_file("cups", "a\nStatus: published", author="B\nDate: x").splitlines()[1:3] == [
        "In-Reply-To: a Status: published",
        "Author: B Date: x",
    ]
    assert "\n" not in subject("A\nBcc: x", "cups")


def test_a_mail_address_carries_subject_and_body_that_decode_to_the_same_text():
    address = mailto("owner@example.org", "Milk & tea? 100 %", "cups", "ada-1")
    parts = urlsplit(address)
    query = parse_qs(parts.query, strict_parsing=True)
    assert parts.path == "owner@example.org"
    assert query["subject"] == ["Re: Milk & tea? 100 % [essay cups, comment ada-1]"]
    assert query["body"] == [reply_file("cups", "ada-1").replace("\n", "\r\n")]
    assert not set(address) & set(" \r\n\"<>'")
    assert "+" not in address


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("github", "https://forge.example/me/blog/new/main?filename=content/comments/cups/x.md&value=A%3A%20b%26c%0A"),
        (
            "forgejo",
            "https://forge.example/me/blog/_new/main/content/comments/cups?filename=x.md&value=A%3A%20b%26c%0A",
        ),
        (
            "gitlab",
            "https://forge.example/me/blog/-/new/main/content/comments/cups?file_name=x.md&content=A%3A%20b%26c%0A",
        ),
    ],
)
def test_each_kind_of_forge_opens_a_new_file_with_the_text(kind, expected):
    address = forge_url(
        "https://forge.example/me/blog/", "main", "content/comments/cups/x.md", "A: b&c\n", FORGE_PATTERNS[kind]
    )
    assert address == expected


def test_a_pattern_of_ones_own_may_be_given():
    assert (
        forge_url("r", "main", "a b.md", "{text}", "https://x.example/?p={path}&t={text}")
        == "https://x.example/?p=a%20b.md&t=%7Btext%7D"
    )


@pytest.mark.parametrize("pattern", ["{repo}", "{text", "{}"])
def test_a_pattern_with_an_unknown_part_names_the_known_ones(pattern):
    with pytest.raises(SettingError, match=r"\{folder\}"):
        forge_url("r", "main", "p", "t", pattern)


def test_the_forges_file_reads_as_a_comment_file():
    headers, body = split(
        unquote(
            urlsplit(forge_url("https://f.example", "main", "x.md", reply_file(None, "a"))).query.split("value=")[1]
        )
    )
    assert [(header.name, header.value) for header in headers] == [("In-Reply-To", "a"), ("Author", "")]
    assert body == placeholder()


def test_links_say_whether_readers_can_answer_at_all():
    assert not ReplyLinks()
    assert ReplyLinks(address="owner@example.org")
    assert ReplyLinks(repository="https://forge.example/me/blog")
