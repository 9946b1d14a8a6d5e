from __future__ import annotations

from types import MappingProxyType

import pytest
from debate.contents import Debate, Stance, StanceTag
from debate.stance.probing import negated, probe, swapped

DEBATE = Debate(
    "street",
    "Should the street be closed?",
    (
        Stance("closed", "Closed", "wants it closed", "a"),
        Stance("open", "Open", "wants it open", "b"),
        Stance("both", "Both", "in turn", "c"),
    ),
    ("closed", "open"),
)


class Fixed:
    """A tagger that says one thing, or what the debate file makes it say."""

    name, version, labels, figures = "fixed", "1", DEBATE.labels, MappingProxyType({})

    def __init__(self, stance):
        self.stance = stance

    def tag(self, texts):
        return [StanceTag(self.stance) for _ in texts]


def test_swapping_exchanges_the_meanings_of_the_two_sides_only():
    assert [(one.key, one.meaning) for one in swapped(DEBATE).stances] == [
        ("closed", "wants it open"),
        ("open", "wants it closed"),
        ("both", "in turn"),
    ]
    assert swapped(swapped(DEBATE)) == DEBATE


def test_negating_changes_the_question_only():
    assert negated(DEBATE).question != DEBATE.question
    assert negated(DEBATE).stances == DEBATE.stances


@pytest.mark.parametrize(
    ("tagger_for", "changed", "verdict"),
    [
        (lambda debate: Fixed("closed"), (0, 0), "ignores"),
        (
            lambda debate: Fixed("closed" if debate.stances[0].meaning == "wants it closed" else "open"),
            (2, 0),
            "ignores",
        ),
    ],
)
def test_the_probe_counts_what_a_changed_debate_file_changes(tagger_for, changed, verdict):
    found = probe(DEBATE, tagger_for, ["a", "b"])
    assert tuple(one.changed for one in found) == changed
    assert found[-1].verdict.startswith(verdict)


def test_the_trained_tagger_ignores_the_debate_file(networking):
    found = probe(
        DEBATE, lambda debate: networking, ["I never met my best friends, we only write online.", "Who is that?"]
    )
    assert [one.changed for one in found] == [0, 0]
    assert all("not to be used for another" in one.verdict for one in found)
