from __future__ import annotations

import sys
import unicodedata

import pytest
from debate.everyday import everyday
from debate.sanitizing import LONGEST_PIECE, CommentMarkdown, Rendered
from factories import safe_html
from harmless import faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MANY = settings(
    derandomize=True, max_examples=600, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
MARKDOWN = CommentMarkdown()
PLAIN = ["word", "Ümlaut", "R2D2", "it's", '"so"', "(or so)", "2,5 %", "a/b", "#1", "x = y + z", "~5", "…", "50%", "🙂"]
SIMPLE = ["*so*", "*so it is*", "[it](https://example.org/a-b)", "[a b](http://a.example)", "> ", "\n> ", "\n\n> "]
ENDS = [" ", " ", " ", "\n", "\n\n", "\n\n\n", ", ", ". ", ""]
NEARLY = r"""
*so,* *so so* **so** *it's* (*so*) *40* [1] [] () [](https://a.co) [a](//a.co) [a](HTTPS://a.co) [a](javascript:b)
[a](https://a.co [a](https://1.2.3.4) [a](https://ab--c.de) [a](https://a.b.co/) [a](https://a.co/?b) [a*b*](https://a.co)
[a](https://a.co/%22) [a](https://a.co/"b) *[a](https://a.co)* 12. 1.5 #tag --- === - = *** ___ ~~~ ``` ===== -----
* ** _ __ ` \ [ ] ]( ! ![ < </ > | ^ { } : % %4 40 0 & &amp; &lt &#64; &nbsp; &commat; %40 me&#64;example.org
@ me@example.org me%40example.org :// https://example.org/?a=b#c www.example.org mailto: klzzwxh:0
[^1] <!-- --> <b> <br> <script> </p> <p> ]]> <?
"""
SPACED = ["1. ", "1) ", "٣. ", "- ", "+ ", "* ", "# ", "> ", ": ", "  ", "   ", "    ", "\t", "* * *", "- - -", "-- --"]
BLOCKS = ["[a]: /b", "*[HTML]: x", "a | b", "\r\n"]
ODD = [*"\xa0\xad\u0301\u2003\u200b\u200d\u200e\u2028\u202e\u2060\u3000\ufeff\ufffe\x85\x0b\x0c\x1c\x00\x02\x03\x7f\r"]
NEAR_MARKUP = [*NEARLY.split(), *SPACED, *BLOCKS, *ODD]
PIECES = st.one_of(
    *[st.sampled_from(PLAIN), st.sampled_from(ENDS)] * 6,
    st.sampled_from(SIMPLE),
    st.sampled_from(NEAR_MARKUP),
    st.text(max_size=3),
)
INSIDE = """
a*b* *a*b *a**b* *a*(b) *a*, x[it](https://a.co) [it](https://a.co)(b) [it](https://a.co)4 %*40* *% 40* 3. ]
"""
HIDDEN = [
    "me%*40*-a.example",
    "me%[40](https://a.co)-a.example",
    "me[%](https://a.co)40a.example",
    "*me%40a*-b.example",
]
WORDS = st.sampled_from([*PLAIN * 3, *SIMPLE[:4] * 3, *INSIDE.split()])
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
BLOCK = st.tuples(st.sampled_from(["", "> "]), st.lists(LINES, min_size=1, max_size=3))
BODIES = st.lists(BLOCK.map(lambda block: "\n".join(block[0] + line for line in block[1])), max_size=4).map("\n\n".join)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def _agrees(text: str) -> bool:
    """Whether both ways give the same; true also of a text that only the long way takes."""
    plain = everyday(text)
    return plain is None or plain == tuple(MARKDOWN.cleaned(text))


@MANY
@given(TEXTS)
def test_an_everyday_text_becomes_what_markdown_and_the_clean_up_make_of_it(text: str) -> None:
    assert _agrees(text)


@MANY
@given(BODIES)
def test_words_links_and_quotations_become_what_markdown_and_the_clean_up_make_of_them(text: str) -> None:
    assert _agrees(text)


@MANY
@given(st.sampled_from(NEAR_MARKUP), st.sampled_from(NEAR_MARKUP), st.sampled_from(["{}{}", "a {}{} b", "a\n{}{}\nb"]))
def test_two_things_like_markup_side_by_side_become_what_markdown_makes_of_them(a: str, b: str, frame: str) -> None:
    assert _agrees(frame.format(a, b))


@MANY
@given(TEXTS)
def test_no_text_becomes_html_that_acts_without_a_clean_up(text: str) -> None:
    html, _ = everyday(text) or ("", "")
    assert faults(html) == []


def test_every_character_taken_comes_out_of_the_clean_up_as_it_was() -> None:
    taken = [chr(point) for point in range(sys.maxunicode + 1) if everyday(f"a{chr(point)}b")]
    assert len(taken) > 100_000
    for start in range(0, len(taken), 4000):
        assert _agrees("a" + "b".join(taken[start : start + 4000]) + "c")


def test_no_invisible_or_turning_character_and_no_blank_but_the_space_is_taken() -> None:
    taken = [chr(point) for point in range(sys.maxunicode + 1) if everyday(f"a{chr(point)}b")]
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
        ("So *very* much.", "<p>So <em>very</em> much.</p>", "So very much."),
        (
            "[Here](https://example.org/a).",
            '<p><a href="https://example.org/a" rel="nofollow ugc noopener">Here</a>.</p>',
            "Here.",
        ),
        (
            "> One,\n> two.\n\nNo.",
            "<blockquote>\n<p>One,<br>\ntwo.</p>\n</blockquote>\n<p>No.</p>",
            "> One,\n> two.\n\nNo.",
        ),
        ("2012 was it. 1.5 too.", "<p>2012 was it. 1.5 too.</p>", "2012 was it. 1.5 too."),
        ("多谢，好文章。", "<p>多谢，好文章。</p>", "多谢，好文章。"),
    ],
)
def test_an_everyday_text_goes_the_short_way(body: str, html: str, text: str) -> None:
    assert everyday(body) == (html, text)
    assert MARKDOWN.cleaned(body) == Rendered(safe_html(body), text)


