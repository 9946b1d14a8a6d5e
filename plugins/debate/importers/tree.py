"""A saved page as a tree of elements: built in one pass from any HTML, bounded in depth, walked without recursion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType

from .tokens import Token, tokens

MOST_NODES = 100_000
DEEPEST = 400
"""Elements below this depth stand beside each other; no blog nests so deep."""

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_DEFINITIONS, _CELLS = frozenset({"dt", "dd"}), frozenset({"td", "th"})
_ENDS_BEFORE = MappingProxyType(
    {
        "li": frozenset({"li"}),
        "option": frozenset({"option"}),
        "tr": _CELLS | {"tr"},
        **dict.fromkeys(_DEFINITIONS, _DEFINITIONS),
        **dict.fromkeys(_CELLS, _CELLS),
    }
)
"""The open elements that a start tag ends, within the same list or table."""

_ENDS_PARAGRAPH = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "form",
        "hr",
        "header",
        "footer",
    ]
)
_SCOPES = frozenset({"ul", "ol", "dl", "table", "body", "html", "div", "article", "section", "blockquote"})


class Node:
    """An element: its start token, its children (elements and text), its parent."""

    __slots__ = ("children", "classes", "parent", "token")

    def __init__(self, token: Token, parent: Node | None) -> None:
        self.token, self.parent = token, parent
        self.children: list[Node | str] = []
        self.classes = frozenset(token.attributes.get("class", "").lower().split())

    @property
    def tag(self) -> str:
        """Return the element's name."""
        return self.token.tag

    def get(self, name: str) -> str:
        """Return an attribute, "" without it."""
        return self.token.attributes.get(name, "").strip()

    def above(self) -> Iterator[Node]:
        """Yield the elements around this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def walk(self, skip: Callable[[Node], bool] = lambda _node: False) -> Iterator[Node]:
        """Yield the elements inside, in the order of the page, without those that are skipped and their insides."""
        stack = [child for child in reversed(self.children) if isinstance(child, Node)]
        while stack:
            node = stack.pop()
            if not skip(node):
                yield node
                stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def tokens(self, skip: Callable[[Node], bool] = lambda _node: False) -> Iterator[Token]:
        """Yield what is inside as tokens again, without the elements that are skipped."""
        stack: list[Node | str | Token] = list(reversed(self.children))
        while stack:
            piece = stack.pop()
            if isinstance(piece, str):
                yield Token("", piece)
            elif isinstance(piece, Token):
                yield piece
            elif not skip(piece):
                yield piece.token
                if piece.tag not in _VOID:
                    stack.append(Token(f"/{piece.tag}"))
                stack.extend(reversed(piece.children))

    def text(self, skip: Callable[[Node], bool] = lambda _node: False) -> str:
        """Return the text inside as one line."""
        pieces = (" " if token.tag in _BREAKING else token.text for token in self.tokens(skip))
        return " ".join("".join(pieces).split())


_BREAKING = _ENDS_PARAGRAPH | {f"/{tag}" for tag in _ENDS_PARAGRAPH} | {"br", "li", "/li", "td", "dt", "dd"}


def tree_of(html: str) -> Node:
    """Return the tree of a page."""
    builder = _Builder()
    for token in tokens(html):
        if not token.tag:
            builder.node.children.append(token.text)
        elif token.tag[0] == "/":
            builder.end(token.tag[1:])
        else:
            builder.start(token)
        if builder.count > MOST_NODES:
            break
    return builder.root


class _Builder:
    """The element that is open, and how many of each kind are open around it."""

    def __init__(self) -> None:
        self.root = self.node = Node(Token("html"), None)
        self.count = 0
        self._open: Counter[str] = Counter()
        self._depth = 0

    def start(self, token: Token) -> None:
        """Put an element where it stands; some elements end where the next begins."""
        self.count += 1
        if token.tag in _ENDS_PARAGRAPH and self.node.tag == "p":
            self.end("p")
        for name in self._ended_by(token.tag):
            self.end(name)
        child = Node(token, self.node)
        self.node.children.append(child)
        if token.tag not in _VOID and self._depth < DEEPEST:
            self.node = child
            self._open[token.tag] += 1
            self._depth += 1

    def end(self, tag: str) -> None:
        """Close the innermost element of this name and what stands open in it; without one, nothing."""
        while self._open[tag] and self.node.parent is not None:
            closed, self.node = self.node.tag, self.node.parent
            self._open[closed] -= 1
            self._depth -= 1
            if closed == tag:
                return

    def _ended_by(self, tag: str) -> Iterator[str]:
        """Yield the open element that a start tag ends: an item the item before it, within the same list."""
        ends = _ENDS_BEFORE.get(tag, frozenset())
        for around in (self.node, *self.node.above()) if ends else ():
            if around.tag in ends:
                yield around.tag
            if around.tag in ends or around.tag in _SCOPES:
                return


def has_class(node: Node, pattern: re.Pattern[str]) -> bool:
    """Say whether one of the element's classes matches as a whole."""
    return any(pattern.fullmatch(name) for name in node.classes)


def any_class(names: str) -> re.Pattern[str]:
    """Return the pattern of any of these class names, given as words; each may be a pattern of its own."""
    return re.compile("|".join(names.split()))
