import re
from dataclasses import replace
from pathlib import Path

import pytest
from debate.languages import ENGLISH, capitalised, read_language
from debate.summaries import summarize
from debate.summaries.headlines import range_of
from debate.summaries.values import Interval

from tests.summaries.factories import counted_thread, make_debate, make_entry, make_thread

DEBATE = make_debate()
SHARP = {gold: {said: 990 if gold == said else 2 for said in DEBATE.labels} for gold in DEBATE.labels}


def words_of(*threads, confusion=SHARP, debate=DEBATE):
    return summarize(debate, threads, confusion=confusion).words


def headline_of(**counts):
    return summarize(DEBATE, [counted_thread(**counts)], confusion=SHARP).headline


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ({}, "No comments so far."),
        ({"first": 1}, "One comment so far: it argues “milk first”."),
        ({"none": 1}, "One comment so far: it takes no side."),
        ({"unsure": 1}, "One comment so far: what it argues is not sure."),
        ({"none": 2, "unsure": 1}, "Three comments so far, none with a clear stance."),
        ({"first": 2}, "Both comments argue “milk first”."),
        ({"first": 7}, "All seven comments argue “milk first”."),
        ({"first": 1, "none": 3}, "Of four comments only one takes a side, for “milk first”."),
        ({"first": 6, "none": 2}, "All six comments that take a side argue “milk first”."),
        ({"first": 1, "last": 1}, "“milk first” and “milk last” are level at one comment each."),
        (
            {"first": 2, "last": 2, "either": 2},
            "“milk first”, “milk last” and “either way” are level at two comments each.",
        ),
        ({"first": 4, "last": 1}, "Of five comments four argue “milk first” and one “milk last”."),
        ({"first": 30, "last": 6}, "Most comments argue “milk first” (between"),
        ({"first": 30, "last": 10, "none": 40}, "“milk first” is ahead of the other stances (between"),
        (
            {"first": 17, "last": 16, "either": 2},
            "No stance is clearly ahead: “milk first” and “milk last” are too close",
        ),
        ({"first": 14, "last": 14, "either": 14}, "No stance is clearly ahead: all three are too close to call."),
    ],
)
def test_the_headline_says_what_the_figures_allow(counts, headline):
    assert headline_of(**counts).startswith(headline)


def test_a_one_sided_debate_is_called_that():
    assert words_of(counted_thread(first=8, none=3)) == (
        "11 comments by 11 people. Eight comments argue “milk first”; three take no side. "
        "That is too few for percentages. No comment is tagged with another side."
    )


def test_a_tiny_debate_is_two_short_sentences_and_a_caution():
    thread = make_thread(("Ann", "first", "Milk leads."), ("Bob", "last", "Tea leads."))
    assert words_of(thread) == (
        "Two comments by two people. One comment argues “milk first” and one “milk last”. "
        "“milk first” and “milk last” are level. That is too few for percentages."
    )


def test_a_balanced_debate_names_no_winner_and_gives_ranges():
    words = words_of(counted_thread(first=20, last=19, either=18, none=5, unsure=3))
    assert words.startswith(
        "65 comments by 65 people. 20 comments argue “milk first”, 19 “milk last” and 18 “either way”; five take"
    )
    assert "No stance is clearly ahead: all three are too close to call." in words
    assert re.search(
        r"The share of “milk first” is between \d+ and \d+\u00a0% of the comments, that of “milk last” between", words
    )
    assert words.endswith("These ranges allow for chance and for the tagger's own mistakes.")


def test_a_debate_without_measured_tagger_says_what_its_ranges_leave_out():
    words = words_of(counted_thread(first=20, last=19), confusion=None)
    assert "These ranges allow for chance, not for the tagger's mistakes" in words


def test_several_essays_are_counted():
    assert words_of(counted_thread("pot", first=1), counted_thread("cup", last=2)).startswith(
        "Three comments by two people under two essays."
    )


def test_one_persons_thread_is_said_to_be_that():
    thread = make_thread(("Ann", "first", "a"), ("Ann", "first", "b"))
    assert words_of(thread).startswith("Two comments, all by one person.")


