"""HTML of posts and comments to Markdown: a walk over tokens with a stack, never a tree and never recursion.

What Markdown can say is kept (paragraphs, emphasis, links, lists, quotations, code, headings, tables); scripts, styles
and unsafe links are not. Images of other hosts become links: nobody is asked for anything when the page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from .blocks import Blocks
from .escaping import escape, escape_starts
from .names import without_addresses
from .tokens import Token, tokens

_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_ANY_SPACE = re.compile(r"[\s\u00a0]+")
_BREAKS = re.compile(r" *\n[ \n]*")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SHORTCODE = re.compile(r"\[/?caption[^\[\]]{0,500}\]")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "main",
        "nav",
        "figure",
        "figcaption",
        "address",
        "center",
        "form",
        "fieldset",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "html",
        "body",
        "legend",
        "hgroup",
        "thead",
        "tbody",
        "tfoot",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "hr",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "li"})
_TABLE = frozenset({"table", "tr", "td", "th"})
_EMPHASIS = MappingProxyType({"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "dfn": "*", "var": "*"})
_CODE = frozenset({"code", "tt", "kbd", "samp"})
_MARKS = frozenset({*_EMPHASIS, *_CODE, "a", "q"})
_MOST_MARKS = 8
_EMBEDS = frozenset({"iframe", "embed", "video", "audio", "source"})
_LONGEST_LINK = 2000


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
    """Return an address for a Markdown link: http(s) or relative, with the characters escaped that would end it.

    So are braces and bars: Pelican takes `{attach}../x` for a file of the owner's and publishes it.
    """
    text = address.strip()
    try:
        scheme = urlsplit(text).scheme.lower()
    except ValueError:
        return None
    # What urlsplit takes for a path a browser may take for a scheme ("java\tscript:"), so no colon before a slash.
    hidden = not scheme and ":" in re.split(r"[/?#]", text, maxsplit=1)[0]
    if not text or len(text) > _LONGEST_LINK or scheme not in ("", "http", "https") or hidden:
        return None
    return re.sub(r"[\s()<>{}|\"\\]", lambda match: f"%{ord(match[0]):02X}", text)


def _text_only(text: str, *, breaks: bool) -> str:
    """Return text without any tag, the commonest comment, by a shorter way."""
    if not breaks:
        return escape_starts(escape(_ANY_SPACE.sub(" ", text).strip()))
    paragraphs = _EMPTY_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACE.sub(" ", paragraph).strip() for paragraph in paragraphs)
    return "\n\n".join(escape_starts(_BREAKS.sub("  \n", escape(line))) for line in lines if line)


@dataclass(slots=True)
class _Mark:
    """An open inline element and the place in the inline text where it began."""

    tag: str
    at: int
    address: str = ""


class _Converter:
    """The inline text of the paragraph being read, the marks open in it, and the blocks behind it."""

    def __init__(self, *, breaks: bool) -> None:
        self.media: list[str] = []
        self._breaks = breaks
        self._blocks = Blocks()
        self._inline: list[str] = []
        self._marks: list[_Mark] = []
        self._heading = ""
        self._pre: list[str] | None = None

    def take(self, token: Token) -> None:
        """Take the next token."""
        tag = token.tag
        if self._pre is not None:
            self._take_pre(self._pre, token)
        elif not tag:
            self._take_text(token.text)
        elif tag[0] == "/":
            self._end(tag[1:])
        elif tag in _BLOCKS:
            self._start_block(tag)
        else:
            self._start_inline(token)

    def finish(self) -> str:
        """Return the Markdown of all that came."""
        if self._pre is not None:
            self._take_pre(self._pre, Token("/pre"))
        self._flush()
        return self._blocks.text()

    def _take_text(self, text: str) -> None:
        if self._marks and self._marks[-1].tag in _CODE:
            self._inline.append(_ANY_SPACE.sub(" ", text))
        elif not self._breaks:
            self._inline.append(escape(_ANY_SPACE.sub(" ", text)))
        else:
            self._inline.append(escape(_EMPTY_LINES.sub("\n\n", _SPACE.sub(" ", text))))

    def _start_inline(self, token: Token) -> None:
        tag = token.tag
        if tag == "br":
            self._inline.append("\n")
        elif tag in _MARKS and len(self._marks) < _MOST_MARKS:
            self._marks.append(_Mark(tag, len(self._inline), token.attributes.get("href", "")))
        elif tag == "img":
            self._image(token.attributes)
        elif tag in _EMBEDS and (link := safe_link(token.attributes.get("src", ""))):
            self.media.append(link)
            self._inline.append(f" [{escape(link)}]({link}) ")

    def _start_block(self, tag: str) -> None:
        self._flush()
        if tag in _CONTAINERS:
            self._blocks.start(tag)
        elif tag in _TABLE:
            self._blocks.start_part(tag)
        elif tag == "pre":
            self._pre = []
        elif tag == "hr":
            self._blocks.add("* * *")
        elif tag[0] == "h" and tag[1:].isdigit():
            self._heading = "#" * int(tag[1:]) + " "

    def _end(self, tag: str) -> None:
        if tag in _MARKS:
            self._end_mark(tag)
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in _CONTAINERS:
            self._blocks.end(tag)
        elif tag == "table":
            self._blocks.end_table()
        elif tag[0] == "h":
            self._heading = ""

    def _take_pre(self, lines: list[str], token: Token) -> None:
        if not token.tag:
            lines.append(token.text)
        elif token.tag == "br":
            lines.append("\n")
        elif token.tag == "/pre":
            self._pre = None
            text = "".join(lines).replace("\r", "").strip("\n").expandtabs(4)
            if text.strip():
                self._blocks.add("\n".join(f"    {line}" for line in text.split("\n")))

    def _end_mark(self, tag: str) -> None:
        index = next((index for index, mark in reversed(list(enumerate(self._marks))) if mark.tag == tag), None)
        if index is not None:
            mark = self._marks[index]
            del self._marks[index:]
            self._inline[mark.at :] = [_marked(mark, "".join(self._inline[mark.at :]))]

    def _image(self, attributes: Mapping[str, str]) -> None:
        link = safe_link(attributes.get("src", ""))
        alt = escape(_ANY_SPACE.sub(" ", attributes.get("alt", "")).strip())
        if link is None:
            self._inline.append(alt)
            return
        self.media.append(link)
        # Pelican warns of images without a text of their own.
        text = alt or "image"
        if any(mark.tag == "a" for mark in self._marks):
            self._inline.append(text)
        else:
            self._inline.append(f"[{text}]({link})" if urlsplit(link).netloc else f"![{text}]({link})")

    def _flush(self) -> None:
        """Write the inline text as blocks; marks that are still open lose their meaning here."""
        self._marks.clear()
        if not self._inline:
            return
        text = "".join(self._inline)
        self._inline.clear()
        for part in _EMPTY_LINES.split(text):
            if paragraph := _BREAKS.sub("\n", _SPACE.sub(" ", part)).strip():
                self._blocks.add(self._paragraph(paragraph))

    def _paragraph(self, text: str) -> str:
        if self._heading:
            return self._heading + " ".join(text.split())
        return escape_starts(text).replace("\n", "  \n")


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
    link = safe_link(mark.address)
    label = " ".join(text.split())
    return f"[{label}]({link})" if link and "](" not in label else text
