"""A debate that shows aggregates only must not give a single comment's tag away through its counts."""

import json
from dataclasses import replace

import pytest
from debate.summaries import figures_of, summarize

from tests.summaries.factories import counted_thread, make_debate, make_entry, make_essay, make_thread

DEBATE = make_debate(aggregates_only=True)


def counts(summary):
    return {share.label: share.comments for share in summary.shares if share.comments}


@pytest.mark.parametrize("first", [1, 2, 4])
def test_an_essay_with_few_comments_has_no_shares(first):
    summary = summarize(DEBATE, [counted_thread(first=first)])
    assert (summary.shares, summary.tagged, summary.comments) == ((), 0, first)


def test_from_five_comments_on_there_are_counts():
    assert counts(summarize(DEBATE, [counted_thread(first=3, none=2)])) == {"first": 3, "none": 2}


def test_an_open_debate_counts_even_one_comment():
    assert counts(summarize(make_debate(), [counted_thread(first=1)])) == {"first": 1}


@pytest.mark.parametrize(
    ("number", "headline"),
    [
        (1, "One comment so far, too few to show where they stand."),
        (4, "Four comments so far, too few to show where they stand."),
    ],
)
def test_words_do_not_say_what_the_shares_withhold(number, headline):
    summary = summarize(DEBATE, [counted_thread(last=number)])
    assert (summary.headline, summary.words) == (headline, headline)


def test_no_other_figure_of_stances_is_left_for_few_comments():
    thread = make_thread(
        ("Ann", "first", "Wonderful tea."), ("Bob", "last", "Awful tea.", "c1"), ("Cy", "last", "No.", "c1")
    )
    summary = summarize(DEBATE, [thread])
    assert (summary.tone, summary.terms, summary.exchanges.replies) == ((), (), 0)
    assert not any(cell.observed for cell in summary.exchanges.cells)


def test_no_figure_of_many_comments_leads_back_to_one():
    texts = ("Wonderful tea.", "Awful tea.", "Plain tea.", "Hot tea scalds me.", "Cold tea bores me.", "Tea is fine.")
    said = [("Ann", "first", texts[0]), ("Bob", "last", texts[1], "c1"), ("Cy", "either", texts[2], "c1")]
    said += [(f"Di {number}", "first", text, "c2") for number, text in enumerate(texts * 6)]
    summary = summarize(DEBATE, [make_thread(*said)])
    assert summary.tagged == len(said)
    assert (summary.quotes, summary.key_points.points, summary.contested, summary.common_ground) == ((), (), (), ())
    assert (summary.terms, summary.tone, summary.timeline.steps, summary.exchanges.cells) == ((), (), (), ())
    opened = summarize(replace(DEBATE, aggregates_only=False), [make_thread(*said)])
    assert opened.tone
    assert opened.exchanges.replies
    assert opened.timeline.steps


def test_comments_without_a_tag_are_not_called_too_few():
    untagged = make_entry(1, "Ann", None, "Off.", tag=None)
    summary = summarize(DEBATE, [replace(make_thread(), essay=make_essay(), entries=(untagged,))])
    assert summary.headline == "One comment so far, not tagged yet."


def test_the_debate_leaves_out_what_its_other_essays_would_give_away():
    summary = summarize(DEBATE, [counted_thread("pot", first=6), counted_thread("cup", last=1)])
    assert counts(summary) == {"first": 6}
    assert (summary.tagged, summary.comments) == (6, 7)


def test_the_paragraph_says_what_is_left_out():
    one = summarize(DEBATE, [counted_thread("pot", first=6), counted_thread("cup", last=1)]).words
    two = summarize(DEBATE, [counted_thread("pot", first=6), counted_thread("cup", last=2)]).words
    assert "(one under essays with few comments is left out)" in one
    assert "(two under essays with few comments are left out)" in two


def test_several_small_essays_that_hide_each_other_are_counted_together():
    summary = summarize(DEBATE, [counted_thread("pot", first=3), counted_thread("cup", last=2)])
    assert counts(summary) == {"first": 3, "last": 2}


@pytest.mark.parametrize("small", [0, 1, 3, 4])
def test_no_difference_between_debate_and_essays_is_between_one_and_four_comments(small):
    threads = [counted_thread("pot", first=8), counted_thread("cup", last=small), counted_thread("jug", either=5)]
    whole = summarize(DEBATE, threads).tagged
    shown = sum(summarize(DEBATE, [thread]).tagged for thread in threads)
    assert whole - shown not in range(1, 5)


def test_figures_of_few_comments_can_be_written():
    figures = figures_of(summarize(DEBATE, [counted_thread(first=2)]))
    assert figures["shares"] == []
    assert "milk first" not in json.dumps(figures)