@pytest.mark.parametrize("first", [0, 1, 2, 5, 31])
@pytest.mark.parametrize("last", [0, 1, 30])
@pytest.mark.parametrize("none", [0, 1, 2])
@pytest.mark.parametrize("unsure", [0, 1])
def test_no_paragraph_has_a_wrong_plural_or_an_empty_clause(first, last, none, unsure):
    summary = summarize(DEBATE, [counted_thread(first=first, last=last, none=none, unsure=unsure)], confusion=SHARP)
    for text in (summary.headline, summary.words, summary.participation.words, summary.key_points.words):
        assert not re.search(r"\b(1|one) (comments|people|points)\b", text, re.IGNORECASE)
        assert not re.search(r"  | \.|\.\.|,\.|;\.|, ,|“”|\(\)|None|nan", text)
        assert not re.search(r"(?:^|\. )[a-z]", text)
        assert not text or text.endswith(".")


def test_every_share_in_the_words_is_inside_its_interval():
    summary = summarize(DEBATE, [counted_thread(first=40, last=15, none=5)], confusion=SHARP)
    share = summary.shares[0]
    low, high = map(
        int,
        re.search(r"Most comments argue “milk first” \(between (\d+) and (\d+)\u00a0%\)", summary.headline).groups(),
    )
    assert (low, high) == (round(100 * share.interval.low), round(100 * share.interval.high))
    assert share.interval.low > 0.5


def test_sentences_keep_their_inner_capitals():
    assert capitalised("milk in Tea") == "Milk in Tea"


TIES = [
    ({"first": 1, "last": 1}, "“milk first” and “milk last” are level."),
    ({"first": 4, "either": 4, "last": 1}, "“milk first” and “either way” are level."),
    ({"first": 3, "last": 3, "either": 3}, "“milk first”, “milk last” and “either way” are level."),
    ({"last": 2, "either": 2, "none": 9}, "“milk last” and “either way” are level."),
]


@pytest.mark.parametrize(("counts", "sentence"), TIES)
def test_a_tie_is_called_a_tie_and_nobody_leads(counts, sentence):
    words = words_of(counted_thread(**counts))
    assert sentence in words
    assert not re.search(r"\b(ahead|most|leads?)\b", words, re.IGNORECASE)


@pytest.mark.parametrize(
    "counts", [{"first": 2, "last": 1}, {"first": 5, "none": 5}, {"first": 3, "last": 2, "either": 2}]
)
def test_what_is_no_tie_for_the_first_place_is_not_called_level(counts):
    assert "level" not in words_of(counted_thread(**counts))


ONE_SIDED = [
    ({"first": 1, "none": 1}, "Two comments by two people. One comment argues “milk first”; one takes no side."),
    ({"first": 2}, "Two comments by two people. Two comments argue “milk first”."),
    (
        {"either": 3, "unsure": 1},
        "Four comments by four people. Three comments argue “either way”; on one the tagger is not sure.",
    ),
    ({"last": 9, "none": 1}, "10 comments by 10 people. Nine comments argue “milk last”; one takes no side."),
]


@pytest.mark.parametrize(("counts", "start"), ONE_SIDED)
def test_one_sided_debates_are_counted_first(counts, start):
    assert words_of(counted_thread(**counts)).startswith(start)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"first": 4}, False),
        ({"first": 5}, True),
        ({"first": 1, "none": 8}, False),
        ({"first": 30, "none": 2}, True),
    ],
)
def test_a_missing_other_side_is_mentioned_once_somebody_might_miss_it(counts, said):
    assert ("No comment is tagged with another side." in words_of(counted_thread(**counts))) is said


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"first": 3, "last": 2}, "No comment is tagged “either way”."),
        ({"first": 3, "either": 2}, "No comment is tagged “milk last”."),
        ({"first": 2, "last": 2, "either": 1}, ""),
        ({"first": 2, "last": 2}, ""),
    ],
)
def test_stances_of_no_comment_are_named_from_five_comments_on(counts, sentence):
    words = words_of(counted_thread(**counts))
    assert sentence in words
    assert ("No comment is tagged" in words) is bool(sentence)


TINY = [
    ({"first": 1}, "One comment so far: it argues “milk first”."),
    ({"unsure": 1}, "One comment so far: what it argues is not sure."),
    ({"none": 2}, "Two comments by two people. Two comments take no side."),
    ({"unsure": 2}, "Two comments by two people. On two comments the tagger is not sure."),
    ({"none": 1, "unsure": 1}, "Two comments by two people. One comment takes no side; on one the tagger is not sure."),
]


@pytest.mark.parametrize(("counts", "words"), TINY)
def test_tiny_debates_say_no_more_than_there_is(counts, words):
    assert words_of(counted_thread(**counts)) == words


@pytest.mark.parametrize(("size", "small"), [(29, True), (30, False)])
def test_percentages_begin_with_the_thirtieth_comment(size, small):
    words = words_of(counted_thread(first=size - 9, last=9))
    assert ("That is too few for percentages." in words) is small
    assert ("%" in words) is not small


