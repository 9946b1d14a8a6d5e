"""Comment Markdown to safe HTML and to plain text: an allow-list, no images, no addresses of people."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from functools import partial
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from .everyday import LINK_REL, everyday

_INLINE = ("a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small")
_MORE_INLINE = ("strong", "sub", "sup", "u")
_LISTS = ("dd", "dl", "dt", "li", "ol", "ul")
_FindTarget = Callable[[str, int], tuple[str, str | None, int, bool]]
_BLOCKS = frozenset((*_LISTS, "blockquote", "hr", "p", "pre", "table", "tr"))
ALLOWED_TAGS = frozenset((*_INLINE, *_MORE_INLINE, *_BLOCKS, "tbody", "td", "th", "thead"))
ALLOWED_ATTRIBUTES: Mapping[str, set[str]] = {"a": {"href", "title"}, "abbr": {"title"}, "q": {"cite"}, "ol": {"start"}}

_EMAIL = re.compile(r"(?:mailto:)?(?<![\w.+-])[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+\b", re.IGNORECASE)
_MAIL_LINK = re.compile(r"\[([^\[\]\n]*+)\]\(\s*<?mailto:[^)\n]{0,1000}\)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]")
_REORDERING = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML may hold; comments have none, the titles of essays may."""
EMAIL_PLACEHOLDER = "(address removed)"

LONGEST_PIECE = 10_000
"""Characters converted at once: some of Markdown's patterns take the square of a text's length."""

