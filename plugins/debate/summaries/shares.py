"""Counts and shares per stance, of comments and of distinct commenters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..contents import Debate
from .tagged import labels_in_order, people
from .values import Share, TaggedComment

FLOOR = 30
"""Fewer tagged comments than this are shown as counts: a percentage would promise what they cannot keep."""


def shares_of(debate: Debate, comments: Sequence[TaggedComment]) -> tuple[Share, ...]:
    """Count every label in the debate's order, absent ones too. O(comments)."""
    counted = Counter(tagged.label for tagged in comments)
    persons = {
        label: people(tagged for tagged in comments if tagged.label == label) for label in labels_in_order(debate)
    }
    everybody = people(comments)
    return tuple(
        Share(
            label=label,
            name=debate.name_of(label),
            comments=counted[label],
            commenters=persons[label],
            share=counted[label] / len(comments) if len(comments) >= FLOOR else None,
            commenter_share=persons[label] / everybody if everybody >= FLOOR else None,
        )
        for label in labels_in_order(debate)
    )
