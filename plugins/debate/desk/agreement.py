"""How often the machine had agreed with the editor: a held-out figure, for it never saw the editor's labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..contents import OFF, StanceTag


@dataclass(frozen=True, slots=True)
class Decision:
    """What the machine had said of a comment and what the editor says; `opposites` are the debate's wrong sides."""

    machine: StanceTag
    editor: str
    opposites: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts over decisions: of `shown` tags `agreed` were right and `wrong_side` named the opposite.

    `unsure` had no tag shown. `likeliest` is right where the label with the highest probability was the editor's,
    shown or not, out of all `shown + unsure`.
    """

    shown: int = 0
    agreed: int = 0
    wrong_side: int = 0
    unsure: int = 0
    likeliest: int = 0


def agreement(decisions: Sequence[Decision]) -> Agreement:
    """Count decisions; those switched off by the editor say nothing about the machine and are left out."""
    told = [decision for decision in decisions if decision.editor != OFF]
    shown = [decision for decision in told if decision.machine.stance is not None]
    return Agreement(
        shown=len(shown),
        agreed=sum(decision.machine.stance == decision.editor for decision in shown),
        wrong_side=sum({decision.machine.stance, decision.editor} == set(decision.opposites) for decision in shown),
        unsure=len(told) - len(shown),
        likeliest=sum(decision.machine.likeliest == decision.editor for decision in told),
    )


def agreement_line(counts: Agreement) -> str:
    """Return the counts as one line of words and figures."""
    told = counts.shown + counts.unsure
    if not told:
        return "Held-out figure: nothing to compare yet."
    shown = f"it agreed with you on {_share(counts.agreed, counts.shown)} of the tags it showed"
    wrong = f"named the opposite side of {counts.wrong_side}"
    unsure = f"was not sure of {counts.unsure}"
    forced = f"its likeliest label was right on {_share(counts.likeliest, told)} of all"
    sample = "Decisions so far are no random sample: the hard comments come first"
    return f"Held-out figure for the machine: {shown}, {wrong}, {unsure}; {forced}. {sample}."


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "0 of 0"
