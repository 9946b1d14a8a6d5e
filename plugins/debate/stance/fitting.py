"""Fitting linear layers: the only module that needs scikit-learn, imported when training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .ngrams import NgramScorer, count_matrix, tfidf, vocabulary_of

Array = NDArray[np.float32]

NGRAM_STRENGTH = 3.0
"""C of the logistic regression over TF-IDF, the best of 1, 3, 10 in cross-validation on the training data."""


def fit_ngrams(
    texts: Sequence[Sequence[str]], gold: Sequence[int], weights: Sequence[float], count: int
) -> NgramScorer:
    """Return n-gram scores fitted on texts (their sentences), label numbers below `count`, and a weight a text."""
    vocabulary, idf = vocabulary_of(texts)
    layer, bias = fit_linear(_rows(texts, vocabulary, idf), gold, weights, count, NGRAM_STRENGTH)
    return NgramScorer(vocabulary, idf, layer, bias)


def fit_vectors(
    vectors: Array, gold: Sequence[int], weights: Sequence[float], count: int, strength: float
) -> tuple[Array, Array]:
    """Return weights and bias of a logistic regression over vectors (texts, width), standardised inside."""
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    layer, bias = fit_linear((vectors - middle) / spread, gold, weights, count, strength)
    layer = layer / spread[:, None]
    return layer, bias - middle @ layer


def fit_linear(
    rows: Any, gold: Sequence[int], weights: Sequence[float], count: int, strength: float
) -> tuple[Array, Array]:
    """Return (features x labels) weights and the bias of a logistic regression; absent labels get a very low bias."""
    from sklearn.linear_model import LogisticRegression

    model: Any = LogisticRegression(C=strength, max_iter=500, tol=1e-4).fit(rows, gold, sample_weight=weights)
    layer, bias = np.zeros((rows.shape[1], count), dtype=np.float32), np.full(count, -20, dtype=np.float32)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        intercepts = np.hstack([-intercepts, intercepts]) / 2
    layer[:, model.classes_], bias[model.classes_] = coefficients.T, intercepts
    return layer, bias


def _rows(texts: Sequence[Sequence[str]], vocabulary: dict[str, int], idf: Array) -> Any:
    """Return the TF-IDF rows as a sparse matrix."""
    from scipy.sparse import csr_matrix

    columns, values, starts = [], [], [0]
    for parts in texts:
        counts, present = count_matrix(parts, vocabulary)
        columns.append(present)
        values.append(tfidf(counts.sum(axis=0, keepdims=True), idf[present])[0])
        starts.append(starts[-1] + len(present))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=(len(texts), len(vocabulary)))
