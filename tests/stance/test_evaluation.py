from __future__ import annotations

import numpy as np
import pytest
from debate.contents import StanceTag
from debate.stance.evaluation import measure, usual_opposites

LABELS = ("a", "b", "none")
SIDES = ("a", "b")


def tag(label, share=0.8, shown=True):
    rest = (1 - share) / 2
    return StanceTag(label if shown else None, share, {one: share if one == label else rest for one in LABELS})


def test_figures_of_a_small_case_worked_by_hand():
    gold = ["a", "a", "b", "none"]
    found = measure([tag("a"), tag("b"), tag("b", shown=False), tag("none")], gold, LABELS, SIDES)
    assert found.n == 4
    assert found.accuracy == 0.75
    assert found.per_label["a"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(0.6667), "n": 2}
    assert found.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3, abs=1e-4)
    assert found.confusion["a"] == {"a": 1, "b": 1, "none": 0}
    assert found.shown == {
        "coverage": 0.75,
        "wrong_side": pytest.approx(1 / 3, abs=1e-4),
        "accuracy": pytest.approx(2 / 3, abs=1e-4),
    }
    assert found.calibration_error == pytest.approx(0.05)


def test_share_errors_are_signed_a_label_and_average_absolute():
    found = measure([tag("a", 1.0), tag("a", 1.0)], ["a", "b"], LABELS, SIDES)
    assert found.share_errors == {"a": 0.5, "b": -0.5, "none": 0.0}
    assert found.share_error == pytest.approx(1 / 3, abs=1e-4)


def test_the_surest_half_may_be_better_than_all():
    tags = [tag("a", 0.95), tag("a", 0.9), tag("a", 0.5), tag("a", 0.45)]
    found = measure(tags, ["a", "a", "b", "b"], LABELS, SIDES)
    assert found.coverage["100"] == {"wrong_side": 0.5, "accuracy": 0.5}
    assert found.coverage["50"] == {"wrong_side": 0.0, "accuracy": 1.0}


def test_intervals_hold_the_figure_and_are_always_the_same():
    random = np.random.default_rng(5)
    tags = [tag(LABELS[n]) for n in random.integers(0, 3, 60)]
    gold = [LABELS[n] for n in random.integers(0, 3, 60)]
    found, again = (measure(tags, gold, LABELS, SIDES) for _ in range(2))
    assert found == again
    low, high = found.intervals["accuracy"]
    assert low <= found.accuracy <= high


def test_nothing_shown_is_no_wrong_side():
    assert measure([tag("a", shown=False)], ["b"], LABELS, SIDES).shown == {
        "coverage": 0.0,
        "wrong_side": 0.0,
        "accuracy": 0.0,
    }


@pytest.mark.parametrize(
    ("labels", "expected"),
    [(("AGAINST", "FAVOR", "NONE"), ("AGAINST", "FAVOR")), (("a", "none"), None), (("x", "y", "z"), ("x", "y"))],
)
def test_opposites_are_the_first_two_stances(labels, expected):
    assert usual_opposites(labels) == expected
