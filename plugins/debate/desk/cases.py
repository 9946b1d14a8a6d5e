"""The comments that wait for a person's decision, and those that had one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..cache import Cache
from ..contents import Debate, Entry, Essay, StanceTag
from ..discussions import DebateState, discuss
from ..readers import EDITOR, read_comments
from ..settings import DebateSettings
from .agreement import Decision
from .proposals import Proposal, digest
from .site import labels_of, read_topics


@dataclass(frozen=True, slots=True)
class Case:
    """A comment to decide, with what the editor needs for it: its place, its answers, and what was proposed."""

    entry: Entry
    essay: Essay
    debate: Debate
    answers: int = 0
    parent: Entry | None = None
    proposal: Proposal | None = None

    @property
    def proposed(self) -> str | None:
        """Return the machine's likeliest label, also where it is not sure of it."""
        return self.entry.machine.likeliest if self.entry.machine else None


def urgency(tag: StanceTag | None, answers: int) -> float:
    """Return (1 - confidence) x (1 + answers): the harm of a wrong tag grows with those who answer under it."""
    confidence = tag.confidence if tag and tag.confidence is not None else 0.0
    return (1 - confidence) * (1 + answers)


def read_states(content: Path, cache: Path, settings: DebateSettings) -> list[DebateState]:
    """Return every debate of a content folder, tagged as the build would tag it; raise DebateFileError."""
    topics = read_topics(content, settings)
    comments = read_comments(content / settings.comments_path, labels_of(topics).get)
    with closing(Cache(cache)) as kept:
        return discuss(topics, comments, debates_path=content / settings.path, cache=kept)[1]


def open_cases(states: Sequence[DebateState], proposals: Mapping[tuple[str, str], Proposal]) -> list[Case]:
    """Return the published comments that no person has tagged, least sure and most answered first."""
    found = [
        case
        for state in states
        for thread in state.threads
        for case in _thread_cases(state.debate, thread.essay, thread.entries, proposals)
    ]
    # Ties keep reading order: sorted() is stable.
    return sorted(found, key=lambda case: -urgency(case.entry.machine, case.answers))


def _thread_cases(
    debate: Debate, essay: Essay, entries: Sequence[Entry], proposals: Mapping[tuple[str, str], Proposal]
) -> list[Case]:
    by_id = {entry.comment.id: entry for entry in entries}
    answers = Counter(entry.parent for entry in entries if entry.visible)
    return [
        Case(
            entry,
            essay,
            debate,
            answers=answers[entry.comment.id],
            parent=by_id.get(entry.parent or ""),
            proposal=proposals.get((debate.key, digest(entry.comment.text))),
        )
        for entry in entries
        if entry.visible and entry.comment.stance is None
    ]


def earlier_decisions(states: Sequence[DebateState]) -> list[Decision]:
    """Return the decisions of earlier sittings, as far as the machine has not learnt from them.

    A debate without a model of its own is trained from these very labels: only this sitting's are held out there.
    """
    return [
        Decision(entry.machine, entry.comment.stance, state.debate.opposites)
        for state in states
        if state.debate.model
        for thread in state.threads
        for entry in thread.visible
        if entry.comment.stance and entry.comment.stance_by == EDITOR and entry.machine
    ]
