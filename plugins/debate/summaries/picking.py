"""Pick few sentences that together say what many say: greedy coverage of shared words.

Most central sentences repeat one another (they reach half of ArgKP's gold key points, random ones 64 %). Here every
stem weighs sqrt(df) * ln(n / df): nothing when all comments have it or one alone, most when a part of them shares it. A
pick is the sentence with the most weight not yet covered for its words, which keeps picks short and apart (the greedy
rule for submodular coverage of Lin and Bilmes 2011, divided by length as they do for a budget). Weights, stem length
and the allowance for short sentences were set on ArgKP's train split.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .quotes import sureness
from .similarity import Sentences
from .sparse_rows import Indices, Numbers

_TIE = 1e-9
"""The weight of a tag's sureness: where words decide nothing, the surest tag does."""
ALLOWANCE = 3
"""Words added to every length, lest the shortest sentences win by being short."""


def picks(sentences: Sentences, among: Indices, most: int) -> Iterator[int]:
    """Yield at most `most` of the sentences `among`, the most telling first, one a person.

    One is picked whatever happens; further ones only as long as they add what several comments share.
    O(most * words of the sentences).
    """
    candidates = _candidates(sentences, among)
    stems = sentences.stems.take(candidates)
    left = _weights(sentences, among)
    sizes = sentences.words.take(candidates).times(np.ones(len(sentences.vocabulary))) + ALLOWANCE
    sure = np.array([sureness(sentences.owner(place))[0] for place in candidates]) * _TIE
    taken: set[str] = set()
    for rank in range(min(most, len(candidates))):
        gains = stems.times(left) / sizes
        free = [sentences.owner(place).person not in taken for place in candidates]
        best = int(np.argmax(np.where(free, gains + sure, -1.0)))
        if not free[best] or (rank and gains[best] <= 0):
            return
        yield int(candidates[best])
        taken.add(sentences.owner(candidates[best]).person)
        left[stems.columns_of(best)] = 0.0


def _candidates(sentences: Sentences, among: Indices) -> Indices:
    """Return the sentences to choose from: telling ones that are evidence, else telling ones, else all."""
    telling = [int(place) for place in among if sentences.telling[place]]
    evident = [place for place in telling if _is_evidence(sentences, place)]
    return np.array(evident or telling or list(among), dtype=np.intp)


def _is_evidence(sentences: Sentences, place: int) -> bool:
    text = sentences.texts[place]
    return any(evidence in text or text in evidence for evidence in sentences.owner(place).tag.evidence)


def _weights(sentences: Sentences, among: Indices) -> Numbers:
    """Return sqrt(df) * ln(n / df) a stem, 0 for df = 1; df counts the n comments behind the sentences."""
    comments, rows = np.unique(sentences.owners[among], return_inverse=True)
    frequency = sentences.stems.take(among).summed(rows, len(comments)).column_counts()
    idf = np.log(max(1, len(comments)) / np.maximum(frequency, 1))
    return np.asarray(np.where(frequency > 1, np.sqrt(frequency) * idf, 0.0))
