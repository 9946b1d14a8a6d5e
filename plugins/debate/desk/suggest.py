"""Proposals by a language model for the comments that wait for review; never part of a build.

A proposal is no tag: it stands in a file of the cache until a person takes it in `review`. The comments' texts are
sent to the model chosen, which may be someone else's computer; names and addresses are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..contents import Debate
from ..settings import DebateSettings
from .asking import Ask, Hangs, NoAnswer, Prompt, answer_in_time, open_model
from .cases import Case, open_cases, read_states
from .prompting import Answer, Unusable, answer_schema, instructions, question, read_answer
from .proposals import FILE_NAME, Proposal, digest, read_proposals, write_proposals
from .terminal import open_terminal, printable

ATTEMPTS = 3
SECONDS = 60.0
UNREACHABLE_AFTER = 3
"""So many comments in a row without any answer, and the model is taken to be out of reach."""


@dataclass(slots=True)
class SuggestReport:
    """How a run went: proposals made and met again, and the reasons for which there was none."""

    model: str
    proposed: int = 0
    known: int = 0
    without: Counter[str] = field(default_factory=Counter)
    stopped: str = ""

    def __str__(self) -> str:
        lines = [
            f"New proposals by {self.model}: {self.proposed}, known already: {self.known}",
            *(f"Without one: {count}, because {reason}" for reason, count in self.without.most_common()),
            *([f"Stopped: {self.stopped}. Run it again later: what was answered is kept."] if self.stopped else []),
        ]
        return printable("\n".join(lines)) + "\n"


def suggest_command(
    content: Path,
    cache: Path,
    model: str,
    settings: DebateSettings | None = None,
    *,
    limit: int | None = None,
    seconds: float = SECONDS,
) -> int:
    """Ask a model about the comments that wait, print the report; return 1 if the model was out of reach, else 0.

    `limit` is the most comments asked about, `seconds` the longest wait for one answer. Raises DebateError where the
    library or the model is not installed.
    """
    ask = open_model(model)
    cases = open_cases(read_states(content, cache, settings or DebateSettings()), {})[:limit]
    terminal = open_terminal()
    terminal.write(f"Asking {model} about these comments' texts, without names: {len(cases)}.\n")
    report = Suggestions(cache / FILE_NAME, model, ask, seconds).make(cases)
    terminal.write(str(report))
    return 1 if report.stopped else 0


class Suggestions:
    """Proposals of one model, written after each answer, so that a killed run has lost one at most."""

    def __init__(self, path: Path, model: str, ask: Ask, seconds: float = SECONDS) -> None:
        self._path, self._model, self._ask, self._seconds = path, model, ask, seconds
        self._rows = read_proposals(path)
        self._known = {(row.model, row.debate, row.prompt, row.text) for row in self._rows}

    def make(self, cases: Sequence[Case]) -> SuggestReport:
        """Ask about each case that has no proposal by this model under these guidelines; return the report."""
        report = SuggestReport(self._model)
        asked = [case for case in cases if self._key(case) not in self._known]
        report.known = len(cases) - len(asked)
        silent = 0
        for case in asked:
            fault = self._propose(case, report)
            silent = silent + 1 if isinstance(fault, NoAnswer) else 0
            if silent == UNREACHABLE_AFTER or isinstance(fault, Hangs):
                report.stopped = f"{self._model} is out of reach: {fault}"
                break
        return report

    def _propose(self, case: Case, report: SuggestReport) -> Exception | None:
        """Ask about one case; return why there is no proposal, or None if there is one."""
        try:
            self._keep(case, self._answer(case.debate, case.entry.comment.text))
        except (Unusable, NoAnswer) as error:
            report.without[str(error)] += 1
            return error
        report.proposed += 1
        return None

    def _answer(self, debate: Debate, text: str) -> Answer:
        """Ask until an answer can be used, ATTEMPTS times at most; raise the last fault."""
        fault: Exception = NoAnswer("never asked")
        for _ in range(ATTEMPTS):
            complaint = str(fault) if isinstance(fault, Unusable) else ""
            prompt = Prompt(instructions(debate), question(debate, text, complaint), answer_schema(debate))
            try:
                return read_answer(answer_in_time(self._ask, prompt, self._seconds), debate, text)
            except Hangs:
                raise
            except (NoAnswer, Unusable) as error:
                fault = error
        raise fault

    def _key(self, case: Case) -> tuple[str, str, str, str]:
        return self._model, case.debate.key, digest(instructions(case.debate)), digest(case.entry.comment.text)

    def _keep(self, case: Case, answer: Answer) -> None:
        key = self._key(case)
        self._rows.append(Proposal(*key, stance=answer.stance, evidence=answer.evidence))
        self._known.add(key)
        write_proposals(self._path, self._rows)
