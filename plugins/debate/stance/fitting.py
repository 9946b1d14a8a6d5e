"""Logistic regression in plain numpy, over n-grams and over vectors: no framework of 200 MB for two linear layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .decision import probabilities_of
from .lbfgs import minimise
from .ngrams import Columns, NgramScorer, tfidf, vocabulary_of

Array = NDArray[np.float32]
Wide = NDArray[np.float64]

NGRAM_STRENGTH = 3.0
"""C of the logistic regression over TF-IDF, the best of 1, 3, 10 in cross-validation on the training data."""

_ABSENT = -20.0
"""Bias of a label without any text: never said."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Features of texts as two linear maps: `times(weights)` gives scores, `back(errors)` the gradient."""

    width: int
    times: Callable[[Wide], Wide]
    back: Callable[[Wide], Wide]


def fit_ngrams(
    texts: Sequence[Sequence[str]], gold: Sequence[int], weights: Sequence[float], count: int
) -> NgramScorer:
    """Return n-gram scores fitted on texts (their sentences), label numbers below `count`, and a weight a text."""
    vocabulary, idf = vocabulary_of(texts)
    layer, bias = fit_linear(_tfidf_rows(texts, vocabulary, idf), gold, weights, count, NGRAM_STRENGTH)
    return NgramScorer(vocabulary, _as_stored(idf), _as_stored(layer), bias)


def fit_vectors(
    vectors: Array, gold: Sequence[int], weights: Sequence[float], count: int, strength: float
) -> tuple[Array, Array]:
    """Return weights and bias of a logistic regression over vectors (texts, width), standardised inside."""
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    layer, bias = fit_linear(dense_rows((vectors - middle) / spread), gold, weights, count, strength)
    layer = layer / spread[:, None]
    return layer, np.asarray(bias - middle @ layer, dtype=np.float32)


def fit_linear(
    rows: Rows, gold: Sequence[int], weights: Sequence[float], count: int, strength: float
) -> tuple[Array, Array]:
    """Return weights (features, labels) and bias of the least strength x weighted log loss + half the squared weights.

    Labels without any text get a very low bias. Multinomial logistic regression as in Hastie, Tibshirani and Friedman,
    section 4.4, with `strength` the C of the usual libraries; the bias is not penalised.
    """
    present = sorted(set(gold))
    truth = np.eye(len(present))[np.searchsorted(present, gold)]
    weight = np.asarray(weights, dtype=np.float64)[:, None] * strength
    shape = (rows.width + 1, len(present))

    def loss(flat: Wide) -> tuple[float, Wide]:
        layer, bias = np.split(flat.reshape(shape), [rows.width])
        shares = probabilities_of(rows.times(layer) + bias)
        errors = (shares - truth) * weight
        cost = -(weight * truth * np.log(shares + 1e-15)).sum() + (layer**2).sum() / 2
        return float(cost), np.vstack([rows.back(errors) + layer, errors.sum(axis=0)]).ravel()

    layer, bias = np.split(minimise(loss, np.zeros(shape).ravel()).reshape(shape), [rows.width])
    whole, level = np.zeros((rows.width, count), dtype=np.float32), np.full(count, _ABSENT, dtype=np.float32)
    whole[:, present], level[present] = layer, bias[0]
    return whole, level


def dense_rows(matrix: NDArray[np.floating]) -> Rows:
    """Return a matrix (texts, features) as linear maps."""
    wide = np.asarray(matrix, dtype=np.float64)
    return Rows(wide.shape[1], lambda weights: wide @ weights, lambda errors: wide.T @ errors)


def sparse_rows(columns: Sequence[NDArray[np.intp]], values: Sequence[Array], width: int) -> Rows:
    """Return the features that each text has (columns and their values) as linear maps over `width` features."""
    lengths = [len(part) for part in columns]
    owners = np.repeat(np.arange(len(columns)), lengths)
    places, amounts = np.concatenate(columns), np.concatenate(values).astype(np.float64)
    order = np.argsort(places, kind="stable")

    def times(weights: Wide) -> Wide:
        return _sums(weights[places] * amounts[:, None], owners, len(columns))

    def back(errors: Wide) -> Wide:
        return _sums(errors[owners[order]] * amounts[order, None], places[order], width)

    return Rows(width, times, back)


def _sums(parts: Wide, owners: NDArray[np.intp], count: int) -> Wide:
    """Return the sum of the parts of each owner, (count, labels); owners are in order."""
    sums = [np.bincount(owners, weights=parts[:, label], minlength=count) for label in range(parts.shape[1])]
    return np.stack(sums, axis=1)


def _tfidf_rows(texts: Sequence[Sequence[str]], vocabulary: dict[str, int], idf: Array) -> Rows:
    columns = Columns(vocabulary)
    found = [columns.counts(parts) for parts in texts]
    values = [tfidf(counts.sum(axis=0, keepdims=True), idf[present])[0] for counts, present in found]
    return sparse_rows([present for _, present in found], values, len(vocabulary))


def _as_stored(array: Array) -> Array:
    """Return the numbers as a model's file holds them, so that a tagger answers alike before and after it is saved."""
    return array.astype(np.float16).astype(np.float32)
