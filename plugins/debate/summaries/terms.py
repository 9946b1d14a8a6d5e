"""The words of each side: terms that one stance uses more than the others, by log-odds with an informative prior.

Monroe, Colaresi and Quinn 2008, "Fightin' Words": log-odds of a term in one stance against the rest, both smoothed by
the term's frequency in the whole debate, divided by their standard error. Counts are of comments, not of repetitions,
so that one excited writer does not make a word of the side.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from ..contents import Debate
from .function_words import FUNCTION_WORDS
from .similarity import Sentences
from .sparse_rows import Numbers
from .values import Term

MOST = 8
CHANCE = 0.1
"""The words that chance alone may bring into a debate's list, on average: one in ten debates."""
LEAST_PEOPLE = 3
"""Two people may share a word by chance, or because one answers the other."""
PRIOR_WEIGHT = 0.1
"""The prior's size as a part of all the counts: enough to hold down rare words, not enough to drown a side."""


def terms_of(debate: Debate, sentences: Sentences) -> tuple[Term, ...]:
    """Return at most MOST terms a stance, in the debate's order, the most contrastive first. O(words)."""
    labels = [stance.key for stance in debate.stances]
    comments = _users(sentences, labels, list(range(len(sentences.comments))))
    people = _users(sentences, labels, _numbered([tagged.person for tagged in sentences.comments]))
    rows = np.flatnonzero(_is_term(sentences.vocabulary) & (people.max(axis=1, initial=0) >= LEAST_PEOPLE))
    terms, table = [sentences.vocabulary[row] for row in rows], comments[rows]
    shared = people[rows] >= LEAST_PEOPLE
    scores = np.where(shared, log_odds(table), 0.0)
    least = _least_z(int(shared.sum()))
    return tuple(
        _term(terms[row], label, table[row], column, scores[row, column])
        for column, label in enumerate(labels)
        for row in _strongest(scores[:, column], terms, least)
    )


def log_odds(table: Numbers) -> Numbers:
    """Return the z-score of every term (row) in every group (column) against all the other groups together.

    Equations 16, 19 and 22 of the paper, with the prior proportional to the term's count in the whole table.
    """
    prior = PRIOR_WEIGHT * table.sum(axis=1, keepdims=True)
    here = table + prior
    there = table.sum(axis=1, keepdims=True) - table + prior
    with np.errstate(divide="ignore", invalid="ignore"):  # a single term has no others to stand against
        delta = np.log(here) - np.log(here.sum(axis=0) - here) - np.log(there) + np.log(there.sum(axis=0) - there)
        scores = delta / np.sqrt(1 / here + 1 / there)
    return np.where(np.isfinite(scores), scores, 0.0)


def _users(sentences: Sentences, labels: Sequence[str], users: Sequence[int]) -> Numbers:
    """Return vocabulary x labels: how many users (comments or people, by number) of each label use each word."""
    columns = []
    for label in labels:
        places = sentences.labelled(label)
        groups = np.array(users, dtype=np.intp)[sentences.owners[places]]
        columns.append(sentences.words.take(places).summed(groups, len(users)).column_counts())
    return np.column_stack(columns).astype(np.float64)


def _numbered(names: Sequence[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in names]


def _is_term(vocabulary: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([len(word) > 2 and word not in FUNCTION_WORDS for word in vocabulary], dtype=bool)


def _least_z(comparisons: int) -> float:
    """Return the z-score that chance alone gives to CHANCE of so many comparisons (Bonferroni)."""
    return NormalDist().inv_cdf(1 - CHANCE / max(1, comparisons))


def _strongest(scores: Numbers, terms: Sequence[str], least: float) -> list[int]:
    contrasting = [int(row) for row in np.flatnonzero(scores >= least)]
    return sorted(contrasting, key=lambda row: (-scores[row], terms[row]))[:MOST]


def _term(term: str, stance: str, counts: Numbers, column: int, score: float) -> Term:
    return Term(term, stance, int(counts[column]), int(counts.sum() - counts[column]), round(float(score), 3))
