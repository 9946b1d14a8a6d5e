from __future__ import annotations

import pytest
from debate.importers.fitting import NO_DEBATE, always, where_it_fits

QUESTION = "Is online networking real networking?"


@pytest.mark.parametrize(
    "text",
    [
        "Networks, network and NETWORKED.",
        "I network online. Online, I said.",
        "Your networking\nis not\nmy networking, nor anybody's networking.",
    ],
)
def test_an_essay_that_keeps_naming_the_subject_gets_the_debate(text: str) -> None:
    assert where_it_fits("networking", QUESTION)(text) == "networking"


@pytest.mark.parametrize(
    "text", ["", "Two networks met.", "Real soup, real bread, really real salt.", "A fishnet works."]
)
def test_an_essay_on_something_else_is_kept_out_of_the_debate(text: str) -> None:
    assert where_it_fits("networking", QUESTION)(text) == NO_DEBATE


def test_a_question_without_longer_words_decides_nothing() -> None:
    assert where_it_fits("tea", "Milk in tea?")("milk " * 9) is None


def test_a_debate_that_is_given_counts_for_every_essay() -> None:
    assert always("tea")("Networks all over.") == "tea"
