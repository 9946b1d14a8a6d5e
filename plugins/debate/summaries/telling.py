"""Which sentences can stand alone, torn from their comment."""

from __future__ import annotations

import re

SHORTEST, LONGEST = 6, 25
"""Words of a sentence that says enough and not too much."""
_GREETING = re.compile(
    r"(?:@\w+|hi|hello|hey|dear|thanks?|thank you|cheers|congrat\w*|great post|good (?:post|point))\b", re.I
)


def is_telling(sentence: str, words: int) -> bool:
    """Say whether a sentence of so many words can stand alone: no question, no greeting, 6 to 25 words."""
    if not SHORTEST <= words <= LONGEST or sentence.rstrip("\"'”’)").endswith("?"):
        return False
    return not _GREETING.match(sentence.lstrip("\"'“‘("))
