from __future__ import annotations

import sys
import unicodedata

import pytest
from debate.sanitizing import LONGEST_PIECE, CommentMarkdown, Rendered, safe_html
from debate.unmarked import unmarked
from harmless import faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MANY = settings(
    derandomize=True, max_examples=600, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
MARKDOWN = CommentMarkdown()
PLAIN = ["word", "Ümlaut", "R2D2", "it's", '"so"', "(or so)", "2,5 %", "a/b", "#1", "x = y + z", "~5", "…", "50%", "🙂"]
ENDS = [" ", " ", " ", "\n", "\n\n", "\n\n\n", ", ", ". ", ""]
LINE_STARTS = [
    "1. ",
    "12.",
    "1) ",
    "1.5",
    "٣. ",
    "- ",
    "+ ",
    "* ",
    "# ",
    "#tag",
    "> ",
    ">",
    "    ",
    "   ",
    "  ",
    "\t",
    " ",
]
RULES = ["---", "===", "-", "=", "***", "___", "* * *", "~~~", "```", "- - -", "--- ---", "=====\n"]
MARKS = [
    "*",
    "**",
    "_",
    "__",
    "`",
    "\\",
    "[",
    "]",
    "](",
    "!",
    "![",
    "<",
    "</",
    ">",
    "|",
    "a | b",
    "^",
    "{",
    "}",
    ":",
    ": ",
]
ENTITIES = ["&", "&amp;", "&lt", "&#64;", "&nbsp;", "&commat;", "%40", "%4", "0", "40"]
ADDRESSES = [
    "@",
    "me@example.org",
    "me%40example.org",
    "://",
    "https://example.org/?a=b#c",
    "www.example.org",
    "mailto:",
]
REFERENCES = ["[a]: /b", "[^1]", "*[HTML]: x", "<!--", "-->", "<b>", "<br>", "<script>", "</p>", "<p>", "]]>", "<?"]
ODD = [
    "\xa0",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u202e",
    "\u2028",
    "\x85",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x00",
    "\x02",
]
MORE_ODD = [
    "\x03",
    "\x7f",
    "\r",
    "\r\n",
    "\ufeff",
    "\u2060",
    "\ufffe",
    "\u3000",
    "\xad",
    "e\u0301",
    "\u2003",
    "klzzwxh:0",
]
NEAR_MARKUP = [*LINE_STARTS, *RULES, *MARKS, *ENTITIES, *ADDRESSES, *REFERENCES, *ODD, *MORE_ODD]
WITHIN = [
    "a & b",
    "&lt;",
    "me@example.org",
    "me%40example.org",
    "a\n---",
    "a\n===",
    "a\n1. b",
    "a\n: b",
    "a *b* c",
    "a_b",
]
HARMLESS = ("1.5", "klzzwxh:0")
PIECES = st.one_of(
    *[st.sampled_from(PLAIN), st.sampled_from(ENDS)] * 4, st.sampled_from(NEAR_MARKUP), st.text(max_size=3)
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def _agrees(text: str) -> bool:
    """Whether both ways give the same; true also of a text that only the long way takes."""
    plain = unmarked(text)
    return plain is None or plain == tuple(MARKDOWN.cleaned(text))


@MANY
@given(TEXTS)
def test_a_text_without_markup_becomes_what_markdown_and_the_clean_up_make_of_it(text: str) -> None:
    assert _agrees(text)


@MANY
@given(st.lists(st.sampled_from([*PLAIN, *ENDS, *ENDS]), max_size=40).map("".join))
def test_plain_words_become_what_markdown_and_the_clean_up_make_of_them(text: str) -> None:
    assert _agrees(text)


@MANY
@given(st.sampled_from(NEAR_MARKUP), st.sampled_from(NEAR_MARKUP), st.sampled_from(["{}{}", "a {}{} b", "a\n{}{}\nb"]))
def test_two_things_like_markup_side_by_side_become_what_markdown_makes_of_them(a: str, b: str, frame: str) -> None:
    assert _agrees(frame.format(a, b))


@MANY
@given(TEXTS)
def test_no_text_becomes_html_that_acts_without_a_clean_up(text: str) -> None:
    html, _ = unmarked(text) or ("", "")
    assert faults(html) == []


def test_every_character_taken_comes_out_of_the_clean_up_as_it_was() -> None:
    taken = [chr(point) for point in range(sys.maxunicode + 1) if unmarked(f"a{chr(point)}b")]
    assert len(taken) > 100_000
    for start in range(0, len(taken), 4000):
        assert _agrees("a" + "b".join(taken[start : start + 4000]) + "c")


def test_no_invisible_or_turning_character_and_no_blank_but_the_space_is_taken() -> None:
    taken = [chr(point) for point in range(sys.maxunicode + 1) if unmarked(f"a{chr(point)}b")]
    assert {unicodedata.category(sign) for sign in taken}.isdisjoint({"Cf", "Co", "Cs", "Zl", "Zp"})
    assert [sign for sign in taken if sign.isspace() or unicodedata.category(sign) == "Cc"] == ["\n", " "]
    assert not set("<>&*_`[]\\@{}|^\xa0").intersection(taken)


def test_a_line_begins_with_a_sign_only_where_it_means_nothing() -> None:
    signs = [chr(point) for point in range(0x3100) if not chr(point).isalpha()]
    frames = ("{0}b", "{0} b", "a\n{0} b", "a\n\n{0}. b", "a\n{0}", "a\n{0}{0}{0}", "a\n\n{0}", "{0}\nb")
    assert all(_agrees(frame.format(sign)) for sign in signs for frame in frames)


@pytest.mark.parametrize(
    ("body", "html", "text"),
    [
        ("One.", "<p>One.</p>", "One."),
        ("One,\ntwo.", "<p>One,<br>\ntwo.</p>", "One,\ntwo."),
        ("\nOne.\n\n\nTwo.\n", "<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
        ("One.  Two.", "<p>One.  Two.</p>", "One. Two."),
        (
            "“So?” – 5%: http://a.example/b#c",
            "<p>“So?” – 5%: http://a.example/b#c</p>",
            "“So?” – 5%: http://a.example/b#c",
        ),
        ("2012 was it. 1.5 too.", "<p>2012 was it. 1.5 too.</p>", "2012 was it. 1.5 too."),
        ("多谢，好文章。", "<p>多谢，好文章。</p>", "多谢，好文章。"),
    ],
)
def test_a_text_without_markup_is_taken_as_it_stands(body: str, html: str, text: str) -> None:
    assert unmarked(body) == (html, text)
    assert MARKDOWN.cleaned(body) == Rendered(safe_html(body), text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", " a", "a ", "a\n b", *LINE_STARTS, *RULES, *MARKS, *REFERENCES, *ODD, *MORE_ODD, *WITHIN],
)
def test_what_could_be_markup_goes_the_long_way(text: str) -> None:
    if text not in HARMLESS:
        assert unmarked(text) is None


def test_a_long_text_is_cut_as_ever() -> None:
    text = "word " * (LONGEST_PIECE // 4) + "end"
    assert unmarked(text)
    assert MARKDOWN.rendered(text) == MARKDOWN.cleaned(text)


@pytest.mark.parametrize("piece", ["a ", "1.", "a\n", "(", "%4", "%", "a_", "\n", "a%40", " "])
def test_a_hostile_text_is_looked_through_once(piece: str) -> None:
    assert unmarked(piece * 200_000 + "<") is None
