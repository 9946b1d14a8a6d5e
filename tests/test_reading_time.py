"""How long a text takes to read."""

import pytest
from debate.reading_time import WORDS_A_MINUTE, reading_minutes


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, 1), (1, 1), (WORDS_A_MINUTE, 1), (2 * WORDS_A_MINUTE, 2), (10 * WORDS_A_MINUTE + 1, 10)],
)
def test_minutes_follow_the_words_and_are_at_least_one(words, minutes):
    assert reading_minutes("<p>" + "tea " * words + "</p>") == minutes


def test_markup_and_its_addresses_are_not_read():
    links = '<a href="https://example.org/one-two-three" title="four five">tea</a> '
    assert reading_minutes(links * WORDS_A_MINUTE) == 1


def test_a_word_with_an_apostrophe_or_a_hyphen_is_one():
    assert reading_minutes("it’s don't well-known " * (WORDS_A_MINUTE // 3)) == 1


@pytest.mark.parametrize("text", ["茶", "か", "차"])
def test_scripts_without_spaces_count_half_a_word_a_sign(text):
    assert reading_minutes(text * WORDS_A_MINUTE * 6) == 3
