"""Word and character n-grams as a scorer: TF-IDF rows and a linear layer, plain numpy when tagging."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .text import plain, words

Array = NDArray[np.float32]

_SHORTEST, _LONGEST = 3, 5
_LEAST_TEXTS = 2


@dataclass(frozen=True, slots=True)
class NgramScorer:
    """Score texts by TF-IDF (sublinear counts, length 1) times `weights` (n-grams x labels) plus `bias`."""

    vocabulary: Mapping[str, int]
    idf: Array
    weights: Array
    bias: Array

    def scores(self, texts: Sequence[Sequence[str]]) -> list[Array]:
        """Return for each text (its sentences) an array of rows of labels: the whole, without each one, each alone."""
        return [self._score(parts) for parts in texts]

    def _score(self, parts: Sequence[str]) -> Array:
        rows, columns = count_matrix(parts, self.vocabulary)
        counts = np.vstack([rows.sum(axis=0), rows.sum(axis=0) - rows, rows])
        values = tfidf(counts, self.idf[columns])
        return np.asarray(values @ self.weights[columns] + self.bias, dtype=np.float32)


def grams(sentence: str) -> Iterable[str]:
    """Yield the words, the word pairs (both led by "w:") and the 3- to 5-character pieces of words."""
    found = words(plain(sentence))
    yield from (f"w:{word}" for word in found)
    yield from (f"w:{first} {second}" for first, second in pairwise(found))
    for word in found:
        padded = f" {word} "
        for size in range(_SHORTEST, min(_LONGEST, len(padded)) + 1):
            yield from (padded[start : start + size] for start in range(len(padded) - size + 1))


def vocabulary_of(texts: Sequence[Sequence[str]]) -> tuple[dict[str, int], Array]:
    """Return the n-grams that at least two texts hold, in order, and their inverse document frequency (smoothed)."""
    seen = Counter(gram for parts in texts for gram in {gram for part in parts for gram in grams(part)})
    kept = sorted(gram for gram, count in seen.items() if count >= _LEAST_TEXTS)
    idf = [math.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in kept]
    return {gram: column for column, gram in enumerate(kept)}, np.asarray(idf, dtype=np.float32)


def count_matrix(parts: Sequence[str], vocabulary: Mapping[str, int]) -> tuple[Array, NDArray[np.intp]]:
    """Return (sentences x n-grams present) counts and which columns of the vocabulary they are."""
    counts = [Counter(column for gram in grams(part) if (column := vocabulary.get(gram)) is not None) for part in parts]
    columns = sorted(set().union(*counts))
    place = {column: position for position, column in enumerate(columns)}
    rows = np.zeros((len(parts), len(columns)), dtype=np.float32)
    for row, count in enumerate(counts):
        rows[row, [place[column] for column in count]] = list(count.values())
    return rows, np.asarray(columns, dtype=np.intp)


def tfidf(counts: Array, idf: Array) -> Array:
    """Return rows of length 1: (1 + ln count) x idf, so that a word said ten times does not count ten times."""
    values = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * idf
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(norms, 1e-9), dtype=np.float32)
