"""Choose the words that stand for a stance, and prove that every quote is verbatim."""

from __future__ import annotations

from collections.abc import Sequence

from ..contents import Debate
from ..stance.text import own_sentences
from .values import Quote, TaggedComment


def quotes_of(debate: Debate, comments: Sequence[TaggedComment]) -> tuple[Quote, ...]:
    """Return one quote per stance present: the evidence of its surest tag, in the debate's order. O(n log n).

    A person's decision is surer than any machine's; among equals a tag with evidence wins, then reading order. A
    comment without words of its own (a picture, only quoted lines) is never quoted.
    """
    groups = ([tagged for tagged in comments if tagged.label == stance.key] for stance in debate.stances)
    surest = (next(filter(_is_quotable, sorted(group, key=sureness, reverse=True)), None) for group in groups)
    return tuple(quote_of(tagged, _words_of(tagged)) for tagged in surest if tagged)


def quote_of(tagged: TaggedComment, text: str) -> Quote:
    """Return `text` as a quote of the comment."""
    comment = tagged.comment
    return Quote(text, comment.id, comment.essay, tagged.label, comment.author)


def sureness(tagged: TaggedComment) -> tuple[float, bool]:
    """Return a key that sorts tags by how sure they are."""
    confidence = 1.0 if tagged.tag.confidence is None else tagged.tag.confidence
    return (confidence, bool(tagged.evidence))


def _is_quotable(tagged: TaggedComment) -> bool:
    return bool(tagged.evidence or own_sentences(tagged.comment.text))


def _words_of(tagged: TaggedComment) -> str:
    evidence = tagged.evidence
    return evidence[0] if evidence else max(own_sentences(tagged.comment.text), key=_telling)


def _telling(sentence: str) -> tuple[bool, int]:
    words = len(sentence.split())
    return (not sentence.endswith("?") and 6 <= words <= 25, words)
