"""Which format a file has, judged by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ..errors import ImportFileError

_HEAD_BYTES = 256 * 1024
_TAG = re.compile(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:\s[^<>]*)?)/?>")
_PAGE_TAGS = frozenset("html head body div article section main title meta link header p h1 h2 ol ul dl span".split())
_JSON_MARKS = (
    ("commento", re.compile(r'"(?:commentHex|commenterHex|commenters)"\s*:')),
    ("webmention", re.compile(r'"(?:wm-[a-z-]+|children)"\s*:')),
    ("isso-json", re.compile(r'"comments"\s*:\s*\[')),
)
REMEDY = "name the format with --format, or see docs/importing.md for how to export it"


def recognise(path: Path) -> str:
    """Return the name of the reader that fits the file or folder; raises ImportFileError where none does."""
    if path.is_dir():
        return _of_folder(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise ImportFileError(
            "the file cannot be read", where=str(path), why=str(error.strerror), remedy="check the path"
        ) from error
    if head.startswith(b"SQLite format 3\x00"):
        return "isso"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    return _of_text(path, _decoded(head))


def of_markup(head: str) -> str | None:
    """Return the reader for XML or HTML by its first element; None for other text."""
    first = _TAG.search(re.sub(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>", "", head, flags=re.DOTALL))
    if not first or len(head[: head.find("<")].strip()) > 200:
        return None
    name = first[1].rpartition(":")[2].lower()
    if name == "rss" and ("/export/1." in first[2] or "<wp:" in head):
        return "wordpress"
    if name == "disqus":
        return "disqus"
    if name == "feed" and "blogger" in head:
        return "blogger"
    return "page" if name in _PAGE_TAGS else None


def _of_folder(path: Path) -> str:
    if any(path.rglob("feed.atom")):
        return "takeout-folder"
    if next(path.glob("*/*.md"), None) or next(path.glob("*.md"), None):
        return "comment-folder"
    raise ImportFileError(
        "the folder holds nothing to import", where=str(path), why="no <slug>/*.md, no feed.atom", remedy=REMEDY
    )


def _of_text(path: Path, head: str) -> str:
    text = head.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "[") and (name := _of_json(text)):
        return name
    if name := of_markup(head):
        return name
    if not text or "\x00" in text or text.count("\ufffd") > len(text) // 10 or _is_other_xml(text):
        raise ImportFileError("the format is not known", where=str(path), why="its content fits none", remedy=REMEDY)
    return "capture"


def _of_json(text: str) -> str | None:
    return next((name for name, mark in _JSON_MARKS if mark.search(text)), None)


def _is_other_xml(text: str) -> bool:
    return text.startswith(("<?xml", "<!DOCTYPE")) or bool(re.match(r'[\[{]\s*["{\[\]}]', text))


def _decoded(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")


def is_zip(path: Path) -> bool:
    """Say whether the file is a readable zip archive."""
    return zipfile.is_zipfile(path)
