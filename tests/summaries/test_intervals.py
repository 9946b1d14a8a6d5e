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

LABELS = ("first", "last", "either", "none")
RATES = np.array(
    [[0.66, 0.12, 0.14, 0.08], [0.15, 0.60, 0.10, 0.15], [0.12, 0.16, 0.62, 0.10], [0.10, 0.08, 0.12, 0.70]]
)
"""A tagger that is right on two texts in three, as good as stance taggers get."""
HELD_OUT = 60
DEBATES = 60


def tagged(label, number, by="machine"):
    """A comment by a person of its own; the machine's likeliest label is what it says."""
    tag = StanceTag(label, None if by != "machine" else 0.7, by=by)
    return TaggedComment(Comment(f"c{number}", "pot", None), tag, f"person {number}")


POOL = {label: [tagged(label, f"{label}{n}") for n in range(1000)] for label in LABELS}


def said_by_machine(truth, random):
    """What the tagger says of comments whose true labels are counted in `truth`."""
    said = sum(random.multinomial(count, row) for count, row in zip(truth, RATES, strict=True))
    return [comment for label, count in zip(LABELS, said, strict=True) for comment in POOL[label][:count]]


def measured_confusion(random):
    rows = [random.multinomial(HELD_OUT, row) for row in RATES]
    return {gold: dict(zip(LABELS, row.tolist(), strict=True)) for gold, row in zip(LABELS, rows, strict=True)}


@pytest.mark.parametrize("size", [40, 200, 1000])
@pytest.mark.parametrize("truth", [(0.25, 0.25, 0.25, 0.25), (0.55, 0.25, 0.15, 0.05), (0.9, 0.05, 0.04, 0.01)])
def test_the_90_per_cent_interval_covers_the_truth_at_least_87_times_in_100(size, truth):
    random = np.random.default_rng(size)
    covered = []
    for _ in range(DEBATES):
        comments = said_by_machine(random.multinomial(size, truth), random)
        intervals = intervals_of(LABELS, comments, measured_confusion(random))
        covered += [intervals[label].low <= p <= intervals[label].high for label, p in zip(LABELS, truth, strict=True)]
    assert np.mean(covered) >= 0.87


def test_without_the_taggers_error_the_interval_would_miss_the_truth():
    random = np.random.default_rng(1)
    covered = []
    for _ in range(DEBATES):
        comments = said_by_machine(random.multinomial(1000, (0.9, 0.05, 0.04, 0.01)), random)
        interval = intervals_of(LABELS, comments, None)["first"]
        covered.append(interval.low <= 0.9 <= interval.high)
    assert np.mean(covered) < 0.1


def test_tags_by_people_carry_no_tagger_error():
    by_people = [tagged("first", n, by="editor") for n in range(60)] + [
        tagged("last", n + 60, "editor") for n in range(40)
    ]
    interval = intervals_of(LABELS, by_people, measured_confusion(np.random.default_rng(0)))["first"]
    assert 0.5 < interval.low < 0.6 < interval.high < 0.7


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
