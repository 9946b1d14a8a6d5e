"""How long a text takes to read."""

from __future__ import annotations

import re

from markupsafe import Markup

WORDS_A_MINUTE = 220
"""Silent reading of English prose by adults: a little below the mean of 238 (Brysbaert 2019), for essays go slower."""
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, ideographs and Hangul syllables; written without spaces, they count half a word each."""


def reading_minutes(html: str) -> int:
    """Return the minutes a reader needs for the text of a piece of HTML, at least 1."""
    text = Markup(html).striptags()  # noqa: S704 - read, never written
    dense = len(_DENSE.findall(text))
    words = len(re.findall(r"\w[\w'’-]*", _DENSE.sub(" ", text)))
    return max(1, round((words + dense / 2) / WORDS_A_MINUTE))
