"""Which debate an imported essay belongs to: the one given, or the site's own where the essay is about its question."""

from __future__ import annotations

import re
from collections.abc import Callable

DebateOf = Callable[[str], str | None]
"""From an essay's text to the value of its `Debate:` line; None writes no line."""

NO_DEBATE = "none"
SHORTEST_WORD = 5
"""Shorter words of a question ("is", "real", "first") say nothing of its subject."""

LEAST_MENTIONS = 3


def always(key: str | None) -> DebateOf:
    """Return the rule that gives every essay the same debate."""
    return lambda _: key


def where_it_fits(key: str, question: str) -> DebateOf:
    """Return the rule that gives the debate to essays that keep mentioning its subject, and "none" to all others.

    An essay fits when the longer words of the question, whatever their ending, stand in it `LEAST_MENTIONS` times in
    all. The line is written out either way, so that the owner sees the decision and can change it.
    """
    stems = {_stem(word) for word in re.findall(r"[^\W\d_]+", question.lower()) if len(word) >= SHORTEST_WORD}
    if not stems:
        return always(None)
    mention = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(stems)))})", re.IGNORECASE)

    def debate_of(text: str) -> str:
        mentions = (number for number, _ in enumerate(mention.finditer(text), 1))
        return key if any(number >= LEAST_MENTIONS for number in mentions) else NO_DEBATE

    return debate_of


def _stem(word: str) -> str:
    """Return a word without its English ending, as long as enough of it is left to be told from others."""
    stem = re.sub(r"(?:ing|ed|es|s)$", "", word)
    return stem if len(stem) >= SHORTEST_WORD else word
