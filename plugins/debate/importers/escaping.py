"""Plain text to Markdown that reads the same: what Markdown would take for marks is escaped, and nothing else."""

from __future__ import annotations

import re

# A "[" that nothing closes is escaped, too: Markdown would look for its end through the rest of the essay. So is "{":
# behind a link, a heading or a bold word, "{onclick=...}" would become its attribute.
_MARKS = re.compile(r"[\\`*_<&{]|\](?=[(\[:])|\[(?![^\[\]\n]{0,200}\](?![(\[:]))")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_LINE_START = re.compile(r"^(\s{0,3})(#|[-+*](?=\s)|\d{1,9}(?=[.)]\s)|[=-]+\s*$|~~~)", re.MULTILINE)


def escape(text: str) -> str:
    """Return running text in which no character acts as Markdown inside a line.

    What follows the text is not known here: a "<" or "&" at its end could begin a tag or an entity there.
    """
    return _MARKS.sub(_mark, text) if _MARKS.search(text) else text


def escape_starts(text: str) -> str:
    """Return a paragraph no line of which opens a heading, list, rule or fence; `>` stays, as a quotation."""
    return _LINE_START.sub(_start, text)


def plain(text: str) -> str:
    """Return plain text as Markdown, line by line."""
    return escape_starts(escape(text))


def _mark(match: re.Match[str]) -> str:
    text, at, mark = match.string, match.start(), match[0]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "<":
        return "&lt;" if not after or after.isalpha() or after in "/!?" else "<"
    if mark == "&":
        return "&amp;" if not after or _ENTITY.match(text, at) else "&"
    if mark == "_" and ((before.isalnum() and after.isalnum()) or before == "/"):
        return mark
    return mark if mark == "*" and (not before or before.isspace()) and (not after or after.isspace()) else f"\\{mark}"


def _start(match: re.Match[str]) -> str:
    mark = match[2]
    if mark[0] in "=~":
        return f"{match[1]}&#{ord(mark[0])};{mark[1:]}"  # no backslash takes the meaning of these two
    return f"{match[1]}{mark}\\" if mark.isdigit() else f"{match[1]}\\{mark}"
