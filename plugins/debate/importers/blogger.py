"""Blogger: the classic Atom export and the Takeout feed of 2018 and later.

Posts and comments stand in any order, so the feed is read twice: posts first, then comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from . import dates
from .conversion import markdown_of_html
from .names import person, safe_id, slugs_of, title_text, website
from .sources import Source
from .values import PENDING, PUBLISHED, ImportedComment, Item, Items, Media, Notice, Post, Progress, Skipped
from .xmlstream import Element, records

_PERSONAL = ("email", "image", "extendedProperty", "thumbnail")
_NUMBER = re.compile(r"(\d{5,})\s*$")
_KIND = re.compile(r"#(\w+)$")
_LEFT_OUT_POSTS = re.compile("TRASH|DELETED|SPAM|HIDDEN", re.IGNORECASE)


def read(source: Source, progress: Progress) -> Items:
    """Yield all posts, then all comments."""
    for record in records(source, ("entry",), _PERSONAL, lambda done, total: progress(done // 2, total)):
        if isinstance(record, Notice):
            yield record
        elif _kind(record) != "comment":
            yield from _post(record)
    for record in records(source, ("entry",), _PERSONAL, lambda done, total: progress((done + total) // 2, total)):
        # What is wrong with the file was said on the first way through.
        if not isinstance(record, Notice) and _kind(record) == "comment":
            yield _comment(record)


def _kind(entry: Element) -> str:
    """Return "post", "page", "comment" or another kind: by its type (Takeout) or its category (classic)."""
    if named := entry.value("type"):
        return named.lower()
    terms = (child.attribute("term") for child in entry.all("category") if child.attribute("scheme").endswith("#kind"))
    match = _KIND.search(next(terms, ""))
    return match[1] if match else "entry"


def _post(entry: Element) -> Iterator[Item]:
    kind, status = _kind(entry), entry.value("status")
    if kind not in ("post", "page"):
        yield Skipped(f"entry of kind {' '.join(kind.split())[:40]}")
        return
    if _LEFT_OUT_POSTS.search(status):
        yield Skipped(f"{kind} in status {status.lower()[:40]}")
        return
    converted = markdown_of_html(entry.value("content"))
    title = title_text(entry.value("title"))
    yield Post(
        key=_number(entry.value("id")),
        slug=(slugs_of(entry.value("filename")) or slugs_of(_link(entry, "alternate")) or ("",))[0],
        title=title or f"{kind} {_number(entry.value('id'))}",
        body=converted.markdown,
        date=_date(entry),
        author=_author(entry)[0],
        tags=_labels(entry),
        draft=_is_draft(entry, status),
        kind="page" if kind == "page" else "essay",
        line=entry.line,
    )
    yield from map(Media, converted.media)


def _is_draft(entry: Element, status: str) -> bool:
    control = entry.child("control")
    drafted = control.value("draft") if control else entry.value("draft")
    return drafted.lower() in ("yes", "true") or (bool(status) and status.upper() != "LIVE")


def _labels(entry: Element) -> tuple[str, ...]:
    terms = (
        child.attribute("term") for child in entry.all("category") if not child.attribute("scheme").endswith("#kind")
    )
    return tuple(dict.fromkeys(label for term in terms if (label := title_text(term))))


def _comment(entry: Element) -> ImportedComment:
    name, site = _author(entry)
    answered = entry.child("in-reply-to")
    parent = _number(entry.value("inReplyTo")) or _number(_link(entry, "related"))
    return ImportedComment(
        id=safe_id("blogger", _number(entry.value("id")) or f"line-{entry.line}"),
        essay=_number(entry.value("parent")) or (_number(answered.attribute("ref")) if answered else ""),
        body=markdown_of_html(entry.value("content") or entry.value("summary")).markdown,
        author=name,
        date=_date(entry),
        parent=safe_id("blogger", parent) if parent else None,
        website=site,
        state=_state(entry),
        line=entry.line,
    )


def _state(entry: Element) -> str:
    status = entry.value("status").upper()
    if entry.child("trashed") is not None or ("removed by" in entry.value("content")[:120] and _removed(entry)):
        return "deleted"
    if status in ("", "LIVE"):
        return PUBLISHED
    return "spam" if "SPAM" in status else PENDING if "PENDING" in status or "MODERAT" in status else "deleted"


def _removed(entry: Element) -> bool:
    """Say whether the entry is Blogger's own stand-in for a comment that was removed."""
    return bool(
        re.fullmatch(
            r"This (?:comment|post) has been removed by (?:the author|a blog administrator)\.?", entry.value("content")
        )
    )


def _author(entry: Element) -> tuple[str | None, str | None]:
    author = entry.child("author")
    return (person(author.value("name")), website(author.value("uri"))) if author else (None, None)


def _date(entry: Element) -> date | None:
    return dates.iso(entry.value("published")) or dates.iso(entry.value("created")) or dates.iso(entry.value("updated"))


def _link(entry: Element, relation: str) -> str:
    return next((link.attribute("href") for link in entry.all("link") if link.attribute("rel") == relation), "")


def _number(text: str) -> str:
    """Return the number at the end of a Blogger id or address, its only part that all spellings share."""
    match = _NUMBER.search(text.split("?")[0].split("#")[0])
    return match[1] if match else text if text and "/" not in text and ":" not in text else ""
