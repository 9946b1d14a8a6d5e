"""Key points: sentences that stand for many, each with who else says something like it, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..contents import Debate
from ..languages import ENGLISH, Language, capitalised
from .matching import direct_likeness, likeness
from .picking import picks
from .quotes import quote_of
from .shared_words import share_a_subject
from .shares import FLOOR
from .similarity import Sentences
from .sparse_rows import Indices, Numbers
from .tagged import people
from .values import KeyPoint, KeyPoints

MOST_PER_STANCE = 3
COMMENTS_A_POINT = 3
"""A stance gets a point for so many comments: with a point each, a list would cover everything and say nothing."""
LIKENESS, COSINE = 0.08, 0.2
"""A comment makes a point from these scores on. On ArgKP's train split six in ten such matches share a gold point."""


def key_points_of(debate: Debate, sentences: Sentences, language: Language = ENGLISH) -> KeyPoints:
    """Return the points of every stance present, the most widespread first. As costly as `likeness`."""
    points: list[KeyPoint] = []
    for stance in debate.stances:
        points += sorted(_points(sentences, stance.key), key=lambda point: -point.commenters)
    total = sum(tagged.label in {stance.key for stance in debate.stances} for tagged in sentences.comments)
    other = total - sum(point.comments for point in points)
    return KeyPoints(tuple(points), total, other, coverage_words(points, total, other, language))


def coverage_words(points: Sequence[KeyPoint], total: int, other: int, language: Language = ENGLISH) -> str:
    """Return what the list covers: in per cent from the floor on, in counts below, nothing where there is no point."""
    if not points:
        return ""
    covered = _covered(len(points), total, other, language)
    rest = language.ngettext("One comment says something else.", "%(count)s comments say something else.", other)
    examples = language.ngettext(
        "It is an example: no two people say the same in like words.",
        "They are examples: no two people say the same in like words.",
        len(points),
    )
    are_examples = all(point.commenters == 1 for point in points) and (other or len(points) > 1)
    return " ".join([covered, *([capitalised(rest)] if other else []), *([examples] if are_examples else [])])


def _covered(points: int, total: int, other: int, language: Language) -> str:
    if not other:
        return language.ngettext(
            "This point covers every comment that takes a side.",
            "These %(count)s points cover every comment that takes a side.",
            points,
        )
    if total >= FLOOR:
        return language.ngettext(
            "This point covers %(share)s of the comments that take a side.",
            "These %(count)s points cover %(share)s of the comments that take a side.",
            points,
            share=language.per_cent((total - other) / total),
        )
    return language.ngettext(
        "This point covers %(covered)s of the %(total)s comments that take a side.",
        "These %(count)s points cover %(covered)s of the %(total)s comments that take a side.",
        points,
        covered=total - other,
        total=total,
    )


def _points(sentences: Sentences, stance: str) -> Iterable[KeyPoint]:
    comments = np.flatnonzero([tagged.label == stance for tagged in sentences.comments])
    most = max(1, min(MOST_PER_STANCE, len(comments) // COMMENTS_A_POINT))
    among = sentences.labelled(stance)
    places = np.array(list(picks(sentences, among, most)), dtype=np.intp)
    if not len(places):
        return []
    assigned = _assigned(sentences, comments, places)
    return [
        _point(sentences, int(place), [int(comment) for comment in comments[assigned == number]])
        for number, place in enumerate(places)
    ]


def _assigned(sentences: Sentences, comments: Indices, points: Indices) -> Indices:
    """Return for each comment the number of its point, -1 for none; a pick's comment makes the picked point."""
    scores: Numbers = likeness(sentences, comments, points)
    cosines = direct_likeness(sentences, comments, points)
    best = scores.argmax(axis=1)
    rows = np.arange(len(comments))
    assigned = np.where((scores[rows, best] >= LIKENESS) & (cosines[rows, best] >= COSINE), best, -1)
    for row in np.flatnonzero(assigned >= 0):
        point = int(points[assigned[row]])
        if not share_a_subject(sentences, sentences.nearest(int(comments[row]), point), point):
            assigned[row] = -1
    assigned[np.searchsorted(comments, sentences.owners[points])] = np.arange(len(points))
    return assigned


def _point(sentences: Sentences, place: int, comments: Sequence[int]) -> KeyPoint:
    own = int(sentences.owners[place])
    others = [comment for comment in comments if comment != own]
    return KeyPoint(
        quote=quote_of(sentences.owner(place), sentences.texts[place]),
        comments=len(comments),
        commenters=people(sentences.comments[comment] for comment in comments),
        matches=tuple(
            quote_of(sentences.comments[comment], sentences.texts[sentences.nearest(comment, place)])
            for comment in others
        ),
    )
