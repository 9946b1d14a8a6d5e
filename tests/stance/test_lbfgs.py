from __future__ import annotations

import numpy as np
import pytest
from debate.stance.lbfgs import minimise


def rosenbrock(place):
    x, y = place
    value = (1 - x) ** 2 + 100 * (y - x * x) ** 2
    return value, np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def test_a_bowl_is_left_at_its_bottom():
    bottom = np.array([3.0, -1.0])
    assert minimise(lambda p: (float(((p - bottom) ** 2).sum()), 2 * (p - bottom)), np.zeros(2)) == pytest.approx(
        bottom
    )


def test_a_bent_valley_is_followed_to_its_end():
    assert minimise(rosenbrock, np.array([-1.2, 1.0]), tolerance=1e-14) == pytest.approx([1, 1], abs=1e-3)


def test_the_minimum_itself_is_kept():
    assert minimise(rosenbrock, np.array([1.0, 1.0])) == pytest.approx([1, 1])
