from __future__ import annotations

import numpy as np
import pytest
from debate.stance.decision import (
    choose_threshold,
    fit_temperature,
    log_loss,
    probabilities_of,
    sureness,
    wilson_upper,
    wrong_side,
)


def test_probabilities_add_up_to_one_and_cool_with_temperature():
    hot, cold = probabilities_of(np.array([[2.0, 0.0]]), 4), probabilities_of(np.array([[2.0, 0.0]]), 0.5)
    assert hot.sum() == pytest.approx(1)
    assert cold[0, 0] > hot[0, 0]


def test_temperature_tames_scores_that_are_too_sure():
    random = np.random.default_rng(1)
    gold = random.integers(0, 2, 500)
    scores = np.eye(2)[np.where(random.random(500) < 0.7, gold, 1 - gold)] * 8
    temperature = fit_temperature(scores, gold.tolist())
    assert temperature > 2
    assert log_loss(probabilities_of(scores, temperature), gold) < log_loss(probabilities_of(scores), gold)


@pytest.mark.parametrize(
    ("row", "opposites", "expected"),
    [
        ([0.5, 0.3, 0.2], (0, 1), 0.2),
        ([0.2, 0.3, 0.5], (0, 1), 0.5),
        ([0.3, 0.5, 0.2], (0, 1), 0.2),
        ([0.5, 0.3, 0.2], None, 0.5),
    ],
)
def test_a_side_is_as_sure_as_it_leads_over_its_opposite(row, opposites, expected):
    assert sureness(np.array([row]), opposites)[0] == pytest.approx(expected)


def test_only_opposites_are_the_wrong_side():
    assert wrong_side([0, 1, 2, 0], [1, 0, 0, 2], (0, 1)).tolist() == [True, True, False, False]
    assert not wrong_side([0, 1], [1, 0], None).any()


def simulated(count, seed=3):
    random = np.random.default_rng(seed)
    shares = random.dirichlet((0.4, 0.4, 0.4), count)
    return shares, [int(random.choice(3, p=row)) for row in shares]


def test_the_threshold_keeps_the_promise_on_other_texts():
    threshold = choose_threshold(*simulated(4000), (0, 1), 0.04)
    shares, gold = simulated(4000, seed=4)
    shown = sureness(shares, (0, 1)) >= threshold
    wrong = wrong_side(gold, shares.argmax(axis=1).tolist(), (0, 1))
    assert wrong[shown].mean() <= 0.04
    assert shown.mean() > 0.5


def test_a_small_sample_promises_less():
    shares, gold = simulated(300)
    assert choose_threshold(shares, gold, (0, 1)) > choose_threshold(np.tile(shares, (20, 1)), gold * 20, (0, 1))


def test_without_any_wrong_side_the_threshold_is_chance():
    assert choose_threshold(np.full((500, 4), 0.25), [0] * 500, None) == 0.25


def test_wilson_agrees_with_the_textbook():
    assert wilson_upper(np.array([5]), np.array([100]), 1.96)[0] == pytest.approx(0.1118, abs=1e-3)


def test_a_tagger_that_is_nearly_certain_of_everything_may_show_everything():
    sure = np.full((120, 2), 0.00003)
    sure[np.arange(120), np.arange(120) % 2] = 0.99997
    threshold = choose_threshold(sure, [n % 2 for n in range(120)], (0, 1))
    assert (sureness(sure, (0, 1)) >= threshold).all()
