"""Which format a file has, judged by its content, never by its name."""

from __future__ import annotations

import re

from ..errors import ImportFileError
from .sources import Source

_NO_TAGS = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![^<>]*>", re.DOTALL)
_TAG = re.compile(r"<([A-Za-z_][\w.:-]*)((?:\s[^<>]*)?)>")
_PAGE_TAGS = frozenset(
    [
        "html",
        "head",
        "body",
        "div",
        "article",
        "section",
        "main",
        "title",
        "meta",
        "link",
        "header",
        "nav",
        "p",
        "a",
        "h1",
        "h2",
        "h3",
        "ol",
        "ul",
        "dl",
        "span",
        "table",
    ]
)
_JSON_MARKS = (
    ("commento", re.compile(r'"(?:commentHex|commenterHex|commenters)"\s*:')),
    ("webmention", re.compile(r'"(?:wm-[a-z-]+|children)"\s*:')),
    ("isso-json", re.compile(r'"comments"\s*:\s*\[')),
)
REMEDY = "name the format with --format, or see docs/importing.md for how to export it"


def recognise(source: Source) -> str:
    """Return the name of the reader that fits; raises ImportFileError where none does."""
    head = source.head()
    if head.startswith(b"SQLite format 3\x00"):
        return "isso"
    name = _of_text(_decoded(head))
    if name is None:
        raise ImportFileError(
            "the format is not known", where=str(source.path), why="its content fits none", remedy=REMEDY
        )
    return name


def _of_text(text: str) -> str | None:
    bare = text.lstrip("\ufeff \t\r\n")
    if bare[:1] in ("{", "[") and (name := _of_json(bare)):
        return name
    if name := _of_markup(text):
        return name
    strange = text.count("\x00") + text.count("\ufffd")
    is_data = bare.startswith(("<?xml", "<!DOCTYPE")) or re.match(r'\[\s*[\[{"\]]|\{\s*["}]', bare)
    return None if not bare or is_data or strange > len(text) // 20 else "capture"


def _of_json(text: str) -> str | None:
    return next((name for name, mark in _JSON_MARKS if mark.search(text)), None)


def _of_markup(text: str) -> str | None:
    """Return the reader for XML or HTML by its first element; None for other text."""
    start = text.find("<")
    if start < 0 or len(text[:start].strip()) > 200:
        return None
    first = _TAG.search(_NO_TAGS.sub("", text[start:]))
    if not first:
        return None
    name = first[1].rpartition(":")[2].lower()
    if name == "rss":
        return "wordpress" if "/export/1." in first[2] or "<wp:" in text or "wxr_version" in text else None
    if name == "feed":
        return "blogger" if "blogger" in text else None
    return "disqus" if name == "disqus" else "page" if name in _PAGE_TAGS else None


def _decoded(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")
