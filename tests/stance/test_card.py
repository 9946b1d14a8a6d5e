from __future__ import annotations

from pathlib import Path

import pytest
from debate.stance.card import card, shipped_figures

CARD = Path(__file__).parents[2] / "docs" / "stance-model.md"


@pytest.fixture(scope="module")
def figures():
    return shipped_figures()


def test_the_model_card_in_docs_is_what_the_figures_give(figures):
    assert CARD.read_text(encoding="utf-8") == card(figures)


def test_the_figures_are_those_of_the_shipped_model(figures, networking):
    assert figures["model"]["version"] == networking.version
    assert figures["cross_validation"]["macro_f1"] == networking.figures["macro_f1"]


@pytest.mark.parametrize(
    "heading", ["Data", "Method", "Confusion matrix", "Learning curve", "Not to be used for", "How to object"]
)
def test_the_card_has_every_part_that_a_reader_looks_for(figures, heading):
    assert f"## {heading}" in card(figures)


def test_twenty_errors_are_read_and_explained(figures):
    assert len(figures["errors"]) == 20
    assert all(one["why"] for one in figures["errors"])


def test_a_missed_aim_is_called_missed(figures):
    worse = figures | {"dev": figures["dev"] | {"accuracy": 0.1}}
    assert card(worse).count("**missed**") >= 1
    better = figures["dev"] | {"accuracy": 0.99}
    assert "| accuracy | 0.990 |" in card(figures | {"dev": better})


def test_no_placeholder_is_left_open(figures):
    assert "$" not in card(figures)
