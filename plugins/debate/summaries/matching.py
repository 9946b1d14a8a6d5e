"""Which point a comment makes: cosine to each point, rival points taken off, spread among comments that are alike.

A sentence that is like every point says nothing, so its mean likeness to the other points is taken off (RIVALRY). Two
comments may make one point without a common word, yet share words with a third: scores flow along the graph of nearest
comments (Zhou et al. 2004, "Learning with local and global consistency"). Both steps need no label; their constants
were set on ArgKP's train split.
"""

from __future__ import annotations

import numpy as np

from .similarity import Sentences
from .sparse_rows import Indices, Numbers, SparseRows

RIVALRY = 1.0
SPREAD = 0.8
"""The part of a comment's score that comes from the comments like it."""
NEIGHBOURS = 10
ROUNDS = 15


def likeness(sentences: Sentences, comments: Indices, points: Indices) -> Numbers:
    """Return comments x points: how much each comment (its place) makes the point of each sentence (its place).

    O(points * four-grams + comments squared * common four-grams), of the few comments that are read (see `reading`).
    """
    direct = direct_likeness(sentences, comments, points)
    rivals = (direct.sum(axis=1, keepdims=True) - direct) / max(1, len(points) - 1)
    return _spread(direct - RIVALRY * rivals, _comment_vectors(sentences, comments))


def direct_likeness(sentences: Sentences, comments: Indices, points: Indices) -> Numbers:
    """Return comments x points: the highest cosine of any sentence of the comment; 0 for one without sentences."""
    places = np.flatnonzero(np.isin(sentences.owners, comments))
    own = sentences.vectors.take(places)
    scores = np.zeros((len(comments), len(points)))
    for column, point in enumerate(points):
        cosines = own.times(sentences.vectors.dense_row(int(point)))
        np.maximum.at(scores[:, column], np.searchsorted(comments, sentences.owners[places]), cosines)
    return scores


def _comment_vectors(sentences: Sentences, comments: Indices) -> SparseRows:
    places = np.flatnonzero(np.isin(sentences.owners, comments))
    groups = np.searchsorted(comments, sentences.owners[places])
    summed = sentences.vectors.take(places).summed(groups, len(comments))
    return summed.scaled(summed.values)


def _spread(scores: Numbers, vectors: SparseRows) -> Numbers:
    graph = _nearest(vectors)
    return _settled(scores, _normalised((graph + graph.T) / 2))


def _settled(scores: Numbers, graph: Numbers) -> Numbers:
    flowing = scores
    for _ in range(ROUNDS):
        flowing = (1 - SPREAD) * scores + SPREAD * (graph @ flowing)
    return flowing


def _normalised(graph: Numbers) -> Numbers:
    scale = 1 / np.sqrt(np.maximum(graph.sum(axis=1), 1e-12))
    return np.asarray(scale[:, None] * graph * scale)


def _nearest(vectors: SparseRows) -> Numbers:
    """Return rows x rows, dense, with the cosines of each row's nearest others and 0 elsewhere."""
    cosines = vectors.products(vectors)
    np.fill_diagonal(cosines, 0.0)
    rank = min(NEIGHBOURS, cosines.shape[1])
    floors = np.partition(cosines, -rank, axis=1)[:, -rank][:, None]
    cosines[cosines < floors] = 0.0
    return cosines
