"""Evidence by leaving out: the sentences without which the tag would be less sure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_SENTENCES = 2


def evidence(sentences: Sequence[str], probabilities: NDArray[np.float64], label: int) -> tuple[str, ...]:
    """Return the sentences that carried `label`, the strongest first.

    `probabilities` holds the whole text in row 0 and the text without sentence i in row i + 1. The strongest
    sentence is always given; a second one only when its removal costs at least half as much.
    """
    if len(sentences) < 2:
        return tuple(sentences)
    drops = probabilities[0, label] - probabilities[1:, label]
    order = np.argsort(-drops, kind="stable")[:MOST_SENTENCES]
    strongest = drops[order[0]]
    return tuple(sentences[place] for place in order if place == order[0] or drops[place] >= max(strongest / 2, 0.01))
