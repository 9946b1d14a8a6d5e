"""Fitting linear layers, temperature and mixture: the only module that needs scikit-learn, imported when training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .ngrams import NgramScorer, count_matrix, tfidf, vocabulary_of

Array = NDArray[np.float32]

_STRENGTH = 10.0
"""C of the logistic regression over TF-IDF, the best of 1, 3, 10, 30 in cross-validation on the training data."""


def fit_ngrams(
    texts: Sequence[Sequence[str]], labels: Sequence[int], weights: Sequence[float], count: int
) -> NgramScorer:
    """Return n-gram scores fitted on texts (their sentences), label numbers below `count`, and a weight a text."""
    vocabulary, idf = vocabulary_of(texts)
    layer, bias = fit_linear(_rows(texts, vocabulary, idf), labels, weights, count, _STRENGTH)
    return NgramScorer(vocabulary, idf, layer, bias)


def fit_linear(
    rows: Any, labels: Sequence[int], weights: Sequence[float], count: int, strength: float
) -> tuple[Array, Array]:
    """Return (features x labels) weights and the bias of a logistic regression; absent labels get a very low bias."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-5).fit(rows, labels, sample_weight=weights)
    layer, bias = np.zeros((rows.shape[1], count), dtype=np.float32), np.full(count, -20, dtype=np.float32)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients, intercepts = (
            np.vstack([-coefficients, coefficients]) / 2,
            np.hstack([-intercepts, intercepts]) / 2,
        )
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
