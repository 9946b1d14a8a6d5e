"""Made-up debates whose truth is known: what a tagger says of them, and what a person puts right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from debate.contents import Comment, StanceTag
from debate.summaries.intervals import intervals_of
from debate.summaries.values import TaggedComment

LABELS = ("first", "last", "either", "none")
RATES = np.array(
    [[0.66, 0.12, 0.14, 0.08], [0.15, 0.60, 0.10, 0.15], [0.12, 0.16, 0.62, 0.10], [0.10, 0.08, 0.12, 0.70]]
)
"""A tagger that is right on two texts in three, as good as stance taggers get."""
HELD_OUT = 60
SIZES = (40, 200, 1000)
TRUTHS = ((0.25, 0.25, 0.25, 0.25), (0.55, 0.25, 0.15, 0.05), (0.9, 0.05, 0.04, 0.01))

Choice = Callable[[Any, Any, Any], Any]
"""Which comments a person labels, by their true label, what the machine says (indices), and a number drawn by lot."""
CHOICES: dict[str, Choice] = {
    "none": lambda true, said, lot: lot < 0,
    "one in five, by lot": lambda true, said, lot: lot < 0.2,
    "nearly all, by lot": lambda true, said, lot: lot < 0.95,
    "half of the errors": lambda true, said, lot: (true != said) & (lot < 0.5),
    "every error": lambda true, said, lot: true != said,
    "most of what is called the first": lambda true, said, lot: (said == 0) & (lot < 0.9),
    "most of what is the first": lambda true, said, lot: (true == 0) & (lot < 0.7),
}


@cache
def tagged(label: str, number: int, by: str = "machine", said: str | None = None) -> TaggedComment:
    """Return a comment by a person of its own; the machine's likeliest label is what it says."""
    tag = StanceTag(label, None if by != "machine" else 0.7, by=by)
    machine = StanceTag(said, 0.7) if said else None
    return TaggedComment(Comment(f"c{number}", "pot", None), tag, f"person {number}", machine=machine)


def debate_of(truth: Sequence[float], size: int, labelled: Choice, random: np.random.Generator) -> list[TaggedComment]:
    """Return comments as the machine tags them, those that a person chose to label put right."""
    true = random.choice(len(LABELS), size, p=truth)
    said = (random.random(size)[:, np.newaxis] > RATES.cumsum(axis=1)[true]).sum(axis=1)
    chosen = labelled(true, said, random.random(size))
    return [
        tagged(LABELS[t], n, "editor", LABELS[s]) if by_person else tagged(LABELS[s], n, said=LABELS[s])
        for n, (t, s, by_person) in enumerate(zip(true, said, chosen, strict=True))
    ]


def measured_confusion(random: np.random.Generator) -> dict[str, dict[str, float]]:
    """Return what a test of the tagger on held-out texts would have found."""
    rows = [random.multinomial(HELD_OUT, row) for row in RATES]
    return {gold: dict(zip(LABELS, row.tolist(), strict=True)) for gold, row in zip(LABELS, rows, strict=True)}


def covered(truth: Sequence[float], size: int, labelled: Choice, debates: int) -> float:
    """Return the part of all intervals of so many debates that hold the true share."""
    random = np.random.default_rng(size)
    held = []
    for _ in range(debates):
        comments = debate_of(truth, size, labelled, random)
        intervals = intervals_of(LABELS, comments, measured_confusion(random))
        held += [intervals[label].low <= p <= intervals[label].high for label, p in zip(LABELS, truth, strict=True)]
    return float(np.mean(held))
