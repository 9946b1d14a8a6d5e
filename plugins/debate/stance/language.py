"""Is a text in the language the tagger knows? Judged by the share of everyday words, learnt from the training texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from .text import words

FEWEST_WORDS = 3
"""Fewer own words than this argue nothing that could be tagged."""

_EVERYDAY = 150
_LEAST_SHARE = 0.2


def everyday_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words that most texts share, in alphabetical order: mostly articles, pronouns and prepositions."""
    seen = Counter(word for text in texts for word in set(words(text)))
    return tuple(sorted(word for word, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:_EVERYDAY]))


def is_familiar(found: Sequence[str], everyday: Collection[str]) -> bool:
    """Say whether enough of the words are everyday words of the known language; English texts hold 40 %."""
    return len(found) >= FEWEST_WORDS and sum(word in everyday for word in found) >= _LEAST_SHARE * len(found)
