"""Initials and colours of names, whatever they are written in."""

from __future__ import annotations

import pytest
from debate.avatars import HUES, avatar, first_grapheme, initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gwen Pritchard", "GP"),
        ("João da Silva", "JS"),
        ("duckpond", "D"),
        ("ada", "A"),
        ('Dr. José "Pepe" Álvarez', "DÁ"),
        ("E\u0301mile Zola", "E\u0301Z"),
        ("漢字", "漢"),
        ("山田 太郎", "山太"),
        ("محمد علي", "م\u200cع"),
        ("ქართული ენა", "ქე"),
        ("हिन्दी", "हि"),
        ("ßeta", "ß"),
        ("Zoë – 漢字 🫖", "Z漢"),
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("🇩🇪🇫🇷", "🇩🇪"),
        ("<b>Bold</b>", "B"),
        ("--", "?"),
        ("", "?"),
    ],
)
def test_initials_are_what_a_reader_takes_for_the_first_letters(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_name_has_the_same_colour_in_every_case_and_form() -> None:
    assert avatar("Émile  Zola") == avatar("E\u0301mile Zola")
    assert avatar("ada").hue == avatar("ADA").hue


def test_colours_are_known_numbers_and_all_are_used() -> None:
    assert {avatar(f"Name {number}").hue for number in range(100)} == set(range(HUES))


def test_a_comment_without_a_name_has_an_avatar_too() -> None:
    assert avatar(None).initials == "?"


def test_a_grapheme_keeps_its_marks() -> None:
    assert first_grapheme("g\u0308o") == "g\u0308"
