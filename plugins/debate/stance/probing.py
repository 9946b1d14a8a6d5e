"""Does the tagger read the question? Swap the sides of the debate, negate the question, and count what changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..contents import Debate, Stance
from .tagger import Tagger

TaggerFor = Callable[[Debate], Tagger]
"""How the site makes the tagger of a debate; a trained model may well ignore everything but `Debate.model`."""


@dataclass(frozen=True, slots=True)
class Probe:
    """How many of `n` tags changed when only the debate file did, and whether that is what a reader would want."""

    change: str
    n: int
    changed: int
    verdict: str


def probe(debate: Debate, tagger_for: TaggerFor, texts: Sequence[str]) -> tuple[Probe, ...]:
    """Tag the texts under the debate as it is, with its two sides' meanings swapped, and with its question negated.

    A tagger that reads the debate file changes the tags of the two sides in both cases. One trained for one question
    does not: it must not be used for another, and the model card says so.
    """
    before = _said(tagger_for(debate), texts)
    changes = (("sides swapped", swapped(debate)), ("question negated", negated(debate)))
    return tuple(_compare(name, before, _said(tagger_for(other), texts)) for name, other in changes)


def swapped(debate: Debate) -> Debate:
    """Return the debate with the names and meanings of its two opposites exchanged, keys in place."""
    first, second = (next(one for one in debate.stances if one.key == key) for key in debate.opposites)
    meanings = {first.key: second, second.key: first}

    def exchange(stance: Stance) -> Stance:
        other = meanings.get(stance.key, stance)
        return replace(stance, name=other.name, meaning=other.meaning)

    return replace(debate, stances=tuple(exchange(stance) for stance in debate.stances))


def negated(debate: Debate) -> Debate:
    """Return the debate with its question turned into the opposite one."""
    return replace(debate, question=f"Is it false that the answer to this is yes: {debate.question}")


def _said(tagger: Tagger, texts: Sequence[str]) -> list[str | None]:
    return [tag.stance for tag in tagger.tag(texts)]


def _compare(name: str, before: Sequence[str | None], after: Sequence[str | None]) -> Probe:
    changed = sum(first != second for first, second in zip(before, after, strict=True))
    verdict = (
        "reads the debate file"
        if changed
        else "ignores the debate file: trained for one question, not to be used for another"
    )
    return Probe(name, len(before), changed, verdict)
