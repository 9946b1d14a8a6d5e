from dataclasses import replace

import pytest
from debate.contents import Thread
from debate.summaries import summarize

from tests.summaries.factories import (
    counted_thread,
    make_debate,
    make_entry,
    make_essay,
    make_tag,
    make_thread,
)

DEBATE = make_debate()


def comments_per_label(summary):
    return {share.label: share.comments for share in summary.shares}


def test_every_label_is_counted_in_the_debates_order_even_when_absent():
    summary = summarize(DEBATE, [counted_thread(last=2, none=1, unsure=1)])
    assert [(share.label, share.comments) for share in summary.shares] == [
        ("first", 0), ("last", 2), ("either", 0), ("none", 1), (None, 1),
    ]  # fmt: skip


def test_a_label_that_the_debate_does_not_know_is_in_no_share():
    summary = summarize(DEBATE, [make_thread(("Ann", "first", "Milk."), ("Ben", "unheard of", "Tea."))])
    assert comments_per_label(summary) == {"first": 1, "last": 0, "either": 0, "none": 0, None: 0}
    assert summary.tagged == 2


def test_a_person_who_writes_twice_is_one_commenter_whatever_the_case_of_the_name():
    thread = make_thread(("Ann", "first", "a"), ("ann ", "first", "b"), ("Bob", "first", "c"))
    share = summarize(DEBATE, [thread]).shares[0]
    assert (share.comments, share.commenters) == (3, 2)


def test_nameless_comments_are_different_people():
    thread = make_thread((None, "first", "a"), (None, "first", "b"), (" ", "first", "c"))
    assert summarize(DEBATE, [thread]).commenters == 3


@pytest.mark.parametrize("status", ["pending", "deleted"])
def test_comments_that_nobody_may_see_are_counted_nowhere(status):
    hidden = make_entry(1, "Ann", "first", "Secret words of mine.", status=status)
    summary = summarize(DEBATE, [Thread(make_essay(), (hidden,))])
    assert (summary.comments, summary.tagged, summary.quotes) == (0, 0, ())


def test_an_untagged_comment_counts_as_a_comment_but_not_as_a_tagged_one():
    untagged = make_entry(1, "Ann", None, "Off.", tag=None)
    summary = summarize(DEBATE, [Thread(make_essay(), (untagged,))])
    assert (summary.comments, summary.tagged) == (1, 0)


def test_under_thirty_tagged_comments_there_are_no_percentages():
    summary = summarize(DEBATE, [counted_thread(first=20, last=9)])
    assert all(share.share is None and share.commenter_share is None for share in summary.shares)
    assert "%" not in summary.words + summary.headline


def test_a_brief_summary_of_few_comments_leaves_out_what_rests_on_words_they_share():
    few, many = ([counted_thread(first=first, last=9)] for first in (20, 21))
    left_out = ("key_points", "common_ground", "contested", "terms", "tone")
    empty, whole = summarize(DEBATE, [], brief=True), summarize(DEBATE, few)
    brief = summarize(DEBATE, few, brief=True)
    assert all(getattr(brief, name) == getattr(empty, name) for name in left_out)
    assert whole.key_points.points
    assert whole.tone
    assert (brief.shares, brief.quotes, brief.words) == (whole.shares, whole.quotes, whole.words)
    assert summarize(DEBATE, many, brief=True) == summarize(DEBATE, many)


def test_from_thirty_on_the_shares_add_up_to_one():
    summary = summarize(DEBATE, [counted_thread(first=20, last=9, unsure=1)])
    assert sum(share.share for share in summary.shares) == pytest.approx(1)


def test_a_debate_is_the_sum_of_its_threads():
    threads = [counted_thread("pot", first=2), counted_thread("cup", first=1, none=3)]
    summary = summarize(DEBATE, threads)
    assert [essay.slug for essay in summary.essays] == ["pot", "cup"]
    assert comments_per_label(summary) == {"first": 3, "last": 0, "either": 0, "none": 3, None: 0}


def test_the_quote_of_a_stance_is_the_evidence_of_its_surest_tag():
    sure = make_tag("first", 0.9, ["milk before tea"])
    doubtful = make_tag("first", 0.5, ["perhaps milk"])
    entries = (
        make_entry(1, "Ann", "first", "So perhaps milk.", tag=doubtful),
        make_entry(2, "Bob", "first", "It is milk before tea, always.", tag=sure),
    )
    (quote,) = summarize(DEBATE, [Thread(make_essay(), entries)]).quotes
    assert (quote.text, quote.comment, quote.essay, quote.stance, quote.author) == (
        "milk before tea", "c2", "pot", "first", "Bob",
    )  # fmt: skip


def test_a_persons_decision_is_surer_than_a_machines():
    entries = (
        make_entry(1, "Ann", "last", "Tea leads and milk comes after it.", tag=make_tag("last", 0.99)),
        make_entry(
            2, "Bob", "last", "Scalded milk has ruined many a good cup.", tag=make_tag("last", None, by="editor")
        ),
    )
    (quote,) = summarize(DEBATE, [Thread(make_essay(), entries)]).quotes
    assert quote.comment == "c2"


def test_a_tag_without_evidence_is_quoted_by_a_sentence_of_the_writers_own():
    text = "> Milk last is the only way there is, they say.\nReally? I have poured milk first for thirty years. Ha!"
    (quote,) = summarize(DEBATE, [make_thread(("Ann", "first", text))]).quotes
    assert quote.text == "I have poured milk first for thirty years."


def test_a_debate_of_aggregates_quotes_nobody():
    summary = summarize(replace(DEBATE, aggregates_only=True), [counted_thread(first=40)])
    assert summary.quotes == ()


def test_an_empty_debate_has_a_summary():
    summary = summarize(DEBATE, [])
    assert (summary.tagged, summary.headline) == (0, "No comments so far.")
