"""The tone of each side, apart from its stance: most favourable texts about a thing carry some sour words."""

from __future__ import annotations

from collections.abc import Sequence

from ..contents import Debate
from ..stance.text import tone
from .reading import drawn
from .tagged import labels_in_order
from .values import StanceTone, TaggedComment, Tones

SAMPLE = 100
"""Comments read for the tone of one label: drawn by lot, so that a debate of thousands costs no more than these."""

FEWEST = 10
"""With fewer comments of a label the mean says nothing: that of ten is known to 0.1, give or take."""


def tone_sample(debate: Debate, comments: Sequence[TaggedComment]) -> tuple[TaggedComment, ...]:
    """Return the comments whose tone is read, label by label, those with fewer than FEWEST left out."""
    groups = ([tagged for tagged in comments if tagged.label == label] for label in labels_in_order(debate))
    return tuple(tagged for group in groups if len(group) >= FEWEST for tagged in drawn(group, SAMPLE))


def tone_of(debate: Debate, sample: Sequence[TaggedComment]) -> Tones:
    """Return the mean polarity and subjectivity of every label present. O(words)."""
    groups = {label: [tagged for tagged in sample if tagged.label == label] for label in labels_in_order(debate)}
    return Tones(tuple(_mean_tone(label, debate.name_of(label), group) for label, group in groups.items() if group))


def _mean_tone(label: str | None, name: str, group: Sequence[TaggedComment]) -> StanceTone:
    tones = [tone(tagged.comment.text) for tagged in group]
    polarity = sum(one.polarity for one in tones) / len(tones)
    subjectivity = sum(one.subjectivity for one in tones) / len(tones)
    return StanceTone(label, name, len(group), round(polarity, 3), round(subjectivity, 3))
