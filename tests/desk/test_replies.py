"""A mail's text to the reply in it."""

import time

import pytest
from debate.desk.replies import find_reply, without_quotes
from debate.reply_links import placeholder, reply_file, subject

HEAD = "Essay: cups\nIn-Reply-To: ada-1\nAuthor: Bo\n"


def reply(text, title=""):
    return find_reply(title, text)


def test_a_filled_in_comment_file_is_read():
    found = reply(f"{HEAD}Website: https://example.org/bo\n\nMilk first.\n\nAlways.\n")
    assert (found.essay, found.in_reply_to, found.author) == ("cups", "ada-1", "Bo")
    assert found.website == "https://example.org/bo"
    assert found.text == "Milk first.\n\nAlways."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD}\nBelow.", "Below."),
        (f"Above.\n\n{HEAD}", "Above."),
        (f"Above.\n\n{HEAD}\n{placeholder()}\n", "Above."),
        (f"Above.\n{HEAD}\n{placeholder()}\nBelow.", "Above.\n\nBelow."),
        (f"{HEAD}Right under the head.", "Right under the head."),
        (
            "Essay: cups\n\nIn-Reply-To: ada-1\n\nAuthor: Bo\n\n\nLines apart, as HTML mails have them.",
            "Lines apart, as HTML mails have them.",
        ),
        ("  essay:   cups\nIN-REPLY-TO: ada-1\nauthor: Bo\n\nText.", "Text."),
        (f"{HEAD}\nI say:\n\nAuthor: not a header any more.", "I say:\n\nAuthor: not a header any more."),
    ],
)
def test_people_may_write_above_below_and_around(text, expected):
    found = reply(text)
    assert found.text == expected
    assert (found.essay, found.in_reply_to, found.author) == ("cups", "ada-1", "Bo")


def test_an_empty_author_stays_empty():
    assert reply("Essay: cups\nAuthor: \n\nText.").author is None


def test_the_subject_names_the_comment_when_the_head_was_deleted():
    found = reply("Just my words.\n\n> old", subject("Cups", "cups", "ada-1"))
    assert (found.essay, found.in_reply_to, found.text) == ("cups", "ada-1", "Just my words.")
    assert reply("Just my words.", f"AW: {subject('Cups', 'cups')}").in_reply_to is None


@pytest.mark.parametrize(
    "text", ["Hello, nice blog!", "", "> Essay: cups\n\nquoted", "Essay:\n\nnone named", "On essay: cups"]
)
def test_a_mail_that_names_no_essay_is_no_reply(text):
    assert reply(text, "[list] Hello") is None


def test_only_four_headers_are_taken():
    found = reply(
        "Essay: cups\nStance: online\nStatus: published\nAuthor: Bo\nWebsite: javascript:alert(1)\nX-Odd:\n\nText."
    )
    assert (found.essay, found.author, found.website, found.text) == ("cups", "Bo", None, "Text.")


@pytest.mark.parametrize("line", ["https://tea.example/ says it all.", "Milk first: always.", "12:30 is tea time."])
def test_a_line_under_the_head_that_is_no_header_is_the_readers_own(line):
    assert reply(f"{HEAD}{line}\n\nMore.").text == f"{line}\n\nMore."


def test_behind_an_empty_line_a_word_with_a_colon_is_the_readers_own():
    assert reply(f"{HEAD}\nNo: tea first.\nStance: mine.").text == "No: tea first.\nStance: mine."


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("Text.\n-- \nBo\nTel. 123", "Text."),
        ("Text.\n--\nBo", "Text."),
        ("Text.\nSent from my telephone", "Text."),
        ("Text -- with dashes.\n--- no signature", "Text -- with dashes.\n--- no signature"),
        ("Text.\n\nOn Mon, 2 Jan 2026 at 10:00, A B <a@example.org> wrote:\n> old\n>\n> > older", "Text."),
        ("Text.\n\nOn Mon, 2 Jan 2026 at 10:00, A B\n<a@example.org>\nwrote:\n\n> old", "Text."),
        ("Am 02.01.26 um 10:00 schrieb A B:\n> alt\n\nMein Text.", "Mein Text."),
        ("Le lun. 2 janv. 2026 à 10:00, A B a écrit :\n> vieux\nMon texte.", "Mon texte."),
        ("Text.\n\n> a quotation at the end\n> of the mail\n", "Text."),
        ("> a sentence of yours\n\nwhich I answer.", "> a sentence of yours\n\nwhich I answer."),
        ("Text.\n\n-----Original Message-----\nFrom: A", "Text."),
        (
            "On Mondays I drink tea: always.\nOn Sundays I wrote.",
            "On Mondays I drink tea: always.\nOn Sundays I wrote.",
        ),
    ],
)
def test_signatures_and_quoted_mails_are_cut_but_quotations_answered_stay(lines, kept):
    assert "\n".join(without_quotes(lines.split("\n"))).strip() == kept


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Bo <bo@example.org>", "Bo"),
        ("bo@example.org", None),
        ("Bo (bo@example.org)", "Bo"),
        ('"Bo Berg"', "Bo Berg"),
        ("B\x1bo" + "o" * 200, "B" + "o" * 79),
    ],
)
def test_an_author_is_a_name_and_never_an_address(author, expected):
    assert reply(f"Essay: cups\nAuthor: {author}\n\nText.").author == expected


def test_no_address_is_left_in_the_text():
    found = reply(f"{HEAD}\nWrite to me: bo@example.org or mailto:bo.berg+x@mail.example.org")
    assert "@" not in found.text


@pytest.mark.parametrize(
    "website",
    ["javascript:alert(1)", "bo@example.org", "https://bo:pw@example.org/", "https://example.org/?m=bo@example.org"],
)
def test_a_website_that_is_none_or_holds_an_address_is_left_out(website):
    assert reply(f"Essay: cups\nWebsite: {website}\n\nText.").website is None


@pytest.mark.parametrize("line", ["a.", "On a wrote:\n", "am schrieb ", "Essay: " + " " * 50, "> ", "--", "On "])
def test_hostile_repetitions_take_no_time(line):
    started = time.process_time()
    find_reply("", "Essay: cups\n\n" + line * (200_000 // len(line)) + "\nend")
    assert time.process_time() - started < 5


def test_what_compose_fills_in_is_what_is_read():
    found = reply(reply_file("cups", "ada-1", author="Bo", text="Milk."))
    assert (found.essay, found.in_reply_to, found.author, found.text) == ("cups", "ada-1", "Bo", "Milk.")