_WITH_HOST = re.compile(r"https?://[^/?#\\\s]", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_LINK_WORDS = re.compile(r"(?:[^\[\]]++|\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\])*+\]")
_LINK_TARGET = re.compile(r"\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\)")
_LONGEST_TARGET = 2000


class Rendered(NamedTuple):
    """One comment's safe HTML, and the plain text that a reader of it sees (`plain_text` of the HTML)."""

    html: Markup
    text: str


class CommentMarkdown:
    """Comment Markdown to HTML in which only the allow-list survives; one for many comments, as making it is slow.

    Images become links (a remote image would tell a third party who reads), headings become bold paragraphs (a comment
    must not break the outline of the page), e-mail addresses are taken out, and every link carries `LINK_REL`.
    """

    def __init__(self) -> None:
        extensions: list[str | Extension] = ["fenced_code", "sane_lists", "nl2br", _CommentExtension()]
        self._converter = Markdown(extensions=extensions, output_format="html")
        self._cleaner = nh3.Cleaner(
            tags=set(ALLOWED_TAGS),
            attributes=dict(ALLOWED_ATTRIBUTES),
            attribute_filter=_whole_address,
            url_schemes={"http", "https"},
            link_rel=LINK_REL,
            url_relative="deny",
        )

    def rendered(self, markdown: str) -> Rendered:
        """Return one comment's HTML and plain text.

        A text longer than `LONGEST_PIECE` is converted in pieces, cut between paragraphs where that is possible.
        """
        if len(markdown) <= LONGEST_PIECE and (plain := everyday(markdown)):
            return Rendered(Markup(plain[0]), plain[1])  # noqa: S704 - `everyday` says why it is safe
        return self.cleaned(markdown)

    def cleaned(self, markdown: str) -> Rendered:
        """Return what `rendered` returns by the long way, which any text can go: Markdown, then the clean-up."""
        text = scrub(_MAIL_LINK.sub(r"\1", markdown))
        try:
            html = "\n".join(map(self._converted, _pieces(text)))
        except RecursionError:  # lists in lists by the hundred: nobody meant them, and nothing written may be lost
            html = _as_typed(text)
        return _without_hidden_addresses(self._cleaner.clean(html))

    def _converted(self, markdown: str) -> str:
        self._converter.reset()
        return self._converter.convert(markdown)


def _as_typed(text: str) -> str:
    """Return a text as paragraphs and lines, with every sign of Markdown as it was typed."""
    paragraphs = (escape(paragraph) for paragraph in _PARAGRAPH_END.split(text) if paragraph.strip())
    return "\n".join(f"<p>{paragraph.strip()}</p>".replace("\n", "<br>\n") for paragraph in paragraphs)


def plain_text(html: str) -> str:
    """Return sanitised HTML as plain text: paragraphs apart by an empty line, lines quoted from others led by "> "."""
    reader = _TextReader()
    reader.feed(str(html))  # of Markup each slice the parser takes would be made Markup again
    reader.close()
    return reader.text()


def safe_website(address: str | None) -> str | None:
    """Return an author's website if it is an http(s) address with a host and no password in it, else None."""
    if not address or re.search(r"[\s\x00-\x20\"'<>\\]", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return address if plain and not _has_address(unquote(address)) else None


def scrub(text: str) -> str:
    """Return the text without e-mail addresses (none may reach the output) and without characters XML forbids."""
    visible = _INVISIBLE.sub("", CONTROL.sub("", text))
    return _EMAIL.sub(EMAIL_PLACEHOLDER, visible) if _has_address(visible) else visible


def safe_name(name: str) -> str:
    """Return a name without e-mail addresses and without characters that turn the text around it or imitate another."""
    return scrub(_REORDERING.sub("", name))


def _has_address(text: str) -> bool:
    """Whether an e-mail address stands in the text; every one has "@" or "%40", which is soon looked for."""
    return ("@" in text or "%40" in text) and bool(_EMAIL.search(text))


def _without_hidden_addresses(html: str) -> Rendered:
    """Take out addresses that only the rendered text shows: spelt in entities, or cut by tags.

    Where a tag cuts an address in two, the comment loses its markup rather than its writer an address.
    """
    scrubbed = scrub(html)
    text = plain_text(scrubbed)
    if not _has_address(text):
        return Rendered(Markup(scrubbed), text)  # noqa: S704 - nh3 has just made it safe
    paragraphs = scrub(text).split("\n\n")
    bare = Markup("\n").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)
    return Rendered(bare, plain_text(bare))


def _whole_address(_: str, attribute: str, value: str) -> str | None:
    """Drop an address without a host: "https:path" has a scheme, and a browser still reads it as relative."""
    return value if attribute not in ("href", "cite") or _WITH_HOST.match(value) else None


def _pieces(text: str) -> list[str]:
    """Cut a text into pieces of `LONGEST_PIECE` at most, at the last end of a paragraph, line or word in it."""
    pieces = []
    while len(text) > LONGEST_PIECE:
        head = text[:LONGEST_PIECE]
        ends = [match.end() for match in _PARAGRAPH_END.finditer(head)]
        cut = ends[-1] if ends else head.rfind("\n") + 1 or head.rfind(" ") + 1 or LONGEST_PIECE
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


class _CommentExtension(Extension):
    """What differs from Markdown of essays: no pictures, no headings, and links found in one pass."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Put the changes of the tree after all others, and the search for links in place of Markdown's own."""
        md.treeprocessors.register(_CommentTree(md), "comment", 0)
        for pattern in md.inlinePatterns:
            if isinstance(pattern, LinkInlineProcessor):
                pattern.getText = _link_words  # type: ignore[method-assign]
                pattern.getLink = partial(_link_target, pattern.getLink)  # type: ignore[method-assign]


def _link_words(data: str, index: int) -> tuple[str, int, bool]:
    """Find the words of a link in one pass; Markdown's own search looks through the rest of the text for each "["."""
    match = _LINK_WORDS.match(data, index)
    return (match[0][:-1], match.end(), True) if match else ("", index, False)


def _link_target(find: _FindTarget, data: str, index: int) -> tuple[str, str | None, int, bool]:
    """Look for the target of a link only where one ends, and no further than any address is long."""
    end = index + _LONGEST_TARGET
    return find(data[:end], index) if _LINK_TARGET.match(data, index, end) else ("", None, index, False)


class _CommentTree(Treeprocessor):
    """Pictures become links to them, headings become bold paragraphs."""

    def run(self, root: etree.Element) -> None:
        """Change the tree of a comment in place."""
        for element in root.iter():
            if element.tag == "img":
                _to_link(element)
            elif re.fullmatch(r"h[1-6]", element.tag if isinstance(element.tag, str) else ""):
                _to_bold_paragraph(element)


def _to_link(image: etree.Element) -> None:
    source = image.get("src", "")
    words = image.get("alt") or source
    image.attrib.clear()
    image.tag, image.text = "a", words
    image.set("href", source)


def _to_bold_paragraph(heading: etree.Element) -> None:
    bold = etree.Element("strong")
    bold.text, bold[:] = heading.text, list(heading)
    heading.clear()
    heading.tag = "p"
    heading.append(bold)


class _TextReader(HTMLParser):
    """Collect blocks of text with the depth of quotation they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[int, str]] = []
        self._depth = 0
        self._preformatted = 0
        self._buffer: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block or a line; a quotation goes one level deeper."""
        del attrs
        if tag == "br":
            self._buffer.append("\n")
        if tag in _BLOCKS:
            self._flush()
        self._depth += tag == "blockquote"
        self._preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """End a block; a quotation comes one level up."""
        if tag in _BLOCKS:
            self._flush()
        self._depth -= tag == "blockquote"
        self._preformatted -= tag == "pre"

    def handle_data(self, data: str) -> None:
        """Add words to the block, spaces as a browser shows them."""
        self._buffer.append(data if self._preformatted else re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """Return the blocks with an empty line between, quotations behind their marks."""
        self._flush()
        return "\n\n".join(_quoted(block, depth) for depth, block in self._blocks)

    def _flush(self) -> None:
        block = "".join(self._buffer)
        lines = block.rstrip().splitlines() if self._preformatted else [line.strip() for line in block.splitlines()]
        self._buffer.clear()
        if joined := "\n".join(lines).strip("\n"):
            self._blocks.append((self._depth, joined))


def _quoted(block: str, depth: int) -> str:
    return "\n".join(f"{'> ' * depth}{line}" for line in block.splitlines())
