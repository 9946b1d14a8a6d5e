"""Setting headers of a file leaves every other byte of it."""

import pytest
from debate.frontmatter import amend, split


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Author: A\n\nText.\n", "Author: A\nStance: yes\n\nText.\n"),
        ("Author: A\r\n\r\nText.\r\n", "Author: A\r\nStance: yes\r\n\r\nText.\r\n"),
        (
            "Author: A\n\nText\r\nof a pasted line.\r\n\r\nEnd",
            "Author: A\nStance: yes\n\nText\r\nof a pasted line.\r\n\r\nEnd",
        ),
        ("Author: A\n \t\nText.\n\nMore.", "Author: A\nStance: yes\n \t\nText.\n\nMore."),
        ("\ufeffstance: no\nAuthor: A\n\nText.", "\ufeffStance: yes\nAuthor: A\n\nText."),
        ("Stance: no\nAuthor: A\nstance: both\n\nText.", "Stance: yes\nAuthor: A\n\nText."),
        ("Author: A\n\nStance: no\n", "Author: A\nStance: yes\n\nStance: no\n"),
        ("Author: A", "Author: A\nStance: yes\n"),
    ],
    ids=[
        "plain",
        "crlf",
        "mixed endings",
        "blank line of spaces",
        "byte order mark",
        "given twice",
        "in the text",
        "no end",
    ],
)
def test_a_header_is_set_in_the_head_and_nothing_else_moves(before, after):
    assert amend(before, {"Stance": "yes"}) == after


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_header_can_be_removed(newline):
    text = f"Status: pending{newline}Author: A{newline}{newline}Text.{newline}"
    assert amend(text, {"Status": None}) == f"Author: A{newline}{newline}Text.{newline}"


def test_a_value_cannot_smuggle_in_a_header():
    headers, body = split(amend("Author: A\n\nText.", {"Stance": "yes\nStatus: published\n\nOther text"}))
    assert [header.name for header in headers] == ["Author", "Stance"]
    assert body == "Text."
