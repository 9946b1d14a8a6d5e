"""A saved page as a tree of elements: built in one pass from any HTML, bounded in depth, walked without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .tokens import Token, tokens

DEEPEST = 400
"""Elements below this depth stand beside each other; no blog nests so deep."""

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ENDS_BEFORE = {
    "li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}), "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}), "th": frozenset({"td", "th"}), "option": frozenset({"option"}),
}  # fmt: skip
_ENDS_PARAGRAPH = frozenset("p div ul ol dl table blockquote pre h1 h2 h3 h4 h5 h6 section article form hr header footer".split())
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
        return " ".join("".join(token.text if not token.tag else " " * (token.tag in _BREAKING) for token in self.tokens(skip)).split())


_BREAKING = _ENDS_PARAGRAPH | {f"/{tag}" for tag in _ENDS_PARAGRAPH} | {"br", "li", "/li", "td", "dt", "dd"}


def tree_of(html: str) -> Node:
    """Return the tree of a page."""
    root = node = Node(Token("html"), None)
    depth = 0
    for token in tokens(html):
        if not token.tag:
            node.children.append(token.text)
            continue
        if token.tag[0] == "/":
            node, depth = _closed(node, token.tag[1:], depth)
            continue
        node, depth = _before(node, token.tag, depth)
        child = Node(token, node)
        node.children.append(child)
        if token.tag not in _VOID and depth < DEEPEST:
            node, depth = child, depth + 1
    return root


def _closed(node: Node, tag: str, depth: int) -> tuple[Node, int]:
    """Return the element that is open after an end tag; one that closes nothing is ignored."""
    for steps, above in enumerate((node, *node.above()), 1):
        if above.tag == tag and above.parent is not None:
            return above.parent, depth - steps
    return node, depth


def _before(node: Node, tag: str, depth: int) -> tuple[Node, int]:
    """Return the element in which a start tag stands: some elements end where the next begins."""
    if tag in _ENDS_PARAGRAPH and node.tag == "p" and node.parent:
        node, depth = node.parent, depth - 1
    ended = _ENDS_BEFORE.get(tag)
    if not ended:
        return node, depth
    for steps, above in enumerate((node, *node.above()), 1):
        if above.tag in ended and above.parent is not None:
            return above.parent, depth - steps
        if above.tag in _SCOPES:
            break
    return node, depth


def has_class(node: Node, pattern: re.Pattern[str]) -> bool:
    """Say whether one of the element's classes matches as a whole."""
    return any(pattern.fullmatch(name) for name in node.classes)
