"""Points made from two stances or more, and points over which two stances answer each other.

Both rest on likeness of words, so both show the comments themselves; nothing here says what anybody would think, and
nothing is shown rather than a coincidence. Words alone cannot tell "it is" from "it is not": sentences that differ in
negation, and an answer to the very comment, are never common ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from ..contents import Debate
from .exchanges import Pair, reply_pairs
from .picking import NEARLY_THE_SAME
from .quotes import quote_of
from .shared_words import share_a_subject
from .similarity import Sentences, words_of
from .values import CommonPoint, ContestedPoint, KeyPoint, Quote

CONTESTED_COSINE = 0.2
MOST = 4
Shown = TypeVar("Shown", CommonPoint, ContestedPoint)
_NEGATIONS = frozenset({"no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"})


def common_ground_of(debate: Debate, sentences: Sentences, points: Sequence[KeyPoint]) -> tuple[CommonPoint, ...]:
    """Return the key points that another stance makes too, those with most people first; at most MOST.

    O(points * four-grams).
    """
    stances = [stance.key for stance in debate.stances]
    found = (_common_point(sentences, stances, point.quote) for point in points)
    common = sorted((point for point in found if point), key=lambda point: -point.commenters)
    return tuple(_each_comment_once(common))[:MOST]


def contested_of(debate: Debate, sentences: Sentences) -> tuple[ContestedPoint, ...]:
    """Return the answers across stances that speak of the same thing, likest first, each comment once; at most MOST.

    O(sentence pairs of the replies).
    """
    stances = {stance.key for stance in debate.stances}
    across = [
        pair
        for pair in reply_pairs(sentences.comments)
        if {pair[0].label, pair[1].label} <= stances and pair[0].label != pair[1].label
    ]
    ranked = sorted(_confronted(sentences, across), key=lambda point: -point.similarity)
    return tuple(_each_comment_once(ranked))[:MOST]


def is_negated(sentence: str) -> bool:
    """Say whether an odd number of negations turns the sentence round."""
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words_of(sentence)) % 2 == 1


def _common_point(sentences: Sentences, stances: Sequence[str], quote: Quote) -> CommonPoint | None:
    place = sentences.place_of(quote)
    alike = _alike(sentences, place)
    best = {sentences.owner(other).label: other for other in reversed(alike)}
    across = [best[stance] for stance in stances if stance in best and stance != quote.stance]
    if not across:
        return None
    persons = {sentences.owner(other).person for other in (place, *alike) if sentences.owner(other).label in stances}
    return CommonPoint((quote, *(_quote(sentences, other) for other in across)), len(persons))


def _alike(sentences: Sentences, place: int) -> list[int]:
    """Return the sentences that say something like the one at `place`, likest first."""
    cosines = sentences.vectors.times(sentences.vectors.dense_row(place))
    near = [int(other) for other in np.flatnonzero(cosines >= NEARLY_THE_SAME) if other != place]
    return sorted((other for other in near if _says_the_same(sentences, place, other)), key=lambda one: -cosines[one])


def _says_the_same(sentences: Sentences, one: int, other: int) -> bool:
    answers = sentences.owner(one).answers(sentences.owner(other)) or sentences.owner(other).answers(
        sentences.owner(one)
    )
    as_negated = is_negated(sentences.texts[one]) == is_negated(sentences.texts[other])
    return bool(sentences.telling[other]) and as_negated and not answers and share_a_subject(sentences, one, other)


def _confronted(sentences: Sentences, pairs: Sequence[Pair]) -> Iterator[ContestedPoint]:
    for (parent, reply), (first, second, cosine) in zip(pairs, _nearest_sentences(sentences, pairs), strict=True):
        if cosine >= CONTESTED_COSINE and share_a_subject(sentences, first, second):
            quotes = quote_of(parent, sentences.texts[first]), quote_of(reply, sentences.texts[second])
            yield ContestedPoint(*quotes, round(cosine, 3))


def _nearest_sentences(sentences: Sentences, pairs: Sequence[Pair]) -> Iterator[tuple[int, int, float]]:
    """Yield for each pair of comments the two sentences most alike, that can stand alone, and their cosine."""
    numbers = {tagged.key: number for number, tagged in enumerate(sentences.comments)}
    for parent, reply in pairs:
        firsts, seconds = sentences.telling_of(numbers[parent.key]), sentences.telling_of(numbers[reply.key])
        if not len(firsts) or not len(seconds):
            yield (-1, -1, 0.0)
            continue
        answers = sentences.vectors.take(seconds)
        cosines = np.stack([answers.times(sentences.vectors.dense_row(first)) for first in firsts])
        best = np.unravel_index(cosines.argmax(), cosines.shape)
        yield (int(firsts[best[0]]), int(seconds[best[1]]), float(cosines[best]))


def _quote(sentences: Sentences, place: int) -> Quote:
    return quote_of(sentences.owner(place), sentences.texts[place])


def _each_comment_once(points: Iterable[Shown]) -> Iterator[Shown]:
    """Yield the points whose comments have not been shown yet."""
    shown: set[tuple[str, str]] = set()
    for point in points:
        quotes = point.quotes
        keys = {(quote.essay, quote.comment) for quote in quotes}
        if not keys & shown:
            yield point
        shown |= keys
