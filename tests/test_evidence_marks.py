"""Evidence marked in a comment's own HTML: exact, once, and never across a tag."""

from __future__ import annotations

import re

import pytest
from debate.evidence_marks import mark_evidence
from debate.sanitizing import plain_text
from debate.stance.text import own_sentences
from factories import safe_html
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import html
from markupsafe import Markup

MARKDOWN = some.lists(
    some.sampled_from(
        [
            *(
                "One two three. ",
                "Is *this* it? ",
                "A & B < C > D. ",
                "**Bold words** here! ",
                "> Quoted. One two three.\n\n",
            ),
            *(
                "- an item. Another.\n- next\n\n",
                "`code & more` it is. ",
                "[a link](https://x.example/?a=1&b=2) goes. ",
            ),
            *(
                "\n\n",
                "\n",
                "&nbsp;blank. ",
                "&lt;b&gt; stays. ",
                "1 | 2\n",
                '"Yes," she said. ',
                "```\nx < y. z\n```\n\n",
            ),
        ]
    ),
    max_size=12,
).map("".join)


def _marked(markup: str) -> list[str]:
    return ["".join(mark.itertext()) for mark in html.fragment_fromstring(markup, "div").iter("mark")]


@pytest.mark.parametrize(
    ("markup", "sentence", "expected"),
    [
        ("<p>I do. You too.</p>", "I do.", '<p><mark class="evidence" id="e">I do.</mark> You too.</p>'),
        ("<p>I do.</p>", "You too.", "<p>I do.</p>"),
        ("<p>A &amp; B.</p>", "A & B.", '<p><mark class="evidence" id="e">A &amp; B.</mark></p>'),
        ("<p>amp; &amp;</p>", "amp;", '<p><mark class="evidence" id="e">amp;</mark> &amp;</p>'),
        ("<p>A &amp;.</p>", "amp;.", "<p>A &amp;.</p>"),
        ("<p>Say &nbsp;it\nnow.</p>", "Say it now.", '<p><mark class="evidence" id="e">Say &nbsp;it\nnow.</mark></p>'),
        ('<p>"Yes", it\'s.</p>', '"Yes", it\'s.', '<p><mark class="evidence" id="e">"Yes", it\'s.</mark></p>'),
        ("<blockquote><p>I do.</p></blockquote>", "I do.", "<blockquote><p>I do.</p></blockquote>"),
        ('<p><a title="I do. >">x</a></p>', "I do.", '<p><a title="I do. >">x</a></p>'),
    ],
)
def test_a_sentence_is_marked_where_the_writer_says_it(markup: str, sentence: str, expected: str) -> None:
    assert mark_evidence(Markup(markup), [sentence], "e").html == expected


def test_a_sentence_that_runs_over_tags_is_marked_piece_by_piece() -> None:
    marked = mark_evidence(Markup("<p>I <em>do like</em> tea. No.</p>"), ["I do like tea."])
    assert marked.html == (
        '<p><mark class="evidence" id="evidence">I</mark> <em><mark class="evidence">do like</mark></em>'
        ' <mark class="evidence">tea.</mark> No.</p>'
    )


def test_a_sentence_said_in_a_quotation_and_again_is_marked_where_it_is_the_writers_own() -> None:
    marked = mark_evidence(Markup("<blockquote><p>I do.</p></blockquote><p>I do.</p>"), ["I do."])
    assert marked.html.index("<mark") > marked.html.index("</blockquote>")


def test_what_is_not_found_is_handed_back_for_a_list() -> None:
    marked = mark_evidence(Markup("<p>I do. So there.</p>"), ["I do.", "Never said.", ""])
    assert (marked.unmarked, marked.id) == (("Never said.", ""), "evidence")
    assert mark_evidence(Markup("<p>I do.</p>"), ["Never said."]).id is None


def test_sentences_that_overlap_share_a_mark() -> None:
    assert _marked(mark_evidence(Markup("<p>One two three.</p>"), ["One two", "two three."]).html) == ["One two three."]


@settings(max_examples=150, deadline=None)
@given(MARKDOWN, some.data())
def test_marks_change_no_text_and_no_tag_and_hold_what_they_were_asked_to(markdown: str, data: some.DataObject) -> None:
    markup = safe_html(markdown)
    sentences = own_sentences(plain_text(markup))
    evidence = data.draw(some.lists(some.sampled_from(sentences), max_size=2, unique=True)) if sentences else []
    marked = mark_evidence(markup, evidence)
    assert re.sub(r"</?mark[^>]*>", "", marked.html) == markup
    assert html.tostring(html.fragment_fromstring(str(marked.html), "div")).count(b"<mark") == marked.html.count(
        "<mark"
    )
    if len(evidence) == 1 and not marked.unmarked:
        assert "".join("".join(_marked(marked.html)).split()) == "".join(evidence[0].split())
