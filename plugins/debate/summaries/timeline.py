"""How the debate grew: cumulative counts per label, one step a day, and the days of the essays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ..contents import Debate, Essay
from .tagged import labels_in_order
from .values import EssayMark, Label, TaggedComment, Timeline, TimelineStep


def timeline_of(debate: Debate, essays: Sequence[Essay], comments: Sequence[TaggedComment]) -> Timeline:
    """Return the cumulative counts day by day; a comment without a date is only counted as such.

    Days are those written in the files: time zones are left alone. O(comments + days * labels).
    """
    labels = labels_in_order(debate)
    days: dict[date, Counter[Label]] = {}
    for tagged in comments:
        if tagged.comment.date is not None:
            days.setdefault(tagged.comment.date.date(), Counter())[tagged.label] += 1
    so_far: Counter[Label] = Counter()
    steps = []
    for day in sorted(days):
        so_far.update(days[day])
        steps.append(TimelineStep(day, tuple(so_far[label] for label in labels)))
    marks = sorted((essay.date.date(), essay.slug, essay.title) for essay in essays if essay.date is not None)
    undated = sum(tagged.comment.date is None for tagged in comments)
    return Timeline(labels, tuple(steps), tuple(EssayMark(*mark) for mark in marks), undated)
