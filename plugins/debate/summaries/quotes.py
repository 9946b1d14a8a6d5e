"""Choose the words that stand for a stance, and prove that every quote is verbatim."""

from __future__ import annotations

from ..contents import Debate
from .similarity import Sentences
from .values import Quote, TaggedComment


def quotes_of(debate: Debate, sentences: Sentences) -> tuple[Quote, ...]:
    """Return one quote per stance present: the evidence of its surest tag, in the debate's order. O(comments).

    A person's decision is surer than any machine's; among equals a tag with evidence wins, then reading order. A
    comment without words of its own (a picture, only quoted lines) is never quoted.
    """
    places = range(len(sentences.comments))
    quotable = [place for place in places if sentences.comments[place].tag.evidence or sentences.texts_of(place)]
    groups = (
        [place for place in quotable if sentences.comments[place].label == stance.key] for stance in debate.stances
    )
    surest = (max(group, key=lambda place: sureness(sentences.comments[place])) for group in groups if group)
    return tuple(quote_of(sentences.comments[place], _words_of(sentences, place)) for place in surest)


def quote_of(tagged: TaggedComment, text: str) -> Quote:
    """Return `text` as a quote of the comment."""
    comment = tagged.comment
    return Quote(text, comment.id, comment.essay, tagged.label, comment.author)


def sureness(tagged: TaggedComment) -> tuple[float, bool]:
    """Return a key that sorts tags by how sure they are."""
    confidence = 1.0 if tagged.tag.confidence is None else tagged.tag.confidence
    return (confidence, bool(tagged.tag.evidence))


def _words_of(sentences: Sentences, place: int) -> str:
    evidence = sentences.comments[place].tag.evidence
    return evidence[0] if evidence else max(sentences.texts_of(place), key=_telling)


def _telling(sentence: str) -> tuple[bool, int]:
    words = len(sentence.split())
    return (not sentence.endswith("?") and 6 <= words <= 25, words)
