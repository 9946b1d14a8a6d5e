"""Lines of captured text to Markdown paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .escaping import plain

_ITEM = re.compile(r"(?P<indent>\s*)(?P<mark>[•◦▪‣·]|\d{1,3}[.)](?=\s))\s+(?P<text>\S.*)")
_WRAPPED = 60
"""A line at least this long that ends inside a sentence was broken by an editor, not by its writer."""


def markdown_of(lines: Sequence[str]) -> str:
    """Return lines as Markdown: empty lines part paragraphs, bullets become lists, short lines keep their breaks."""
    return "\n\n".join(_block(block) for block in _blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if block and (not line.strip() or bool(_ITEM.match(line)) != bool(_ITEM.match(block[0]))):
            yield block
            block = []
        if line.strip():
            block.append(line)
    if block:
        yield block


def _block(lines: Sequence[str]) -> str:
    if _ITEM.match(lines[0]):
        return "\n".join(_item(line) for line in lines)
    texts = [line.strip() for line in lines]
    joined = texts[0]
    for before, text in pairwise(texts):
        joined += (" " if len(before) >= _WRAPPED else "\n") + text
    return plain(joined).replace("\n", "  \n")


def _item(line: str) -> str:
    match = _ITEM.match(line)
    if not match:
        return plain(line.strip())
    mark = match["mark"] if match["mark"][0].isdigit() else "-"
    return f"{mark} {plain(match['text'])}"
