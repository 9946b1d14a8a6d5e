"""The review queue: a person confirms or corrects the machine's tags, least sure and most answered first.

A decision is two lines in the comment's file, `Stance` and `Stance-By: editor`; nothing else is kept, so a review can
stop at any time and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ..contents import OFF, Debate
from ..leftovers import sweep
from ..readers import EDITOR
from ..settings import DebateSettings
from .agreement import Decision, agreement, agreement_line
from .cards import card, choices
from .cases import Case, earlier_decisions, open_cases, read_states
from .changes import amend_file
from .proposals import FILE_NAME, by_text, read_proposals
from .queue import Key, Queue, Step
from .terminal import END_OF_INPUT, Terminal, open_terminal, printable

FIGURE_EVERY = 10


def review_command(
    content: Path, cache: Path, settings: DebateSettings | None = None, *, terminal: Terminal | None = None
) -> int:
    """Ask about every published comment that no person has tagged; return the exit code 0.

    `cache` is the folder of the build's tags and of the proposals. Raises DebateError where there is no such folder,
    DebateFileError for a wrong debate file.
    """
    settings = settings or DebateSettings()
    states = read_states(content, cache, settings)
    sweep(content / settings.comments_path)
    proposals = by_text(read_proposals(cache / FILE_NAME))
    review = Review(open_cases(states, proposals), earlier_decisions(states), content / settings.comments_path)
    review.run(terminal or open_terminal())
    return 0


class Review:
    """One sitting: the cases in order, and every decision the figures count."""

    def __init__(self, cases: Sequence[Case], earlier: Sequence[Decision], comments: Path) -> None:
        self._cases, self._comments = cases, comments
        self._decisions: list[Decision] = list(earlier)
        self._written = 0

    def run(self, terminal: Terminal) -> None:
        """Walk the cases, then say how far it went and what the figure is."""
        proposal = [Key("p", "take the model's proposal", self._take_proposal)]
        keys = [
            Key("a", _accept_words, self._accept),
            *(proposal if any(case.proposal for case in self._cases) else []),
            Key("c", "change", partial(self._change, terminal=terminal)),
        ]
        show = partial(card, width=terminal.width)
        Queue(self._cases, show, keys, terminal, self._figure_after_ten).run()
        terminal.write(f"{self._written} of {len(self._cases)} decided. {self._figure()}\n")

    def _accept(self, case: Case) -> Step | None:
        return self._decide(case, case.proposed) if case.proposed else None

    def _take_proposal(self, case: Case) -> Step | None:
        return self._decide(case, case.proposal.stance) if case.proposal else None

    def _change(self, case: Case, *, terminal: Terminal) -> Step | None:
        """Let the editor choose a label by its number; any other key goes back to the comment."""
        labels = choices(case.debate)
        terminal.write("".join(f"  [{key}] {words}\n" for key, (_, words) in labels.items()))
        key = terminal.read_key().lower()
        return self._decide(case, labels[key][0]) if key != END_OF_INPUT and key in labels else None

    def _decide(self, case: Case, stance: str) -> Step:
        path = self._comments / case.entry.comment.essay / f"{case.entry.comment.id}.md"
        change = amend_file(path, {"Stance": stance, "Stance-By": EDITOR})
        machine = case.entry.machine
        compared = [Decision(machine, stance, case.debate.opposites)] if machine else []
        self._decisions += compared
        self._written += 1

        def undo() -> None:
            change.undo()
            self._written -= 1
            del self._decisions[len(self._decisions) - len(compared) :]

        return Step(f"{case.entry.comment.id}: {_words(case.debate, stance)}.", undo)

    def _figure_after_ten(self) -> str:
        return self._figure() if self._written and self._written % FIGURE_EVERY == 0 else ""

    def _figure(self) -> str:
        return agreement_line(agreement(self._decisions))


def _accept_words(case: Case) -> str:
    """Name what the key writes: where the machine is not sure, the card shows several labels."""
    if not case.proposed:
        return "accept (nothing to accept yet)"
    return f"accept “{printable(case.debate.name_of(case.proposed))}”"


def _words(debate: Debate, label: str) -> str:
    return "not to be tagged" if label == OFF else debate.name_of(label)
