"""HTML to tokens, whatever the HTML is: one pass, linear in time, no recursion, no tree.

The standard library's parser takes quadratic time on unclosed tags, and tree builders (BeautifulSoup, and markdownify
on top of it) recurse on deep nesting and take six times as long (450 against 70 microseconds for a comment of two
paragraphs), more than the whole import of a comment may take. Comments come from strangers and by the hundred thousand,
so the tokens are cut here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

# Possessive quantifiers, and no part that can run across a "<": no input makes this search go back.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})((?:[^<>"']++|"[^"<]*+"|'[^'<]*+'|["'])*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,60})(?:\s{0,20}=\s{0,20}(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?+""")
_RAW = frozenset(
    {"script", "style", "template", "svg", "math", "noscript", "iframe", "object", "select", "textarea", "title"}
)
_RAW_ENDS = MappingProxyType({name: re.compile(f"</{name}", re.IGNORECASE) for name in sorted(_RAW)})
_LONGEST_TAG = 20_000
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Token(NamedTuple):
    """A piece of HTML: `tag` is "" for text, "p" for a start, "/p" for an end; entities in `text` are resolved."""

    tag: str
    text: str = ""
    attributes: Mapping[str, str] = _NO_ATTRIBUTES


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens; comments and declarations are dropped, and so is the inside of scripts, styles and the like.

    An iframe or object is kept as an empty element, for its address; a title keeps its text.
    """
    at, length = 0, len(source)
    while at < length:
        opening = source.find("<", at)
        opening = length if opening < 0 else opening
        if opening > at:
            yield Token("", html.unescape(source[at:opening]))
        if opening == length:
            return
        if source.startswith(("<!", "<?"), opening):
            at = _behind(source, "-->" if source.startswith("<!--", opening) else ">", opening)
            continue
        found, at = _markup(source, opening)
        yield from found


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes of a tag by lower-case name; the first of two with the same name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:_LONGEST_TAG]):
        found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
    return found


def _markup(source: str, at: int) -> tuple[tuple[Token, ...], int]:
    """Return the tokens of the tag that the "<" at this place opens, and where to go on."""
    match = _TAG.match(source, at)
    if not match:
        return (Token("", "<"),), at + 1
    name = match[2].lower()
    if match[1]:
        return (Token(f"/{name}"),), match.end()
    rest = match[3]
    start = Token(name, "", attributes_of(rest) if rest and rest != "/" and rest != " /" else _NO_ATTRIBUTES)
    if name not in _RAW or rest.endswith("/"):
        return (start,), match.end()
    return _raw(source, start, match.end())


def _raw(source: str, start: Token, at: int) -> tuple[tuple[Token, ...], int]:
    """Return an element whose inside is no markup; only a title's inside is text to read."""
    end = _RAW_ENDS[start.tag].search(source, at)
    inside = source[at : end.start() if end else len(source)] if start.tag == "title" else ""
    found = (start, Token("", html.unescape(inside)), Token(f"/{start.tag}"))
    return found, _behind(source, ">", end.start()) if end else len(source)


def _behind(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + len(mark)
