from datetime import UTC, date, datetime

import numpy as np
import pytest
from debate.contents import Thread
from debate.summaries import summarize
from debate.summaries.participation import gini
from debate.summaries.terms import _least_z, log_odds

from tests.summaries.factories import make_debate, make_entry, make_essay, make_thread

DEBATE = make_debate()


def summary_of(*rows):
    return summarize(DEBATE, [make_thread(*rows)])


def test_terms_are_words_that_one_side_uses_more_with_their_counts():
    rows = [(f"A{n}", "first", "It was scalded.") for n in range(18)]
    rows += [(f"B{n}", "last", "The strength shows in the colour.") for n in range(18)]
    terms = summary_of(*rows).terms
    assert {(term.stance, term.term, term.comments, term.elsewhere) for term in terms} == {
        ("first", "scalded", 18, 0), ("last", "strength", 18, 0), ("last", "shows", 18, 0), ("last", "colour", 18, 0),
    }  # fmt: skip


def test_one_persons_word_is_not_a_word_of_the_side():
    rows = [("Ann", "first", "Scalded scalded scalded.") for _ in range(6)] + [("Bob", "last", "Strength.")] * 6
    assert summary_of(*rows).terms == ()


def test_terms_of_one_sided_debates_contrast_with_nothing():
    assert summary_of(*[(f"A{n}", "first", "The milk was scalded.") for n in range(6)]).terms == ()


def test_log_odds_are_antisymmetric_for_two_sides_and_zero_for_shared_words():
    scores = log_odds(np.array([[9.0, 1.0], [5.0, 5.0], [1.0, 9.0]]))
    assert scores[:, 0] == pytest.approx(-scores[:, 1])
    assert scores[1] == pytest.approx([0, 0])
    assert scores[0, 0] > 1.28


def test_the_same_contrast_in_more_comments_is_surer():
    few, many = (log_odds(np.array([[4.0, 1.0], [5.0, 5.0]]) * scale)[0, 0] for scale in (1, 4))
    assert many == pytest.approx(2 * few)


def test_the_timeline_adds_up_day_by_day():
    entries = (
        make_entry(1, "Ann", "first", "a", date=datetime(2009, 3, 2, 23)),
        make_entry(2, "Bob", "last", "b", date=datetime(2009, 3, 2, 8, tzinfo=UTC)),
        make_entry(3, "Cy", "first", "c", date=datetime(2009, 2, 1)),
        make_entry(4, "Di", "first", "d", date=None),
    )
    timeline = summarize(DEBATE, [Thread(make_essay(), entries)]).timeline
    assert [(step.day, step.counts) for step in timeline.steps] == [
        (date(2009, 2, 1), (1, 0, 0, 0, 0)), (date(2009, 3, 2), (2, 1, 0, 0, 0)),
    ]  # fmt: skip
    assert timeline.undated == 1


def test_the_timeline_marks_essays_by_day():
    threads = [Thread(make_essay("b", date=datetime(2009, 5, 1))), Thread(make_essay("a", date=datetime(2008, 5, 1)))]
    assert [
        mark.slug for mark in summarize(DEBATE, [*threads, Thread(make_essay("c", date=None))]).timeline.essays
    ] == ["a", "b"]


@pytest.mark.parametrize(
    ("counts", "expected"), [([], 0), ([3], 0), ([2, 2, 2], 0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25)]
)
def test_gini_is_zero_for_equals_and_near_one_for_a_monologue(counts, expected):
    assert gini(counts) == pytest.approx(expected)


def wrote(*counts):
    rows = [(f"P{person}", "none", "Hm.") for person, count in enumerate(counts) for _ in range(count)]
    return summary_of(*rows).participation


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((), ""),
        ((1,), "One person wrote one comment."),
        ((4,), "One person wrote four comments."),
        ((1, 1, 1), "Three people wrote three comments, one each."),
        ((2, 1), "Two people wrote three comments."),
        ((5, 3, 2, 1, 1, 1), "Six people wrote 13 comments; the three who wrote most are behind 10 of them."),
        ((20, 10, 6, 1, 1, 2), "Six people wrote 40 comments; the three who wrote most are behind 90\u00a0% of them."),
    ],
)
def test_participation_is_put_into_words(counts, words):
    assert wrote(*counts).words == words


def test_participation_names_the_share_of_the_three_most_frequent():
    figures = wrote(5, 3, 2, 1, 1)
    assert (figures.commenters, figures.comments, figures.top_three) == (5, 12, 10)


def test_tone_is_given_per_label_and_leaves_out_what_is_quoted_from_others():
    rows = ("Ann", "first", "Wonderful, happy tea!\n\n> awful, horrible"), ("Bob", "last", "Terrible, nasty tea.")
    tones = summary_of(*rows * 10).tone
    assert [(tone.label, tone.comments) for tone in tones] == [("first", 10), ("last", 10)]
    assert tones[0].polarity > 0.5 > -0.5 > tones[1].polarity


def test_a_label_of_few_comments_has_no_tone():
    rows = [("Ann", "first", "Wonderful tea.")] * 10 + [("Bob", "last", "Terrible tea.")] * 9
    assert [tone.label for tone in summary_of(*rows).tone] == ["first"]


def test_tone_reads_a_sample_of_many_comments():
    tones = summary_of(*[(f"P{n}", "first", "Good." if n % 3 else "Bad.") for n in range(250)]).tone
    assert tones[0].comments == 100


def test_two_peoples_word_is_not_a_word_of_the_side():
    rows = [("Ann" if n % 2 else "Bob", "first", "It was scalded.") for n in range(30)]
    rows += [(f"B{n}", "last", "It was.") for n in range(30)]
    assert summary_of(*rows).terms == ()


def test_the_more_words_are_compared_the_more_contrast_is_asked_for():
    rows = [(f"A{n}", "first", "It was scalded.") for n in range(18)]
    rows += [(f"B{n}", "last", "It was weak and stewed.") for n in range(18)]
    many = " ".join(f"kettle{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    crowded = [(name, stance, f"{text} {many}") for name, stance, text in rows]
    assert [round(_least_z(comparisons), 2) for comparisons in (0, 1, 10, 1000)] == [1.28, 1.28, 2.33, 3.72]
    assert {term.term for term in summary_of(*crowded).terms} <= {term.term for term in summary_of(*rows).terms}


def test_at_most_eight_terms_a_side_are_given_the_strongest_first():
    words = [f"{letter * 4}ing" for letter in "abcdefghijkl"]
    rows = [(f"A{n}", "first", " ".join(words[: 12 - n % 4])) for n in range(60)]
    rows += [(f"B{n}", "last", "Weak stewed brews.") for n in range(60)]
    terms = [term for term in summary_of(*rows).terms if term.stance == "first"]
    assert len(terms) == 8
    assert [term.z_score for term in terms] == sorted((term.z_score for term in terms), reverse=True)
