"""HTML of posts and comments to Markdown: a walk over tokens with a stack, never a tree and never recursion.

What Markdown can say is kept (paragraphs, emphasis, links, lists, quotations, code, headings, tables); scripts, styles and
unsafe links are not. Images of other hosts become links: nobody is asked for anything when the page is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .escaping import escape, escape_starts
from .names import without_addresses
from .tokens import Token, tokens

DEEPEST = 8
"""Quotations and lists below this depth are written at this depth, so that prefixes stay short."""

_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_ANY_SPACE = re.compile(r"[\s\u00a0]+")
_BREAKS = re.compile(r" *\n[ \n]*")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SHORTCODE = re.compile(r"\[/?caption[^\[\]]{0,500}\]")
_PLAIN_BLOCKS = frozenset(
    "p div section article header footer aside main nav figure figcaption address center form fieldset details summary dl dt dd"
    " html body legend hgroup thead tbody tfoot".split()
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "dfn": "*", "var": "*"}
_CODE = frozenset({"code", "tt", "kbd", "samp"})
_MARKS = frozenset({*_EMPHASIS, *_CODE, "a", "q"})
_EMBEDS = frozenset({"iframe", "embed", "video", "audio", "source"})
_MOST_MARKS = 8


@dataclass(frozen=True, slots=True)
class Converted:
    """Markdown and the addresses of the images and embedded media that stood in the HTML."""

    markdown: str
    media: tuple[str, ...] = ()


def markdown_of_html(html: str, *, breaks: bool = False) -> Converted:
    """Return HTML as Markdown without e-mail addresses.

    With `breaks` (WordPress) a newline in the text is a line break and an empty line parts paragraphs.
    """
    if "<" not in html and "&" not in html:
        return Converted(without_addresses(_text_only(html, breaks=breaks)))
    return markdown_of_tokens(tokens(_SHORTCODE.sub("", html) if "[" in html else html), breaks=breaks)


def markdown_of_tokens(pieces: Iterable[Token], *, breaks: bool = False) -> Converted:
    """Return tokens as Markdown, by the rules of `markdown_of_html`."""
    converter = _Converter(breaks=breaks)
    for token in pieces:
        converter.take(token)
    return Converted(without_addresses(converter.finish()), tuple(dict.fromkeys(converter.media)))


def safe_link(address: str) -> str | None:
    """Return an address for a Markdown link: http(s) or relative, with the characters escaped that would end it."""
    text = "".join(address.split("\n")).strip()
    try:
        scheme = urlsplit(text).scheme.lower()
    except ValueError:
        return None
    if not text or len(text) > 2000 or scheme not in ("", "http", "https") or re.match(r"[\x00-\x20]*\w+:", text) and not scheme:
        return None
    return re.sub(r"[\s()<>\"\\]", lambda match: f"%{ord(match[0]):02X}", text)


def _text_only(text: str, *, breaks: bool) -> str:
    """Return text without any tag, the commonest comment, by a shorter way."""
    if not breaks:
        return escape_starts(escape(_ANY_SPACE.sub(" ", text).strip()))
    paragraphs = _EMPTY_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACE.sub(" ", paragraph).strip() for paragraph in paragraphs)
    return "\n\n".join(escape_starts(_BREAKS.sub("  \n", escape(line))) for line in lines if line)


@dataclass(slots=True)
class _Container:
    """An open quotation, list or list item; `marker` is an item's bullet until its first line has been written."""

    tag: str
    active: bool = True
    count: int = 0
    marker: str = ""
    root: int = 0


@dataclass(slots=True)
class _Mark:
    """An open inline element and the place in the inline text where it began."""

    tag: str
    at: int
    address: str | None = None


@dataclass(slots=True)
class _Table:
    """The rows of an open table; `depth` counts tables inside it, which are read as text."""

    rows: list[list[str]] = field(default_factory=list)
    depth: int = 1


