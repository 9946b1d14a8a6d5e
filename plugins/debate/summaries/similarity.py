"""Which sentences speak of the same thing: character four-grams of words, weighted by how rare they are here.

No model: what is common in this debate weighs little (idf from the debate itself), what two sentences
share of the rest makes them alike. Word by word, so that the cost of cutting words is paid once a word, not once a
sentence: sentences x words times words x four-grams.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..stance.text import own_sentences
from .function_words import FUNCTION_WORDS
from .sparse_rows import Indices, SparseRows, blocks_of, counted, ranges, stacked
from .telling import is_telling
from .values import Label, Quote, TaggedComment

GRAM = 4
STEM = 4
IDF_FLOOR = 0.3
"""What a four-gram in every sentence still weighs; set on ArgKP's train split."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Every own sentence of the comments: `owners[i]` is the place of sentence i's comment in `comments`.

    `words` (sentences x vocabulary) counts, `frequencies` says how many sentences have a word; `vectors` (sentences x
    four-grams) have length 1, so their products are cosines; `stems` (sentences x stems) is binary; `telling` says
    which sentences can stand alone.
    """

    comments: tuple[TaggedComment, ...]
    texts: tuple[str, ...]
    owners: Indices
    telling: NDArray[np.bool_]
    vocabulary: tuple[str, ...]
    words: SparseRows
    frequencies: Indices
    vectors: SparseRows
    stems: SparseRows

    def labelled(self, label: Label) -> Indices:
        """Return the places of the sentences whose comment carries the label."""
        carries = np.array([tagged.label == label for tagged in self.comments], dtype=bool)
        return np.flatnonzero(carries[self.owners]) if len(self.texts) else np.zeros(0, dtype=np.intp)

    def owner(self, sentence: int) -> TaggedComment:
        """Return the comment a sentence belongs to."""
        return self.comments[int(self.owners[sentence])]

    def telling_of(self, comment: int) -> Indices:
        """Return the places of the comment's sentences that can stand alone."""
        start, end = np.searchsorted(self.owners, [comment, comment + 1])
        return np.asarray(start + np.flatnonzero(self.telling[start:end]))

    def place_of(self, quote: Quote) -> int:
        """Return the place of the sentence that a quote shows."""
        at = (i for i, text in enumerate(self.texts) if text == quote.text)
        return next(i for i in at if self.owner(i).key == (quote.essay, quote.comment))

    def nearest(self, comment: int, place: int) -> int:
        """Return the place of the comment's sentence that is most like the sentence at `place`."""
        start, end = np.searchsorted(self.owners, [comment, comment + 1])
        cosines = self.vectors.take(np.arange(start, end)).times(self.vectors.dense_row(place))
        return int(start + cosines.argmax())


def sentences_in(comments: Sequence[TaggedComment]) -> Sentences:
    """Split and weigh the comments' own sentences. O(characters)."""
    split = [own_sentences(tagged.comment.text) for tagged in comments]
    texts = tuple(text for own in split for text in own)
    owners = np.repeat(np.arange(len(split)), [len(own) for own in split])
    words, vocabulary = _words_in(texts)
    lengths = words.times(np.ones(len(vocabulary)))
    return Sentences(
        comments=tuple(comments),
        texts=texts,
        owners=owners,
        telling=np.array([is_telling(text, length) for text, length in zip(texts, lengths, strict=True)], dtype=bool),
        vocabulary=tuple(vocabulary),
        words=words,
        frequencies=words.column_counts(),
        vectors=_weighed(_parts_in(words, vocabulary, _grams)),
        stems=_stems_in(words, vocabulary),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _words_in(texts: Sequence[str]) -> tuple[SparseRows, list[str]]:
    """Return the words each text has, counted, and the words behind the columns."""
    numbers: dict[str, int] = {}
    rows = stacked(_block_words(texts[block.start : block.stop], numbers) for block in blocks_of(len(texts)))
    return replace(rows, width=len(numbers)), list(numbers)


def _block_words(texts: Sequence[str], numbers: dict[str, int]) -> SparseRows:
    """Return the words each text has, counted; a word that is new gets the next number."""
    split = [words_of(text) for text in texts]
    words = [word for row in split for word in row]
    for word in dict.fromkeys(words):
        numbers.setdefault(word, len(numbers))
    columns = np.fromiter(map(numbers.__getitem__, words), dtype=np.intp, count=len(words))
    places = np.repeat(np.arange(len(split)), [len(row) for row in split])
    return counted(places, columns, len(split), len(numbers))


def _parts_in(words: SparseRows, vocabulary: Sequence[str], parts: Callable[[str], Iterable[str]]) -> SparseRows:
    """Return how often each row has each part of a word."""
    numbers: dict[str, int] = {}
    split = [[numbers.setdefault(part, len(numbers)) for part in parts(word)] for word in vocabulary]
    lengths, places = np.array([len(one) for one in split], dtype=np.intp), _flat(split)
    starts = np.cumsum(lengths) - lengths
    return stacked(_block_parts(block, starts, lengths, places, len(numbers)) for block in words.blocks())


def _block_parts(words: SparseRows, starts: Indices, lengths: Indices, parts: Indices, width: int) -> SparseRows:
    times = words.values.astype(np.intp)
    each, rows = np.repeat(words.columns, times), np.repeat(words.entry_rows, times)
    return counted(np.repeat(rows, lengths[each]), parts[ranges(starts[each], lengths[each])], len(words), width)


def _stems_in(words: SparseRows, vocabulary: Sequence[str]) -> SparseRows:
    stems = _parts_in(words, vocabulary, _stem)
    return replace(stems, values=np.ones_like(stems.values))


def _flat(rows: Sequence[Sequence[int]]) -> Indices:
    return np.fromiter((place for row in rows for place in row), dtype=np.intp)


def _weighed(counts: SparseRows) -> SparseRows:
    """Return (1 + ln tf) * idf, rows scaled to length 1; idf = ln((1 + n) / (1 + df)) + IDF_FLOOR."""
    idf = (np.log((1 + len(counts)) / (1 + counts.column_counts())) + IDF_FLOOR).astype(np.float32)
    values = [block.scaled((1 + np.log(block.values)) * idf[block.columns]).values for block in counts.blocks()]
    return replace(counts, values=np.concatenate(values))


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[start : start + GRAM] for start in range(max(1, len(padded) - GRAM + 1))]


def _stem(word: str) -> list[str]:
    return [word[:STEM]] if len(word) > 2 and word not in FUNCTION_WORDS else []
