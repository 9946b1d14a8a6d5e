"""How a comment looks in the review queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from ..contents import NONE, OFF, Debate, StanceTag
from .cases import Case
from .terminal import printable, screenful, wrapped

_PARENT_CHARACTERS = 160
_NUMBERS = "123456789bdefghijklmn"


def choices(debate: Debate) -> Mapping[str, tuple[str, str]]:
    """Return the labels an editor may choose from, by the key to press: label and words."""
    named = [(label, debate.name_of(label)) for label in debate.labels]
    return dict(zip(_NUMBERS, [*named, (OFF, "do not tag this comment")], strict=False))


def card(case: Case, place: str, *, width: int) -> str:
    """Return a comment with its proposals as lines of `width`; evidence stands between [[ and ]]."""
    comment = case.entry.comment
    date = comment.date.date().isoformat() if comment.date else "no date"
    answers = f"{case.answers} answer{'' if case.answers == 1 else 's'}"
    head = [
        "-" * width,
        printable(f"{place} - {case.essay.title}"),
        printable(f"{comment.author or 'no name'}, {date}, {answers} - {comment.essay}/{comment.id}"),
    ]
    text = wrapped(marked(comment.text, _evidence(case)), width)
    return "\n".join([*head, *_parent(case, width), "", *screenful(text), "", *_proposals(case, width), ""])


def marked(text: str, evidence: Iterable[str]) -> str:
    """Return the text with each piece of evidence between [[ and ]], once, where it stands first.

    Pieces that overlap one already marked are left alone.
    """
    spans: list[tuple[int, int]] = []
    for piece in evidence:
        start = text.find(piece) if piece else -1
        if start >= 0 and all(start + len(piece) <= left or start >= right for left, right in spans):
            spans.append((start, start + len(piece)))
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return text


def _evidence(case: Case) -> Iterable[str]:
    proposed = (case.proposal.evidence,) if case.proposal else ()
    return chain(case.entry.machine.evidence if case.entry.machine else (), proposed)


def _parent(case: Case, width: int) -> list[str]:
    if not case.parent or not case.parent.visible:
        return []
    parent = case.parent.comment
    words = " ".join(parent.text.split())
    short = words if len(words) <= _PARENT_CHARACTERS else f"{words[:_PARENT_CHARACTERS].rstrip()} ..."
    return wrapped(f"answers {parent.author or 'no name'}: {short}", width, indent="  | ")


def _proposals(case: Case, width: int) -> list[str]:
    machine = case.entry.machine
    said = _machine_words(case.debate, machine) if machine else "nothing yet: not enough labelled comments"
    lines = [f"Machine: {said}"]
    if case.proposal:
        lines += [f"{case.proposal.model} proposes: {case.debate.name_of(case.proposal.stance)}"]
    return [line for words in lines for line in wrapped(words, width, indent="")]


def _machine_words(debate: Debate, tag: StanceTag) -> str:
    probabilities = sorted(tag.probabilities.items(), key=lambda item: -item[1])
    shares = ", ".join(f"{debate.name_of(label)} {share:.0%}" for label, share in probabilities)
    unsure = f"{debate.unsure_name}, likeliest: " if tag.stance is None else ""
    return f"{unsure}{debate.name_of(tag.likeliest or NONE)} ({shares})"
