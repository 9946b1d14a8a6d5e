"""Evidence: the sentences that carried a tag, by what each adds at the end of the text and what it says by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .text import words

MOST_SENTENCES = 2

LEAST_WORDS = 5
"""Shorter sentences ("Depends.", "Really?") tell a reader nothing, and are shown only where there is no longer one."""


def evidence(sentences: Sequence[str], probabilities: NDArray[np.float64], label: int) -> tuple[str, ...]:
    """Return the sentences that carried `label`, the strongest first.

    `probabilities` holds the whole text in row 0, then the text without each of n sentences, then each sentence alone
    (1 + 2n rows). A sentence's weight is the mean of its first and its last marginal contribution, the two ends of the
    Shapley value: what it says alone above an even guess, and what the text loses without it. The strongest sentence
    is always given; a second one only when it weighs at least half as much.
    """
    count = len(sentences)
    if count < 2:
        return tuple(sentences)
    lost = probabilities[0, label] - probabilities[1 : count + 1, label]
    alone = probabilities[count + 1 :, label] - 1 / probabilities.shape[1]
    weights = np.where(_telling(sentences), (lost + alone) / 2, -np.inf)
    order = np.argsort(-weights, kind="stable")[:MOST_SENTENCES]
    strongest = weights[order[0]]
    return tuple(sentences[place] for place in order if place == order[0] or weights[place] >= max(strongest / 2, 0.01))


def _telling(sentences: Sequence[str]) -> NDArray[np.bool_]:
    long_enough = np.array([len(words(sentence)) >= LEAST_WORDS for sentence in sentences])
    return long_enough if long_enough.any() else np.ones(len(sentences), dtype=np.bool_)
