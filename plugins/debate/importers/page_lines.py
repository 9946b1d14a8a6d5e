"""A page's tree as the lines that a text capture has: paragraphs apart, list items marked and indented."""

from __future__ import annotations

from .tree import Node

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "tr",
        "form",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "address",
        "ul",
        "ol",
        "li",
        "hr",
        "body",
        "br",
    ]
)
_LEFT_OUT = frozenset(["script", "style", "noscript", "template", "head", "title", "nav", "button", "select", "option"])
_INDENT = "  "


def lines_of(root: Node) -> list[str]:
    """Return the lines of a page."""
    writer = _Lines()
    for token in root.tokens(lambda node: node.tag in _LEFT_OUT):
        if not token.tag:
            writer.text(token.text)
        elif token.tag.lstrip("/") in _BLOCKS:
            writer.block(token.tag)
    writer.flush()
    return writer.lines


class _Lines:
    """Lines of plain text made from the words and block tags of a page, one after the other."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: list[str] = []
        self._lists: list[int | None] = []
        self._marker = ""

    def text(self, text: str) -> None:
        """Add words to the line that is being written."""
        self._parts.append(text)

    def block(self, tag: str) -> None:
        """End the line at a block's edge; lists count and indent."""
        self.flush(empty=tag != "br")
        if tag in ("ol", "ul"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag in ("/ol", "/ul") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._marker = self._next_marker()

    def flush(self, *, empty: bool = True) -> None:
        """End the line that is being written, if it has words; `empty` sets the next one apart."""
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        if text:
            level = min(len(self._lists), 40)
            self.lines.append(
                f"{_INDENT * (2 * level - 1)}{self._marker}{text}" if self._marker else f"{_INDENT * 2 * level}{text}"
            )
            self._marker = ""
        if empty and self.lines and self.lines[-1]:
            self.lines.append("")

    def _next_marker(self) -> str:
        count = self._lists[-1] if self._lists else None
        if count is None:
            return "• "
        self._lists[-1] = count + 1
        return f"{count + 1}. "
