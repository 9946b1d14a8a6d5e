"""Measure key points against ArgKP (Bar-Haim et al. 2020): do picks reach the gold points, does matching find them?

Every constant of `picking` and `matching` was set on the train split; dev is for reporting. A picked sentence counts
for the gold points of its whole argument, as the data set labels arguments.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..contents import Comment, StanceTag
from ..errors import LabelError
from .matching import likeness
from .picking import picks
from .similarity import Sentences, sentences_in
from .sparse_rows import Indices, Numbers
from .values import TaggedComment

PICKS = 8
UNJUDGED = -1

Row = Mapping[str, str]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """One side of one topic: where its arguments and gold points stand in `sentences.comments`, and the labels.

    `labels` (arguments x points) holds 1 for a match, 0 for none, -1 where nobody judged the pair.
    """

    sentences: Sentences
    arguments: Indices
    points: Indices
    labels: Labels

    def places_of(self, comments: Indices) -> Indices:
        """Return the sentences of these comments."""
        return np.flatnonzero(np.isin(self.sentences.owners, comments))


def evaluate_key_points(folder: Path, split: str) -> dict[str, float]:
    """Return coverage_at_8, weighted_coverage_at_8, map_strict and map_relaxed, each the mean over topics and stances.

    `folder` holds arguments_, key_points_ and labels_SPLIT.csv. Coverage is the share of gold points that at least one
    of eight picks matches, weighted by the arguments behind each point. Raises LabelError where a file is missing.
    """
    groups = tuple(read_groups(folder, split))
    figures = [(*coverage(group), *average_precisions(group)) for group in groups]
    names = ("coverage_at_8", "weighted_coverage_at_8", "map_strict", "map_relaxed")
    return {name: round(float(mean), 4) for name, mean in zip(names, np.mean(figures, axis=0), strict=True)}


def read_groups(folder: Path, split: str) -> Iterator[Group]:
    """Yield every topic and stance that has gold points; both sides of a topic share one space of sentences."""
    arguments, points, labels = (
        _rows(folder / f"{name}_{split}.csv") for name in ("arguments", "key_points", "labels")
    )
    judged = {(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in labels}
    for topic in dict.fromkeys(row["topic"] for row in arguments):
        yield from _topic_groups(
            [row for row in arguments if row["topic"] == topic],
            [row for row in points if row["topic"] == topic],
            judged,
        )


def coverage(group: Group) -> tuple[float, float]:
    """Return the share of gold points that eight picks reach, plain and weighted by prevalence."""
    chosen = islice(picks(group.sentences, group.places_of(group.arguments), PICKS), PICKS)
    owners = [int(group.sentences.owners[place]) for place in chosen]
    reached = (group.labels[np.isin(group.arguments, owners)] == 1).any(axis=0)
    prevalence = (group.labels == 1).sum(axis=0)
    return float(reached.mean()), float(prevalence[reached].sum() / max(1, prevalence.sum()))


def average_precisions(group: Group) -> tuple[float, float]:
    """Return strict and relaxed average precision by the shared task's scorer as of 2021-09-23.

    Each argument keeps its likeliest point; the surer half is ranked; precision is averaged over the ranks of matches
    and scaled by the share of matches in that half. An unjudged pair is a miss (strict) or a match (relaxed).
    """
    scores = match_scores(group)
    best = scores.argmax(axis=1)
    surest = np.argsort(-scores.max(axis=1), kind="stable")[: len(best) // 2]
    labels = group.labels[surest, best[surest]]
    return _scaled_precision(labels == 1), _scaled_precision(labels != 0)


def match_scores(group: Group) -> Numbers:
    """Return arguments x points; a gold point is its first sentence."""
    gold = group.places_of(group.points)
    first = gold[np.unique(group.sentences.owners[gold], return_index=True)[1]]
    return likeness(group.sentences, group.arguments, first)


def _scaled_precision(hits: NDArray[np.bool_]) -> float:
    precisions = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precisions[hits].sum() / max(1, len(hits)))


def _topic_groups(
    arguments: Sequence[Row], points: Sequence[Row], judged: Mapping[tuple[str, str], int]
) -> Iterator[Group]:
    rows = [*arguments, *points]
    sentences = sentences_in([_comment(row) for row in rows])
    for stance in dict.fromkeys(row["stance"] for row in points):
        of_stance = np.array([place for place, row in enumerate(rows) if row["stance"] == stance], dtype=np.intp)
        sides = of_stance[of_stance < len(arguments)], of_stance[of_stance >= len(arguments)]
        labels = [
            [judged.get((rows[one]["arg_id"], rows[other]["key_point_id"]), UNJUDGED) for other in sides[1]]
            for one in sides[0]
        ]
        yield Group(sentences, *sides, np.array(labels))


def _comment(row: Row) -> TaggedComment:
    key = row.get("arg_id", row.get("key_point_id", ""))
    text = row.get("argument", row.get("key_point", ""))
    return TaggedComment(Comment(key, row["topic"], None, text=text), StanceTag(row["stance"]), person=key)


def _rows(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))
    except OSError as error:
        raise LabelError(
            "cannot be read",
            where=str(path),
            why=str(error.strerror),
            remedy="name the folder that holds ArgKP's CSV files",
        ) from error
