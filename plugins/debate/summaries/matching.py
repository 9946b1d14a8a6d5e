"""Which point a comment makes: cosine to each point, rival points taken off, spread among comments that are alike.

A sentence that is like every point says nothing, so its mean likeness to the other points is taken off (RIVALRY). Two
comments may make one point without a common word, yet share words with a third: scores flow along the graph of nearest
comments (Zhou et al. 2004, "Learning with local and global consistency"). Both steps need no label; their constants
were set on ArgKP's train split.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from .similarity import Indices, Numbers, Sentences

RIVALRY = 1.0
SPREAD = 0.8
"""The part of a comment's score that comes from the comments like it."""
NEIGHBOURS = 10
ROUNDS = 15
ANCHORS = 1_000
"""Beyond this many comments the graph is laid over an evenly spaced sample, and the others learn from the sample."""
_BLOCK = 1_000


def likeness(sentences: Sentences, comments: Indices, points: Indices) -> Numbers:
    """Return comments x points: how much each comment (its place) makes the point of each sentence (its place).

    O(points * four-grams + comments * min(comments, ANCHORS) * common four-grams).
    """
    direct = direct_likeness(sentences, comments, points)
    rivals = (direct.sum(axis=1, keepdims=True) - direct) / max(1, len(points) - 1)
    return _spread(direct - RIVALRY * rivals, _comment_vectors(sentences, comments))


def direct_likeness(sentences: Sentences, comments: Indices, points: Indices) -> Numbers:
    """Return comments x points: the highest cosine of any sentence of the comment; 0 for one without sentences."""
    places = np.flatnonzero(np.isin(sentences.owners, comments))
    cosines = (sentences.vectors[places] @ sentences.vectors[points].T).toarray()
    scores = np.zeros((len(comments), len(points)))
    np.maximum.at(scores, np.searchsorted(comments, sentences.owners[places]), cosines)
    return scores


def _comment_vectors(sentences: Sentences, comments: Indices) -> sparse.csr_matrix:
    places = np.flatnonzero(np.isin(sentences.owners, comments))
    rows = np.searchsorted(comments, sentences.owners[places])
    sums = sparse.csr_matrix((np.ones(len(places)), (rows, places)), shape=(len(comments), len(sentences.texts)))
    vectors = sums @ sentences.vectors
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ vectors)


def _spread(scores: Numbers, vectors: sparse.csr_matrix) -> Numbers:
    size = len(scores)
    anchors = np.linspace(0, size - 1, min(size, ANCHORS)).astype(np.intp)
    among_anchors = _nearest(vectors[anchors], vectors[anchors], without_self=True)
    settled = _settled(scores[anchors], _normalised((among_anchors + among_anchors.T) / 2))
    if len(anchors) == size:
        return settled
    links = _nearest(vectors, vectors[anchors], without_self=False)
    weights = sparse.diags(1 / np.maximum(np.asarray(links.sum(axis=1)).ravel(), 1e-12)) @ links
    spread = (1 - SPREAD) * scores + SPREAD * np.asarray(weights @ settled)
    spread[anchors] = settled
    return np.asarray(spread)


def _settled(scores: Numbers, graph: sparse.csr_matrix) -> Numbers:
    flowing = scores
    for _ in range(ROUNDS):
        flowing = (1 - SPREAD) * scores + SPREAD * np.asarray(graph @ flowing)
    return flowing


def _normalised(graph: sparse.csr_matrix) -> sparse.csr_matrix:
    scale = sparse.diags(1 / np.sqrt(np.maximum(np.asarray(graph.sum(axis=1)).ravel(), 1e-12)))
    return sparse.csr_matrix(scale @ graph @ scale)


def _nearest(rows: sparse.csr_matrix, columns: sparse.csr_matrix, *, without_self: bool) -> sparse.csr_matrix:
    """Return rows x columns with the cosines of each row's nearest columns, block by block to bound the memory."""
    blocks = range(0, max(1, rows.shape[0]), _BLOCK)
    return sparse.vstack(
        [_nearest_of(rows[at : at + _BLOCK], columns, at if without_self else None) for at in blocks]
    ).tocsr()


def _nearest_of(rows: sparse.csr_matrix, columns: sparse.csr_matrix, first: int | None) -> sparse.csr_matrix:
    cosines = (rows @ columns.T).toarray()
    if first is not None:
        own = np.arange(len(cosines))
        cosines[own, own + first] = 0.0
    rank = min(NEIGHBOURS, cosines.shape[1])
    floors = np.partition(cosines, -rank, axis=1)[:, -rank][:, None]
    return sparse.csr_matrix(np.where(cosines >= floors, cosines, 0.0))
