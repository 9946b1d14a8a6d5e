"""Split a comment into sentences that are exact substrings of it, leaving out what it quotes from others."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the writer's own sentences in order; lines led by ">" are somebody else's. O(length)."""
    own = [line for line in text.split("\n") if not line.lstrip().startswith(">")]
    pieces = (piece.strip() for line in own for piece in _split(line))
    return tuple(piece for piece in pieces if piece)


def _split(line: str) -> list[str]:
    ends = [match.end() for match in _END.finditer(line)]
    return [line[start:end] for start, end in zip([0, *ends], [*ends, len(line)], strict=True)]
