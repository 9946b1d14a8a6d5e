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
        columns = Columns(self.vocabulary)
        return [self._score(columns.counts(parts)) for parts in texts]

    def _score(self, found: tuple[Array, NDArray[np.intp]]) -> Array:
        rows, columns = found
        counts = np.vstack([rows.sum(axis=0), rows.sum(axis=0) - rows, rows])
        values = tfidf(counts, self.idf[columns])
        return np.asarray(values @ self.weights[columns] + self.bias, dtype=np.float32)


class Columns:
    """Find n-grams in a vocabulary; those of a word are looked up once, since most words come again and again."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._of_word: dict[str, tuple[int, ...]] = {}

    def counts(self, parts: Sequence[str]) -> tuple[Array, NDArray[np.intp]]:
        """Return (sentences x n-grams present) counts and which columns of the vocabulary they are, in order."""
        found = [self._of_sentence(part) for part in parts]
        owners = np.repeat(np.arange(len(parts)), [len(columns) for columns in found])
        together = np.asarray([column for columns in found for column in columns], dtype=np.intp)
        present, places = np.unique(together, return_inverse=True)
        cells = np.bincount(owners * len(present) + places, minlength=len(parts) * len(present))
        return cells.reshape(len(parts), len(present)).astype(np.float32), present

    def _of_sentence(self, sentence: str) -> list[int]:
        found = words(plain(sentence))
        columns = [column for word in found for column in self._known(word)]
        pairs = (self._vocabulary.get(f"w:{first} {second}") for first, second in pairwise(found))
        return columns + [column for column in pairs if column is not None]

    def _known(self, word: str) -> tuple[int, ...]:
        known = self._of_word.get(word)
        if known is None:
            columns = map(self._vocabulary.get, word_grams(word))
            known = self._of_word[word] = tuple(column for column in columns if column is not None)
        return known


def grams(sentence: str) -> Iterable[str]:
    """Yield the words, the word pairs (both led by "w:") and the 3- to 5-character pieces of words."""
    found = words(plain(sentence))
    for word in found:
        yield from word_grams(word)
    yield from (f"w:{first} {second}" for first, second in pairwise(found))


def word_grams(word: str) -> Iterable[str]:
    """Yield a word and its 3- to 5-character pieces, a blank at each end."""
    yield f"w:{word}"
    padded = f" {word} "
    for size in range(_SHORTEST, min(_LONGEST, len(padded)) + 1):
        yield from (padded[start : start + size] for start in range(len(padded) - size + 1))


def vocabulary_of(texts: Sequence[Sequence[str]]) -> tuple[dict[str, int], Array]:
    """Return the n-grams that at least two texts hold, in order, and their inverse document frequency (smoothed)."""
    seen = Counter(gram for parts in texts for gram in {gram for part in parts for gram in grams(part)})
    kept = sorted(gram for gram, count in seen.items() if count >= _LEAST_TEXTS)
    idf = [math.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in kept]
    return {gram: column for column, gram in enumerate(kept)}, np.asarray(idf, dtype=np.float32)


def tfidf(counts: Array, idf: Array) -> Array:
    """Return rows of length 1: (1 + ln count) x idf, so that a word said ten times does not count ten times."""
    values = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * idf
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(norms, 1e-9), dtype=np.float32)
