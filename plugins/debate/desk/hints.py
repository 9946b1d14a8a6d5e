"""What speaks for spam in a comment: many links, a text seen before, words the owner blocks."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..errors import DebateError, at
from .changes import read_exact

MANY_LINKS = 3
_LINK = re.compile(r"https?://|\bwww\.|\[url")


def read_blocked_words(path: Path | None) -> tuple[str, ...]:
    """Return the words and phrases of a file, one a line, `#` for remarks; no file named gives none.

    Raises DebateError where the file named is not there or cannot be read.
    """
    if path is None:
        return ()
    if not path.is_file():
        remedy = "name a file of one word or phrase a line, or leave --blocked out"
        raise DebateError("there is no such file of blocked words", where=at(path), remedy=remedy)
    lines = (line.strip().casefold() for line in read_exact(path).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


class TextCounts:
    """How often a text stands under the essays; spaces and capitals do not make it another."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(_fingerprint(text) for text in texts if text.strip())

    def __getitem__(self, text: str) -> int:
        return self._counts[_fingerprint(text)]


def spam_hints(text: str, counts: TextCounts, blocked: Sequence[str], head: str = "") -> list[str]:
    """Return what speaks for spam, in words; an empty list says nothing of the kind was found.

    `head` is searched with the text: names and websites carry links and words as well.
    """
    everything = f"{head}\n{text}".casefold()
    links = len(_LINK.findall(everything))
    words = [word for word in blocked if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", everything)]
    return [
        *([f"{links} links"] if links >= MANY_LINKS else []),
        *([f"the same text stands in {counts[text]} comments"] if counts[text] > 1 else []),
        *([f"blocked words: {', '.join(words)}"] if words else []),
    ]


def _fingerprint(text: str) -> bytes:
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).digest()
