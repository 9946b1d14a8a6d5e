"""Evidence: which sentences are said to have carried a tag."""

from __future__ import annotations

import numpy as np
import pytest
from debate.stance.evidence import evidence

FIRST = "The first sentence is long enough."
SECOND = "The second sentence is long as well."
THIRD = "A third one of enough words follows."


def _rows(whole: float, without: list[float], alone: list[float]) -> np.ndarray:
    """Return rows of two labels whose first column is given."""
    column = np.array([whole, *without, *alone])
    return np.stack([column, 1 - column], axis=1)


def test_a_text_of_one_sentence_is_its_own_evidence() -> None:
    assert evidence(("Depends.",), np.array([[0.9, 0.1], [0.5, 0.5], [0.9, 0.1]]), 0) == ("Depends.",)


def test_the_sentence_whose_loss_and_own_words_speak_most_for_the_label_comes_first() -> None:
    rows = _rows(0.8, [0.7, 0.4, 0.8], [0.6, 0.9, 0.5])
    assert evidence((FIRST, SECOND, THIRD), rows, 0) == (SECOND,)


def test_a_second_sentence_is_shown_when_it_weighs_at_least_half_as_much() -> None:
    rows = _rows(0.8, [0.5, 0.6, 0.8], [0.8, 0.7, 0.5])
    assert evidence((FIRST, SECOND, THIRD), rows, 0) == (FIRST, SECOND)


def test_a_sentence_that_says_the_opposite_by_itself_is_not_chosen_for_what_its_loss_does() -> None:
    rows = _rows(0.6, [0.5, 0.55], [0.1, 0.8])
    assert evidence((FIRST, SECOND), rows, 0) == (SECOND,)


@pytest.mark.parametrize("fragment", ["Depends.", "Really?", "A hundred times yes."])
def test_a_fragment_gives_way_to_a_sentence_that_tells_something(fragment: str) -> None:
    rows = _rows(0.8, [0.4, 0.7], [0.9, 0.6])
    assert evidence((fragment, SECOND), rows, 0) == (SECOND,)


def test_where_all_are_fragments_the_strongest_is_shown() -> None:
    assert evidence(("Depends.", "Really?"), _rows(0.8, [0.4, 0.7], [0.9, 0.5]), 0) == ("Depends.",)
