from dataclasses import replace

import numpy as np
import pytest
from debate.contents import Comment, StanceTag
from debate.summaries.intervals import (
    confusion_matrix,
    effective_size,
    intervals_of,
    sampled_interval,
)
from debate.summaries.values import TaggedComment
from simulated import CHOICES, LABELS, SIZES, TRUTHS, covered, debate_of, measured_confusion, tagged

DEBATES = 100


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("truth", TRUTHS)
def test_the_90_per_cent_interval_covers_the_truth_at_least_87_times_in_100(size, truth):
    assert covered(truth, size, CHOICES["none"], DEBATES) >= 0.87


@pytest.mark.parametrize("labelled", CHOICES.values(), ids=CHOICES)
def test_it_does_so_whatever_a_person_chose_to_label(labelled):
    assert covered(TRUTHS[1], 200, labelled, DEBATES) >= 0.87
    assert covered(TRUTHS[2], 40, labelled, DEBATES) >= 0.87


def test_a_tagger_that_learnt_from_the_labels_is_not_asked_about_them():
    comments = debate_of(TRUTHS[1], 200, CHOICES["one in five, by lot"], np.random.default_rng(2))
    unheard = [replace(comment, machine=None) for comment in comments]
    confusion = measured_confusion(np.random.default_rng(0))
    assert intervals_of(LABELS, comments, confusion, learnt=True) == intervals_of(LABELS, unheard, confusion)
    assert intervals_of(LABELS, comments, confusion) != intervals_of(LABELS, unheard, confusion)


def test_without_the_taggers_error_the_interval_would_miss_the_truth():
    random = np.random.default_rng(1)
    held = []
    for _ in range(60):
        comments = debate_of(TRUTHS[2], 1000, CHOICES["none"], random)
        interval = intervals_of(LABELS, comments, None)["first"]
        held.append(interval.low <= 0.9 <= interval.high)
    assert np.mean(held) < 0.1


def test_tags_by_people_carry_no_tagger_error():
    by_people = [tagged("first", n, by="editor") for n in range(60)] + [
        tagged("last", n + 60, "editor") for n in range(40)
    ]
    interval = intervals_of(LABELS, by_people, measured_confusion(np.random.default_rng(0)))["first"]
    assert 0.5 < interval.low < 0.6 < interval.high < 0.7
    assert not interval.with_tagger


def test_machine_tags_widen_the_interval():
    confusion = measured_confusion(np.random.default_rng(0))
    widths = {}
    for by in ("editor", "machine"):
        comments = [tagged(LABELS[n % 2], n, by) for n in range(100)]
        interval = intervals_of(LABELS, comments, confusion)["first"]
        widths[by] = interval.high - interval.low
    assert widths["machine"] > 1.5 * widths["editor"]


def test_a_machines_not_sure_counts_by_its_likeliest_label():
    unsure = StanceTag(None, 0.4, {"first": 0.4, "last": 0.2, "either": 0.2, "none": 0.2})
    comments = [TaggedComment(Comment(f"c{n}", "pot", None), unsure, f"person {n}") for n in range(100)]
    confusion = {gold: {said: 500 * (gold == said) for said in LABELS} for gold in LABELS}
    intervals = intervals_of(LABELS, comments, confusion)
    assert intervals["first"].low > 0.9
    assert intervals[None].low > 0.9


@pytest.mark.parametrize("confusion", [None, {}, {"yes": {"yes": 9}}])
def test_without_a_row_for_every_label_the_interval_says_that_it_holds_sampling_only(confusion):
    interval = intervals_of(LABELS, [tagged("first", n) for n in range(50)], confusion)["first"]
    assert not interval.with_tagger


def test_a_confusion_matrix_keeps_the_order_of_the_labels():
    confusion = {"b": {"a": 1, "b": 4}, "a": {"a": 3}}
    assert confusion_matrix(("a", "b"), confusion).tolist() == [[3, 0], [1, 4]]


def test_one_persons_many_comments_are_worth_less_than_many_peoples():
    assert effective_size("abcd") == 4
    assert effective_size("aaab") == pytest.approx(1.6)


def test_intervals_are_closed_where_nothing_or_everything_was_seen():
    assert sampled_interval(0, 40).low == 0
    assert sampled_interval(40, 40).high == 1


def test_no_interval_is_surer_than_seeing_nothing_would_be():
    confusion = {gold: {said: 300 * (gold == said) + 100 for said in LABELS} for gold in LABELS}
    interval = intervals_of(LABELS, [tagged("first", n) for n in range(40)], confusion)["last"]
    assert interval.low == 0
    assert interval.high >= sampled_interval(0, 40).high


def test_the_same_comments_give_the_same_interval():
    comments = [tagged(LABELS[n % 3], n) for n in range(50)]
    confusion = measured_confusion(np.random.default_rng(0))
    assert intervals_of(LABELS, comments, confusion) == intervals_of(LABELS, comments, confusion)