@pytest.mark.parametrize(
    ("untagged", "said"),
    [(0, "Two comments by two people."), (1, "(one more is not tagged)."), (3, "(three more are not tagged).")],
)
def test_comments_without_a_tag_are_mentioned(untagged, said):
    assert said in words_of(partly_tagged(untagged, first=2))


def partly_tagged(untagged=4, **counts):
    """A thread with so many comments of each label, and some that nobody tagged."""
    thread = counted_thread(**counts)
    more = (make_entry(900 + number, f"Q{number}", None, "Off.", tag=None) for number in range(untagged))
    return replace(thread, entries=thread.entries + tuple(more))


PARTLY = [
    ({"first": 1}, "One comment argues “milk first” (four more are not tagged)."),
    ({"none": 1}, "One comment takes no side (four more are not tagged)."),
    ({"unsure": 1, "untagged": 1}, "On one comment the tagger is not sure (one more is not tagged)."),
    ({"first": 2}, "Two comments argue “milk first” (four more are not tagged)."),
    ({"first": 2, "last": 1}, "Two comments argue “milk first” and one “milk last” (four more are not tagged)."),
    (
        {"first": 2, "last": 2, "none": 1},
        "Two comments argue “milk first” and two “milk last”; one takes no side (",
    ),
    ({"first": 30, "last": 6}, "Most tagged comments argue “milk first” (between"),
    ({"first": 30, "last": 10, "none": 40}, "“milk first” is ahead of the other stances (between"),
]


@pytest.mark.parametrize(("counts", "headline"), PARTLY)
def test_a_headline_on_tagged_comments_does_not_pass_them_off_as_all(counts, headline):
    said = summarize(DEBATE, [partly_tagged(**counts)], confusion=SHARP).headline
    assert said.startswith(headline)
    assert "tagged" in said
    assert "so far" not in said


def test_a_german_headline_says_how_many_more_are_not_tagged():
    german = read_language("de", Path("nowhere"))
    said = summarize(DEBATE, [partly_tagged(first=2, last=1)], language=german).headline
    assert said == (
        "Zwei Kommentare vertreten „milk first“ und einer „milk last“ (vier weitere sind nicht eingeordnet)."
    )


@pytest.mark.parametrize("confusion", [None, SHARP])
def test_where_people_set_every_label_no_tagger_is_blamed_for_the_ranges(confusion):
    thread = counted_thread(first=20, last=19)
    entries = tuple(replace(entry, tag=replace(entry.tag, by="editor")) for entry in thread.entries)
    words = words_of(replace(thread, entries=entries), confusion=confusion)
    assert words.endswith("These ranges allow for chance. No comment is tagged “either way”.")


@pytest.mark.parametrize(("essays", "said"), [(1, "by two people."), (2, "by four people under two essays.")])
def test_essays_are_mentioned_where_there_are_several(essays, said):
    names = iter(range(99))
    threads = [make_thread(*((f"P{next(names)}", "first", "x") for _ in range(2)), slug=f"s{n}") for n in range(essays)]
    assert said in words_of(*threads)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.08, 0.29, "between 8 and 29\u00a0%"),
        (0.001, 0.29, "at most 29\u00a0%"),
        (0.71, 0.999, "at least 71\u00a0%"),
        (0.006, 0.994, "between 1 and 99\u00a0%"),
        (0.125, 0.185, "between 13 and 19\u00a0%"),
    ],
)
def test_ranges_at_the_ends_are_said_plainly(low, high, words):
    assert range_of(Interval(low, high, low, True), ENGLISH) == words


def test_most_is_only_said_where_the_whole_range_lies_above_one_half():
    headlines = {first: headline_of(first=first, last=60 - first) for first in (31, 34, 40, 50, 59)}
    assert not headlines[31].startswith("Most")
    assert not headlines[34].startswith("Most")
    assert headlines[50].startswith("Most")
    assert headlines[59].startswith("Most")


def test_a_sentence_on_exchanges_is_added_to_the_paragraph():
    rows = []
    for number in range(22):
        rows += [(f"A{number}", "first", "a"), (f"B{number}", "last", "b", f"c{len(rows) + 1}")]
    assert "“milk first” comments are answered mostly by “milk last” ones (22 of 22)" in words_of(make_thread(*rows))


def test_names_of_stances_are_quoted_as_the_debate_has_them():
    renamed = make_debate(none_name="shrugs", unsure_name="who knows")
    assert "“milk first”" in words_of(counted_thread(first=3, none=1), debate=renamed)
