"""Counts and shares per stance, of comments and of distinct commenters."""

from __future__ import annotations

from collections.abc import Sequence

from ..contents import Debate
from .intervals import Confusion, intervals_of
from .tagged import labels_in_order, people
from .values import Label, Share, TaggedComment

FLOOR = 30
"""Fewer tagged comments than this are shown as counts: a percentage would promise what they cannot keep."""


def shares_of(
    debate: Debate, comments: Sequence[TaggedComment], confusion: Confusion | None = None
) -> tuple[Share, ...]:
    """Count every label in the debate's order, absent ones too; percentages and intervals from the floor on.

    O(labels + comments).
    """
    labels, everybody = labels_in_order(debate), people(comments)
    enough, learnt = len(comments) >= FLOOR, debate.model is None
    intervals = intervals_of(debate.labels, comments, confusion, learnt=learnt) if enough else {}
    groups: dict[Label, list[TaggedComment]] = {label: [] for label in labels}
    for tagged in comments:
        if tagged.label in groups:  # a model made for another debate may give labels that this one lacks
            groups[tagged.label].append(tagged)
    return tuple(
        Share(
            label=label,
            name=debate.name_of(label),
            comments=len(group),
            commenters=people(group),
            share=len(group) / len(comments) if enough else None,
            commenter_share=people(group) / everybody if everybody >= FLOOR else None,
            interval=intervals.get(label),
        )
        for label, group in groups.items()
    )
