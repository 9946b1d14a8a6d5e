"""Which sentences speak of the same thing: character four-grams of words, weighted by how rare they are here.

No model: what is common in this debate weighs little (idf from the debate itself), what two sentences
share of the rest makes them alike. Word by word, so that the cost of cutting words is paid once a word, not once a
sentence: sentences x words times words x four-grams.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..stance.text import own_sentences
from .function_words import FUNCTION_WORDS
from .telling import is_telling
from .values import Label, Quote, TaggedComment

GRAM = 4
STEM = 4
IDF_FLOOR = 0.3
"""What a four-gram in every sentence still weighs; set on ArgKP's train split."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

Indices = NDArray[np.intp]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Every own sentence of the comments: `owners[i]` is the place of sentence i's comment in `comments`.

    `words` (sentences x vocabulary) counts; `vectors` (sentences x four-grams) have length 1, so their products are
    cosines; `stems` (sentences x stems) is binary; `telling` says which sentences can stand alone.
    """

    comments: tuple[TaggedComment, ...]
    texts: tuple[str, ...]
    owners: Indices
    telling: NDArray[np.bool_]
    vocabulary: tuple[str, ...]
    words: sparse.csr_matrix
    vectors: sparse.csr_matrix
    stems: sparse.csr_matrix

    def labelled(self, label: Label) -> Indices:
        """Return the places of the sentences whose comment carries the label."""
        carries = np.array([tagged.label == label for tagged in self.comments], dtype=bool)
        return np.flatnonzero(carries[self.owners]) if len(self.texts) else np.zeros(0, dtype=np.intp)

    def owner(self, sentence: int) -> TaggedComment:
        """Return the comment a sentence belongs to."""
        return self.comments[int(self.owners[sentence])]

    def place_of(self, quote: Quote) -> int:
        """Return the place of the sentence that a quote shows."""
        at = (i for i, text in enumerate(self.texts) if text == quote.text)
        return next(i for i in at if self.owner(i).key == (quote.essay, quote.comment))

    def nearest(self, comment: int, place: int) -> int:
        """Return the place of the comment's sentence that is most like the sentence at `place`."""
        start, end = np.searchsorted(self.owners, [comment, comment + 1])
        cosines = (self.vectors[start:end] @ self.vectors[place].T).toarray().ravel()
        return int(start + cosines.argmax())


def sentences_in(comments: Sequence[TaggedComment]) -> Sentences:
    """Split and weigh the comments' own sentences. O(characters)."""
    split = [own_sentences(tagged.comment.text) for tagged in comments]
    texts = tuple(text for own in split for text in own)
    owners = np.repeat(np.arange(len(split)), [len(own) for own in split])
    words, vocabulary = _words_matrix(texts)
    lengths = np.asarray(words.sum(axis=1)).ravel()
    return Sentences(
        comments=tuple(comments),
        texts=texts,
        owners=owners,
        telling=np.array([is_telling(text, length) for text, length in zip(texts, lengths, strict=True)], dtype=bool),
        vocabulary=tuple(vocabulary),
        words=words,
        vectors=_weighed(words @ _parts_matrix(vocabulary, _grams)),
        stems=sparse.csr_matrix((words @ _parts_matrix(vocabulary, _stem)) > 0, dtype=np.float64),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _words_matrix(texts: Sequence[str]) -> tuple[sparse.csr_matrix, list[str]]:
    vocabulary: dict[str, int] = {}
    rows = [[vocabulary.setdefault(word, len(vocabulary)) for word in words_of(text)] for text in texts]
    return _count_matrix(rows, len(vocabulary)), list(vocabulary)


def _parts_matrix(vocabulary: Sequence[str], parts: Callable[[str], Iterable[str]]) -> sparse.csr_matrix:
    columns: dict[str, int] = {}
    rows = [[columns.setdefault(part, len(columns)) for part in parts(word)] for word in vocabulary]
    return _count_matrix(rows, len(columns))


def _count_matrix(rows: Sequence[Sequence[int]], columns: int) -> sparse.csr_matrix:
    places = np.fromiter((place for row in rows for place in row), dtype=np.int64)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    matrix = sparse.csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), columns))
    matrix.sum_duplicates()
    return matrix


def _weighed(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return (1 + ln tf) * idf, rows scaled to length 1; idf = ln((1 + n) / (1 + df)) + IDF_FLOOR."""
    weighed = counts.tocsr()
    weighed.data = 1 + np.log(weighed.data)
    idf = np.log((1 + weighed.shape[0]) / (1 + weighed.getnnz(axis=0))) + IDF_FLOOR
    weighed = weighed.multiply(idf).tocsr()
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ weighed)


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[start : start + GRAM] for start in range(max(1, len(padded) - GRAM + 1))]


def _stem(word: str) -> list[str]:
    return [word[:STEM]] if len(word) > 2 and word not in FUNCTION_WORDS else []
