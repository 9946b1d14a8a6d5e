"""Sentences, words and tone of a text, without any corpus to download; TextBlob stays the text object."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

MOST_CHARACTERS = 20_000
"""A longer text is read up to here (at a word's end), so that its cost is bounded."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_MARKUP = re.compile(
    r"```.*?(?:```|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)>|\Z)|</?[a-zA-Z][^<>\n]{0,300}>|https?://\S+",
    re.DOTALL,
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n[ \t]*(?=\n)|\n[ \t]*(?=[>*\-•]\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?i:mr|mrs|ms|dr|prof|st|sr|jr|vs|etc|e\.g|i\.e|cf|approx|dept|est|fig|inc|ltd|vol|pp|a\.m|p\.m|u\.s|u\.k)"
    r"|\b(?!I\b)[A-Z])\.$"
)
_LOWER_START = re.compile(r"\s*[a-z]")


class Tone(NamedTuple):
    """The tone of a text: `polarity` from -1 (sour) to 1 (glad), `subjectivity` from 0 to 1. Tone is not stance."""

    polarity: float
    subjectivity: float


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences in order, each an exact substring without blanks around it.

    A sentence ends at a full stop, question or exclamation mark before a blank (not after an abbreviation or an
    initial, not before a small letter), at an empty line, and before a list item or a quoted line.
    """
    ends = [match.end() for match in _END.finditer(text) if _is_end(text, match)]
    bounds = zip([0, *ends], [*ends, len(text)], strict=True)
    return tuple(part for start, end in bounds if (part := text[start:end].strip()))


def words(text: str) -> tuple[str, ...]:
    """Return the words in lower case; apostrophes and hyphens inside a word stay."""
    return tuple(map(str.lower, _WORD.findall(text)))


def own_words(text: str) -> str:
    """Return what the writer says himself: without the lines that quote others (led by ">")."""
    return _QUOTED_LINE.sub("", text).strip()


def own_sentences(text: str) -> tuple[str, ...]:
    """Return the writer's own sentences that hold a word, up to MOST_CHARACTERS; code, tags and addresses hold none."""
    return tuple(sentence for sentence in sentences(own_words(shortened(text))) if _WORD.search(plain(sentence)))


def plain(text: str) -> str:
    """Return the text with code blocks, HTML tags and web addresses blanked out."""
    return _MARKUP.sub(" ", text)


def shortened(text: str) -> str:
    """Return the text cut at the last blank before MOST_CHARACTERS."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rsplit(None, 1)[0]


def tone(text: str) -> Tone:
    """Return polarity and subjectivity of the writer's own words by TextBlob's lexicon."""
    from textblob.en import sentiment  # a second to import: only where tone is wanted

    # What `TextBlob(text).sentiment` asks; the blob would make a class of tuples for each text.
    assess: Any = sentiment
    polarity, subjectivity = assess(plain(own_words(shortened(text))))
    return Tone(float(polarity), float(subjectivity))


def _is_end(text: str, match: re.Match[str]) -> bool:
    if match.group().startswith("\n"):
        return True
    before = text[max(0, match.start() - 12) : match.start() + 1]
    return not _ABBREVIATION.search(before) and not _LOWER_START.match(text, match.end())
