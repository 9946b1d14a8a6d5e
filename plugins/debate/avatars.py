"""A face for a name without a picture: initials and the number of a colour, both from the name alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

HUES = 6
"""The number of colours in debate.css (`.hue-0` to `.hue-5`)."""

_JOINER = "\u200d"
_NON_JOINER = "\u200c"
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class Avatar:
    """Initials to show and the number of the colour behind them."""

    initials: str
    hue: int


@lru_cache(maxsize=10_000)
def avatar(name: str | None) -> Avatar:
    """Return the avatar of a name; the same name, in whatever case, has the same one on every page and machine."""
    name = unicodedata.normalize("NFC", " ".join((name or "").split()))
    return Avatar(initials(name), crc32(name.casefold().encode()) % HUES)


def initials(name: str) -> str:
    """Return the first character a reader sees of the first and of the last word, or "?" where there is none.

    Words count from their first letter or digit, so that a nickname in quotation marks is one; pictographs count only
    where there is no other word. Letters that would join each other (Arabic) are kept apart by a zero-width non-joiner.
    """
    words = _words(name, str.isalnum) or _words(name, _is_pictograph)
    ends = (words[0], words[-1]) if len(words) > 1 else words
    letters = [_large(first_grapheme(word)) for word in ends]
    joins = any(unicodedata.bidirectional(letter[0]) == "AL" for letter in letters)
    return (_NON_JOINER if joins else "").join(letters) or "?"


def first_grapheme(text: str) -> str:
    """Return what a reader takes for the first character: marks, joined pictographs and flags stay whole.

    Unicode's rule of grapheme clusters (UAX 29) as far as names need it, without its tables.
    """
    end = 1
    while end < len(text) and _continues(text, end):
        end += 1
    return text[:end]


def _continues(text: str, place: int) -> bool:
    sign, before = text[place], text[place - 1]
    if _JOINER in (sign, before) or unicodedata.category(sign).startswith("M") or _SKIN.match(sign):
        return True
    return place == 1 and bool(_REGIONAL.match(sign) and _REGIONAL.match(before))


def _words(name: str, counts: Callable[[str], bool]) -> list[str]:
    """Return the words of a name, each from its first character that counts; the others are left out."""
    starts = ((word, next((place for place, sign in enumerate(word) if counts(sign)), None)) for word in name.split())
    return [word[start:] for word, start in starts if start is not None]


def _is_pictograph(sign: str) -> bool:
    return unicodedata.category(sign) == "So"


def _large(letter: str) -> str:
    """Return a letter as it stands at the start of a name, unless that would be two (the sharp s)."""
    large = letter.title()
    return large if len(large) == len(letter) else letter
