"""The words of a mail: parts chosen, charsets decoded, HTML stripped, soft line breaks taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from html.parser import HTMLParser

import nh3

_LATIN = ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252")
_LINES = frozenset(("address", "div", "dd", "dt", "li", "pre", "section", "td", "th", "tr"))
_PARAGRAPHS = frozenset(("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "table", "ul"))
_UNSEEN = frozenset(("script", "style", "template", "title"))
_LONGEST_PART = 100_000
_DEEPEST_QUOTE = 5
_WRAP_COLUMNS = range(60, 81)
_STARTS_A_LINE = re.compile(r"\s|[>*+#|`~-]|\d+[.)]\s|[\w-]{1,20}:(\s|$)")


def message_text(message: Message) -> str:
    """Return what a person wrote in a mail: its plain parts, or its HTML parts as text; attachments are ignored.

    Lines quoted from others are led by ">", and line breaks made by a mail program are taken out.
    """
    parts = [part for part in _parts(message) if not _is_attached(part)]
    plain = "\n\n".join(_plain(part) for part in parts if part.get_content_type() == "text/plain")
    if plain.strip():
        return plain
    return "\n\n".join(html_text(_decoded(part)) for part in parts if part.get_content_type() == "text/html")


def html_text(html: str) -> str:
    """Return a mail's HTML as text, a line for each line that a reader would see.

    It is made well-formed first: the parser of the standard library takes minutes over some broken tags.
    """
    reader = _TextReader()
    tags = {"br", *_LINES, *_PARAGRAPHS}
    reader.feed(nh3.clean(html, tags=tags, attributes={}, clean_content_tags=_UNSEEN))
    reader.close()
    return reader.text()


def joined_flow(text: str, delete_space: bool = False) -> str:
    """Return format=flowed text (RFC 3676) with its soft breaks joined; "-- " before a signature is none."""
    lines: list[str] = []
    soft = False
    for line in text.splitlines():
        quoted = line.startswith(">")
        content = line if quoted else line.removeprefix(" ")
        if soft and not quoted and content != "-- ":
            lines[-1] = (lines[-1].removesuffix(" ") if delete_space else lines[-1]) + content
        else:
            lines.append(content)
        soft = content.endswith(" ") and not quoted and content != "-- "
    return "\n".join(lines)


def joined_wraps(text: str) -> str:
    """Return text that a mail program broke at a fixed column with these breaks joined.

    A break is taken for the program's where the next line's first word would not have fitted on the line.
    """
    lines = text.splitlines()
    width = max((len(line) for line in lines), default=0)
    if width not in _WRAP_COLUMNS:
        return text
    kept: list[str] = []
    last = ""
    for line in lines:
        if last and line and not _STARTS_A_LINE.match(line) and _was_full(last, line, width):
            kept[-1] = f"{kept[-1].rstrip()} {line}"
        else:
            kept.append(line)
        last = "" if line.startswith(">") else line
    return "\n".join(kept)


def _was_full(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.split()[0]) > width


def _parts(message: Message) -> Iterator[Message]:
    """Yield the leaves in order; a mail forwarded as an attachment is not looked into. No recursion."""
    stack = [message]
    while stack:
        part = stack.pop()
        content = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(content, list):
            stack += [child for child in reversed(content) if isinstance(child, Message)]
        elif part.get_content_maintype() == "text":
            yield part


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None


def _plain(part: Message) -> str:
    # Mailboxes write ">" before a line that begins with "From ": it quotes nobody.
    text = re.sub(r"^>(?=From )", "", _decoded(part), flags=re.MULTILINE)
    if str(part.get_param("format", "")).lower() == "flowed":
        return joined_flow(text, str(part.get_param("delsp", "")).lower() == "yes")
    return joined_wraps(text)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    named = str(part.get_content_charset("utf-8"))
    # UTF-8 hardly ever fits by chance, and programs that write it under a Latin name are common.
    for charset in ("utf-8", named, "cp1252") if named in _LATIN else (named, "utf-8", "cp1252"):
        try:
            return data.decode(charset)[:_LONGEST_PART]
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")[:_LONGEST_PART]


class _TextReader(HTMLParser):
    """Collect lines with the depth of quotation they stand in; a paragraph is set apart by an empty line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a break or a block; a quotation goes one level deeper."""
        del attrs
        if tag == "br":
            self._lines.append("")
        self._break(tag)
        self._depth += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        """End the line at a block's end; a quotation comes one level up."""
        self._break(tag)
        self._depth -= tag == "blockquote"

    def handle_data(self, data: str) -> None:
        """Add words to the line, spaces as a browser shows them, behind the marks of the quotation."""
        words = re.sub(r"[\s\xa0]+", " ", data)
        if not self._lines[-1]:
            words = words.lstrip()
            self._lines[-1] = "> " * min(self._depth, _DEEPEST_QUOTE) if words else ""
        self._lines[-1] += words

    def text(self) -> str:
        """Return the lines read so far, with one empty line at most between two."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip(" ") for line in self._lines)).strip("\n")

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._lines += ["", ""] if self._lines[-1] else [""]
        elif tag in _LINES and self._lines[-1]:
            self._lines.append("")
