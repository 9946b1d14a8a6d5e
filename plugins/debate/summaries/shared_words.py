"""Whether two sentences speak of the same thing: one word in common is a coincidence, two are a subject.

Cosines of short sentences rise on a single rare word ("the references", "references came from"). So what is shown side
by side, or counted as making one point, must have two words in common, and one of them must carry a subject.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .function_words import FUNCTION_WORDS
from .similarity import Sentences

FEWEST = 2
COMMON = 0.05
"""A longer function word in at most this part of the sentences ("first", "both") is counted, no other is."""


def share_a_subject(sentences: Sentences, one: int, other: int) -> bool:
    """Say whether the sentences at both places have FEWEST telling words in common, one of them a content word."""
    mine, theirs = (sentences.words.columns_of(place) for place in (one, other))
    content = _content(sentences, mine) & _content(sentences, theirs)
    return bool(content) and len(content) + _rare_function_words(sentences, np.intersect1d(mine, theirs)) >= FEWEST


def _content(sentences: Sentences, columns: Iterable[int]) -> set[str]:
    """Return the content words, singular and plural as one."""
    words = (sentences.vocabulary[column] for column in columns)
    return {word.removesuffix("'s").rstrip("s") for word in words if len(word) > 2 and word not in FUNCTION_WORDS}


def _rare_function_words(sentences: Sentences, columns: Iterable[int]) -> int:
    most = COMMON * len(sentences.texts)
    rare = (sentences.vocabulary[column] for column in columns if sentences.frequencies[column] <= most)
    return sum(len(word) > 3 and word in FUNCTION_WORDS for word in rare)