@pytest.mark.parametrize(
    "sign", [*"*_`[]<>&@\\|{}^", "*a", "a*", "[a]", "a_b", "%40", "<b>", "&lt;", "*a *", "*a\nb*", *ODD, *HIDDEN]
)
@pytest.mark.parametrize("frame", ["{}", "a{}b", "a {} b", "a\n{}\nb"])
def test_what_could_be_markup_or_an_address_goes_the_long_way(frame: str, sign: str) -> None:
    assert everyday(frame.format(sign)) is None


@pytest.mark.parametrize(
    "start", ["1. ", "12.", "٣. ", "- ", "+ ", "* ", "#", "---", "===", ">", "~~~", " ", "    ", ": "]
)
@pytest.mark.parametrize("frame", ["{}b", "a\n{}b", "a\n\n{}b", "> {}b", "{}"])
def test_a_line_that_could_begin_a_block_goes_the_long_way(frame: str, start: str) -> None:
    assert everyday(frame.format(start)) is None


@pytest.mark.parametrize(
    "link",
    [
        *("[a](javascript:b)", "[a](//a.co)", "[a](/b)", "[a](https:b)", "[a](https://1.2.3.4)", "[a](https://ab)"),
        *('[a](https://a.co/"b)', "[a](https://a.co/ onclick=b)", "[a](https://a.co/%22)", "[a](https://me@a.co)"),
        *("[a](https://a.co/me@b.co)", "[a](https://a.co/\\b)", "[a](https://a.co/<b>)", "[a](https://a.co/&#34;)"),
        *("[a](ftp://a.co)", "[a](https://xn--a.co)", "[a](https://a.co/b_c)"),
        *("[a](data:text/html,b)", "[<b>](https://a.co)", '[a](https://a.co "b")', "[a](https://a.co/&quot;)"),
    ],
)
def test_a_link_to_anything_but_a_plain_web_address_goes_the_long_way(link: str) -> None:
    assert everyday(f"See {link} there") is None


def test_a_long_text_is_cut_as_ever() -> None:
    text = "word " * (LONGEST_PIECE // 4) + "end"
    assert everyday(text)
    assert MARKDOWN.rendered(text) == MARKDOWN.cleaned(text)


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "1.",
        "a\n",
        "(",
        "%4",
        "%",
        "a_",
        "\n",
        "a%40",
        " ",
        " *a",
        " [a",
        "[a](http://a",
        " [a](http://a.",
        "> ",
        "> a\n\n",
        "*a* ",
    ],
)
def test_a_hostile_text_is_looked_through_once(piece: str) -> None:
    assert everyday(piece * 200_000 + "<") is None
