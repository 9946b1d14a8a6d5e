"""From scores to a tag: temperature, the sureness of a tag, and the threshold under which it is "not sure"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_WRONG_SIDE = 0.04
"""The promise: at most this share of shown tags is on the wrong side."""


def probabilities_of(scores: NDArray[np.floating], temperature: float = 1.0) -> Array:
    """Return softmax(scores / temperature), the labels along the last axis."""
    scaled = np.asarray(scores, dtype=np.float64) / temperature
    exponents = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True))


def fit_temperature(scores: NDArray[np.floating], gold: Sequence[int]) -> float:
    """Return the temperature of least log loss on held-out scores (Guo et al. 2017), from a fixed grid of 0.3 to 4."""
    grid = np.geomspace(0.3, 4, 60)
    losses = [log_loss(probabilities_of(scores, value), gold) for value in grid]
    return float(round(grid[int(np.argmin(losses))], 4))


def log_loss(probabilities: Array, gold: Sequence[int]) -> float:
    """Return the mean of minus the logarithm of the gold label's probability."""
    return float(-np.log(probabilities[np.arange(len(gold)), list(gold)] + 1e-12).mean())


def sureness(probabilities: Array, opposites: tuple[int, int] | None) -> Array:
    """Return how far each text's likeliest label leads: over its opposite where it has one, else its probability.

    The harm is the wrong side, so a tag is as sure as its own side is ahead of the other one.
    """
    likeliest, rows = probabilities.argmax(axis=1), np.arange(len(probabilities))
    best = probabilities[rows, likeliest]
    if opposites is None:
        return np.asarray(best)
    first, second = opposites
    other = np.where(
        likeliest == first, probabilities[:, second], np.where(likeliest == second, probabilities[:, first], 0)
    )
    return np.asarray(best - other)


def wrong_side(gold: Sequence[int], said: Sequence[int], opposites: tuple[int, int] | None) -> NDArray[np.bool_]:
    """Say for each text whether one side was taken for the other."""
    if opposites is None:
        return np.zeros(len(gold), dtype=bool)
    truth, guess = np.asarray(gold), np.asarray(said)
    first, second = opposites
    return np.asarray(((truth == first) & (guess == second)) | ((truth == second) & (guess == first)))


def choose_threshold(
    probabilities: Array,
    gold: Sequence[int],
    opposites: tuple[int, int] | None,
    most: float = MOST_WRONG_SIDE,
    deviations: float = 1.645,
) -> float:
    """Return the lowest sureness at which held-out texts keep the promise, never under the one of chance.

    Over all texts at least that sure, the upper end of Wilson's interval of the wrong sides (one-sided 95 % for 1.645
    `deviations`) must keep it: a small sample promises little, and other sites are somewhat harder than those at hand.
    """
    sure = sureness(probabilities, opposites)
    wrong = wrong_side(gold, probabilities.argmax(axis=1).tolist(), opposites)
    order = np.argsort(-sure, kind="stable")
    kept = np.flatnonzero(wilson_upper(np.cumsum(wrong[order]), np.arange(1, len(order) + 1), deviations) <= most)
    chance = 1 / probabilities.shape[1]
    if not len(kept):
        return _floor(sure[order][0])
    return max(_floor(sure[order][kept[-1]]), _floor(chance))


def _floor(threshold: float) -> float:
    """Cut, never round up: a threshold above the text it was taken from would withhold that text's tag."""
    return float(np.floor(threshold * 1e4) / 1e4)


def wilson_upper(hits: NDArray[np.integer], count: NDArray[np.integer], deviations: float = 1.645) -> Array:
    """Return the upper end of Wilson's score interval for shares of hits (Wilson 1927)."""
    share, square = hits / count, deviations**2
    spread = deviations * np.sqrt(share * (1 - share) / count + square / (4 * count**2))
    return np.asarray((share + square / (2 * count) + spread) / (1 + square / count))
