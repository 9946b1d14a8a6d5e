"""Webmentions in jf2, as webmention.io exports them: replies and mentions become comments, likes are counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from . import dates
from .conversion import markdown_of_html
from .jsonstream import items
from .names import person, safe_id, slugs_of, website, without_addresses
from .sources import Source
from .values import PUBLISHED, ImportedComment, Item, Items, Notice, Progress, Skipped, Target

_COMMENTS = frozenset({"in-reply-to", "mention-of"})
_FRAGMENT = "comment-"


def read(source: Source, progress: Progress) -> Items:
    """Yield a target for each mentioned page and the replies to it."""
    seen: set[str] = set()
    for found in items(source, progress):
        if isinstance(found, Notice):
            yield found
        elif found[0] in ("", "children") and isinstance(found[1], dict):
            yield from _mention(found[1], found[2], seen)


def _mention(mention: dict[str, Any], line: int, seen: set[str]) -> Iterator[Item]:
    kind = _text(mention, "wm-property") or ("in-reply-to" if mention.get("in-reply-to") else "mention-of")
    body = _body(mention)
    if kind not in _COMMENTS or not body:
        yield Skipped(
            f"webmention without text ({kind[:40]})" if kind in _COMMENTS else f"webmention of kind {kind[:40]}"
        )
        return
    target = _text(mention, "wm-target")
    page = target.split("#")[0]
    if page not in seen:
        seen.add(page)
        yield Target(page, page or "webmentions without a target", slugs_of(page), line)
    yield _comment(mention, page, body, line)


def _comment(mention: dict[str, Any], page: str, body: str, line: int) -> ImportedComment:
    author = mention.get("author")
    card = author if isinstance(author, dict) else {}
    return ImportedComment(
        id=safe_id("wm", _number(mention)),
        essay=page,
        body=body,
        author=person(_text(card, "name")),
        date=dates.iso(_text(mention, "published")) or dates.utc(_text(mention, "wm-received")),
        parent=_parent(_text(mention, "wm-target")),
        website=website(_text(card, "url")) or website(_text(mention, "url")),
        state="private webmention" if mention.get("wm-private") else PUBLISHED,
        line=line,
    )


def _body(mention: dict[str, Any]) -> str:
    content = mention.get("content")
    if isinstance(content, str):
        return markdown_of_html(content).markdown
    parts = content if isinstance(content, dict) else {}
    if html := _text(parts, "html"):
        return markdown_of_html(html).markdown
    text = _text(parts, "text") or _text(mention, "summary")
    return without_addresses(markdown_of_html(_escaped(text), breaks=True).markdown)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _number(mention: dict[str, Any]) -> str:
    """Return the mention's number; one without is known by its source, or its own address."""
    given = mention.get("wm-id")
    if isinstance(given, int | str) and str(given).strip():
        return str(given).strip()
    address = _text(mention, "wm-source") or _text(mention, "url") or _body(mention)
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def _parent(target: str) -> str | None:
    """Return the comment answered where the target is a comment's own address, `#comment-<id>`."""
    fragment = urlsplit(target).fragment if "#" in target else ""
    return fragment.removeprefix(_FRAGMENT) if fragment.startswith(_FRAGMENT) else None


def _text(item: dict[str, Any], key: str) -> str:
    """Return a field's text; jf2 allows one value or a list of them."""
    value = item.get(key)
    first = value[0] if isinstance(value, list) and value else value
    return first.strip() if isinstance(first, str) else ""
