"""Pick few sentences that together say what many say: among many comments by the words they share, among few by tags.

Most central sentences repeat one another (they reach half of ArgKP's gold key points, random ones 64 %). Here every
stem weighs sqrt(df) * ln(n / df): nothing when all comments have it or one alone, most when a part of them shares it. A
pick is the sentence with the most weight not yet covered for its words, which keeps picks short and apart (the greedy
rule for submodular coverage of Lin and Bilmes 2011, divided by length as they do for a budget). Weights, stem length
and the allowance for short sentences were set on ArgKP's train split.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from .quotes import sureness
from .similarity import Sentences
from .sparse_rows import Indices, Numbers

FEWEST = 30
"""With fewer comments the words they share are coincidence: people who say nearly the same decide, then evidence."""
NEARLY_THE_SAME = 0.4
"""On ArgKP's train split nine in ten pairs of arguments with such a cosine share a gold point (0.2: seven in ten)."""
ALLOWANCE = 3
"""Words added to every length, lest the shortest sentences win by being short."""
_TIE = 1e-9
"""The weight of a tag's sureness: where words decide nothing, the surest tag does."""


def picks(sentences: Sentences, among: Indices, most: int) -> Iterator[int]:
    """Yield at most `most` of the sentences `among`, the most telling first, one a person and one if there is any.

    O(most * words of the sentences).
    """
    few = len(np.unique(sentences.owners[among])) < FEWEST
    candidates = _of_each(sentences, among) if few else _candidates(sentences, among)
    chosen = _backed if few else _covering
    return islice(chosen(sentences, candidates, among), most)


def _backed(sentences: Sentences, candidates: Indices, among: Indices) -> Iterator[int]:
    """Yield the candidates by how many people say nearly the same, then evidence, the surest first, then shared words.

    Who says nearly the same as a pick has had a say.
    """
    cosines = sentences.vectors.take(candidates).products(sentences.vectors.take(among))
    backers = [{sentences.owner(place).person for place in among[row >= NEARLY_THE_SAME]} for row in cosines]
    sure = [(_is_evidence(sentences, place), *sureness(sentences.owner(place))) for place in candidates]
    gains = _gains(sentences, candidates, _weights(sentences, among))
    heard: set[str] = set()
    for rank in sorted(range(len(candidates)), key=lambda i: (len(backers[i]), sure[i], gains[i]), reverse=True):
        person = sentences.owner(candidates[rank]).person
        if person not in heard:
            yield int(candidates[rank])
            heard |= {person, *backers[rank]}


def _covering(sentences: Sentences, candidates: Indices, among: Indices) -> Iterator[int]:
    """Yield the candidates that add most of what several comments share, one whatever happens."""
    left = _weights(sentences, among)
    sure = np.array([sureness(sentences.owner(place))[0] for place in candidates]) * _TIE
    free = np.ones(len(candidates), dtype=bool)
    while free.any():
        gains = _gains(sentences, candidates, left)
        best = int(np.argmax(np.where(free, gains + sure, -1.0)))
        if not free.all() and gains[best] <= 0:
            return
        yield int(candidates[best])
        person = sentences.owner(candidates[best]).person
        free &= np.array([sentences.owner(place).person != person for place in candidates])
        left[sentences.stems.columns_of(candidates[best])] = 0.0


def _gains(sentences: Sentences, candidates: Indices, weights: Numbers) -> Numbers:
    """Return the weight of each candidate's stems for its words."""
    sizes = sentences.words.take(candidates).times(np.ones(len(sentences.vocabulary))) + ALLOWANCE
    return np.asarray(sentences.stems.take(candidates).times(weights) / sizes)


def _candidates(sentences: Sentences, among: Indices) -> Indices:
    """Return the sentences to choose from: telling ones that are evidence, else telling ones, else all.

    Only where half of the comments have evidence: those a person labelled have none, and are not to go unheard.
    """
    telling = [int(place) for place in among if sentences.telling[place]]
    evident = [place for place in telling if _is_evidence(sentences, place)]
    backed = len(np.unique(sentences.owners[evident])) if evident else 0
    pool = evident if 2 * backed >= len(np.unique(sentences.owners[among])) else telling
    return np.array(pool or list(among), dtype=np.intp)


def _of_each(sentences: Sentences, among: Indices) -> Indices:
    """Return what speaks for each comment: its evidence where that can stand alone, else its longest telling sentence.

    Of a comment that a person labelled there is no evidence, and any short sentence of it would share as much with the
    others, word for word, as the one that made the person decide.
    """
    chosen: list[int] = []
    for comment in np.unique(sentences.owners[among]):
        telling = [int(place) for place in sentences.telling_of(int(comment))]
        evident = [place for place in telling if _is_evidence(sentences, place)]
        chosen += evident or sorted(telling, key=lambda place: -len(sentences.texts[place].split()))[:1]
    return np.array(chosen or list(among), dtype=np.intp)


def _is_evidence(sentences: Sentences, place: int) -> bool:
    text = sentences.texts[place]
    return any(evidence in text or text in evidence for evidence in sentences.owner(place).evidence)


def _weights(sentences: Sentences, among: Indices) -> Numbers:
    """Return sqrt(df) * ln(n / df) a stem, 0 for df = 1; df counts the n comments behind the sentences."""
    comments, rows = np.unique(sentences.owners[among], return_inverse=True)
    frequency = sentences.stems.take(among).summed(rows, len(comments)).column_counts()
    idf = np.log(max(1, len(comments)) / np.maximum(frequency, 1))
    return np.asarray(np.where(frequency > 1, np.sqrt(frequency) * idf, 0.0))