class _Converter:
    def __init__(self, *, breaks: bool) -> None:
        self.media: list[str] = []
        self._breaks = breaks
        self._blocks: list[str] = []
        self._inline: list[str] = []
        self._marks: list[_Mark] = []
        self._containers: list[_Container] = []
        self._open: Counter[str] = Counter()
        self._heading = ""
        self._pre: list[str] | None = None
        self._table: _Table | None = None
        self._lists = 0
        self._last_list = 0

    def take(self, token: Token) -> None:
        """Take the next token."""
        if self._pre is not None:
            self._take_pre(self._pre, token)
        elif not token.tag:
            self._take_text(token.text)
        elif token.tag[0] == "/":
            self._take_end(token.tag[1:])
        else:
            self._take_start(token)

    def finish(self) -> str:
        """Return the Markdown of all that came."""
        if self._pre is not None:
            self._take_pre(self._pre, Token("/pre"))
        self._flush()
        self._end_table(force=True)
        return "".join(self._blocks)

    def _take_text(self, text: str) -> None:
        in_code = bool(self._marks) and self._marks[-1].tag in _CODE
        if not self._breaks or in_code:
            clean = _ANY_SPACE.sub(" ", text)
            self._inline.append(clean if in_code else escape(clean))
            return
        first, *more = _EMPTY_LINES.split(_SPACE.sub(" ", text))
        self._inline.append(escape(first))
        for part in more:
            self._inline.append("\n\n")
            self._inline.append(escape(part))

    def _take_start(self, token: Token) -> None:
        tag = token.tag
        if tag == "br":
            self._inline.append("\n")
        elif tag in _MARKS:
            if len(self._marks) < _MOST_MARKS:
                self._marks.append(_Mark(tag, len(self._inline), token.attributes.get("href") if tag == "a" else None))
        elif tag == "img":
            self._image(token)
        elif tag in _EMBEDS:
            self._embed(token)
        elif tag in _PLAIN_BLOCKS:
            self._flush()
        else:
            self._start_block(tag)

    def _start_block(self, tag: str) -> None:
        if tag in ("blockquote", "ul", "ol", "li"):
            self._flush()
            self._start_container(tag)
        elif tag in _HEADINGS:
            self._flush()
            self._heading = f"{_HEADINGS[tag]} "
        elif tag == "pre":
            self._flush()
            self._pre = []
        elif tag == "hr":
            self._flush()
            self._emit("* * *")
        elif tag in ("table", "tr", "td", "th"):
            self._start_table(tag)

    def _take_end(self, tag: str) -> None:
        if tag in _MARKS:
            self._end_mark(tag)
        elif tag in _PLAIN_BLOCKS or tag in _HEADINGS:
            self._flush()
            self._heading = ""
        elif tag in ("blockquote", "ul", "ol", "li"):
            self._flush()
            self._end_container(tag)
        elif tag == "table":
            self._flush()
            self._end_table()
        elif tag in ("td", "th", "tr"):
            self._flush()

    def _take_pre(self, lines: list[str], token: Token) -> None:
        if token.tag == "/pre":
            self._pre = None
            text = "".join(lines).replace("\r", "").strip("\n")
            self._emit("\n".join(f"    {line}" for line in text.expandtabs(4).split("\n"))) if text.strip() else None
        elif not token.tag:
            lines.append(token.text)
        elif token.tag == "br":
            lines.append("\n")

    def _end_mark(self, tag: str) -> None:
        index = next((index for index in range(len(self._marks) - 1, -1, -1) if self._marks[index].tag == tag), None)
        if index is None:
            return
        mark = self._marks[index]
        del self._marks[index:]
        text = "".join(self._inline[mark.at :])
        self._inline[mark.at :] = [_marked(mark, text)]

    def _image(self, token: Token) -> None:
        address = token.attributes.get("src", "")
        alt = escape(_ANY_SPACE.sub(" ", token.attributes.get("alt", "")).strip())
        link = safe_link(address)
        if link is None:
            self._inline.append(alt)
            return
        self.media.append(link)
        if any(mark.tag == "a" for mark in self._marks):
            self._inline.append(alt or "image")
        elif urlsplit(link).netloc:
            self._inline.append(f"[{alt or 'image'}]({link})")
        else:
            self._inline.append(f"![{alt}]({link})")

    def _embed(self, token: Token) -> None:
        link = safe_link(token.attributes.get("src", ""))
        if link:
            self.media.append(link)
            self._inline.append(f" [{escape(link)}]({link}) ")

    def _start_container(self, tag: str) -> None:
        if tag == "li":
            while self._containers and self._containers[-1].tag == "li":
                self._pop()
        active = sum(1 for container in self._containers[: 2 * DEEPEST + 1] if container.active) < 2 * DEEPEST
        container = _Container(tag, active and (tag != "li" or not self._containers or self._containers[-1].active))
        if tag in ("ul", "ol") and not self._in_list():
            self._lists += 1
        if tag == "li":
            container.marker = self._marker()
        container.root = self._lists
        self._containers.append(container)
        self._open[tag] += 1

    def _marker(self) -> str:
        above = self._containers[-1] if self._containers else None
        if above is None or above.tag != "ol":
            return "- "
        above.count += 1
        return f"{above.count}. "

    def _in_list(self) -> bool:
        return bool(self._open["ul"] or self._open["ol"])

    def _end_container(self, tag: str) -> None:
        if not self._open[tag] or (tag == "li" and self._containers[-1].tag in ("ul", "ol")):
            return
        while self._pop() != tag:
            pass

    def _pop(self) -> str:
        container = self._containers.pop()
        self._open[container.tag] -= 1
        return container.tag

    def _start_table(self, tag: str) -> None:
        self._flush()
        if tag == "table" and self._table:
            self._table.depth += 1
        elif tag == "table":
            self._table = _Table()
        elif self._table and self._table.depth == 1:
            if tag == "tr" or not self._table.rows:
                self._table.rows.append([])
            if tag != "tr":
                self._table.rows[-1].append("")

    def _end_table(self, *, force: bool = False) -> None:
        table = self._table
        if table is None:
            return
        table.depth -= 1
        if table.depth and not force:
            return
        self._table = None
        rows = [row for row in table.rows if any(row)]
        width = max((len(row) for row in rows), default=0)
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows[:2000] if width <= 100]
        if lines:
            self._emit("\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]))

    def _flush(self) -> None:
        """Write the inline text as a block; marks that are still open lose their meaning here."""
        self._marks.clear()
        if not self._inline:
            return
        text = "".join(self._inline)
        self._inline.clear()
        for part in _EMPTY_LINES.split(text):
            if paragraph := _BREAKS.sub("\n", re.sub(r" {2,}", " ", part)).strip():
                self._paragraph(paragraph)

    def _paragraph(self, text: str) -> None:
        if self._table and self._table.rows and self._table.rows[-1]:
            cell = " ".join(text.split()).replace("|", "\\|")
            self._table.rows[-1][-1] = f"{self._table.rows[-1][-1]} {cell}".strip()
        elif self._heading:
            self._emit(self._heading + " ".join(text.split()))
        else:
            self._emit(escape_starts(text).replace("\n", "  \n"))

    def _emit(self, block: str) -> None:
        starts_item = bool(self._containers) and bool(self._containers[-1].marker)
        first, rest = self._prefixes()
        lines = block.split("\n")
        root = self._lists if self._in_list() else 0
        joined = f"\n{rest}".join(lines) if rest else block
        if self._blocks:
            tight = starts_item and root == self._last_list
            self._blocks.append("\n" if tight else "\n\n")
        self._blocks.append(f"{first}{joined}")
        self._last_list = root

    def _prefixes(self) -> tuple[str, str]:
        """Return what stands before the first line of a block and before its other lines."""
        first = rest = ""
        for container in self._containers[: 2 * DEEPEST + 1]:
            if not container.active:
                continue
            if container.tag == "blockquote":
                first, rest = f"{first}> ", f"{rest}> "
            elif container.tag == "li":
                first, rest = first + (container.marker or "    "), f"{rest}    "
                container.marker = ""
        return first, rest


def _marked(mark: _Mark, text: str) -> str:
    """Return inline text inside its marks; marks stand next to the text, and around nothing they vanish."""
    bare = text.strip()
    if not bare or "\n\n" in text:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{_wrapped(mark, bare)}{after}"


def _wrapped(mark: _Mark, text: str) -> str:
    if mark.tag in _CODE:
        fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
        return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"
    if mark.tag == "q":
        return f"“{text}”"
    if mark.tag in _EMPHASIS:
        return f"{_EMPHASIS[mark.tag]}{text}{_EMPHASIS[mark.tag]}"
    link = safe_link(mark.address or "")
    label = " ".join(text.split())
    return f"[{label}]({link})" if link and "](" not in label else text
