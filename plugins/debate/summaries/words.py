"""Figures in plain words: sentences a person would write, none of which says more than the figures do."""

from __future__ import annotations

from collections.abc import Sequence

_NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count_of(number: int, singular: str, plural: str | None = None) -> str:
    """Return "no comments", "one comment", "nine comments", "12 comments"."""
    return f"{numeral(number)} {singular if number == 1 else plural or singular + 's'}"


def numeral(number: int) -> str:
    """Return a number as prose writes it: in words below ten."""
    return _NUMERALS[number] if 0 <= number < len(_NUMERALS) else f"{number:,}"


def per_cent(share: float) -> str:
    """Return "71 %"; what is above nothing and below one per cent is "under 1 %"."""
    return "under 1 %" if 0 < share < 0.01 else f"{share * 100:.0f} %"


def listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def capitalised(sentence: str) -> str:
    """Return the sentence with its first letter in upper case, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]
