"""WordPress WXR (1.0, 1.1, 1.2): items become essays and pages, their comments come right after them.

An item's fields stand before its comments, so the post is given out with its first comment and memory holds one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from . import dates
from .conversion import markdown_of_html
from .names import person, safe_id, slugs_of, title_text, website
from .sources import Source
from .values import PENDING, PUBLISHED, Closed, ImportedComment, Item, Items, Media, Notice, Post, Progress, Skipped
from .xmlstream import Element, records

_PERSONAL = (
    "author_email",
    "comment_author_email",
    "comment_author_IP",
    "comment_agent",
    "commentmeta",
    "postmeta",
    "termmeta",
)
_DRAFTS = frozenset({"draft", "pending", "future", "private"})
_LEFT_OUT = frozenset({"trash", "auto-draft", "inherit"})
_STATES = MappingProxyType(
    {"1": PUBLISHED, "approve": PUBLISHED, "approved": PUBLISHED, "": PUBLISHED, "0": PENDING, "hold": PENDING}
)
_COMMENT_TYPES = frozenset({"", "comment"})
_KINDS = MappingProxyType({"pingback": "pingback", "trackback": "trackback", "note": "private note"})
# Those of WordPress itself; those of its plugins have no end, and "[sic]" is none.
_SHORTCODE = re.compile(r"\[(audio|caption|embed|gallery|playlist|video)\b[^\[\]]{0,1000}\]")
UNCATEGORIZED = "uncategorized"


@dataclass(slots=True)
class _Blog:
    """What the head of the file tells: authors by login and by id, and the item that is being read."""

    names: dict[str, str] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)
    item: Element | None = None
    post: Post | None = None
    creator: str = ""


def read(source: Source, progress: Progress) -> Items:
    """Yield posts and comments in the order of the file."""
    blog = _Blog()
    for record in records(source, ("author", "item"), _PERSONAL, progress, inner=("comment",)):
        if isinstance(record, Notice):
            yield record
        elif record.name == "author":
            _note_author(blog, record)
        elif record.name == "comment" and record.parent is not None:
            yield from _begin(blog, record.parent)
            yield _comment(blog, record)
        elif record.name == "item":
            yield from _begin(blog, record)
            yield Closed(_key(record))


def _note_author(blog: _Blog, record: Element) -> None:
    login = record.value("author_login")
    blog.names[login.lower()] = person(record.value("author_display_name")) or person(login) or ""
    if number := record.value("author_id"):
        blog.logins[number] = login.lower()


def _begin(blog: _Blog, item: Element) -> Iterator[Item]:
    """Yield an item's post when it is seen for the first time."""
    if blog.item is item:
        return
    blog.item, blog.creator = item, item.value("creator").lower()
    kind, status = item.value("post_type") or "post", item.value("status")
    if kind == "attachment":
        yield Skipped("attachment (listed, not fetched)")
        yield from (Media(url) for url in [item.value("attachment_url") or item.value("guid")] if url)
    elif kind not in ("post", "page"):
        yield Skipped(f"item of type {' '.join(kind.split())[:40]}")
    elif status in _LEFT_OUT:
        yield Skipped(f"{kind} in status {status}")
    else:
        yield from _post(blog, item, kind, status)


def _post(blog: _Blog, item: Element, kind: str, status: str) -> Iterator[Item]:
    content = next((child for child in item.all("encoded") if child.prefix != "excerpt"), None)
    html = content.text if content else item.value("description")
    converted = markdown_of_html(html, breaks="<!-- wp:" not in html)
    title = title_text(item.value("title"))
    protected = bool(item.value("post_password"))
    category, tags = _terms(item)
    yield Post(
        key=_key(item),
        slug=item.value("post_name") or (slugs_of(item.value("link")) or ("",))[0],
        title=title or f"{kind} {item.value('post_id')}",
        body=converted.markdown,
        date=_date(item),
        author=blog.names.get(blog.creator) or person(item.value("creator")),
        category=category,
        tags=tags,
        draft=status in _DRAFTS or protected,
        kind="page" if kind == "page" else "essay",
        line=item.line,
    )
    yield from map(Media, converted.media)
    if shortcodes := dict.fromkeys(_SHORTCODE.findall(html)):
        yield Notice(f'"{title}" keeps shortcodes of WordPress as text: {", ".join(shortcodes)}', item.line)
    if protected or status == "private":
        yield Notice(f'"{title}" was private or protected by a password: it is a draft here', item.line)


def _key(item: Element) -> str:
    """Return what tells posts apart: the id, and the slug or title, because merged exports repeat ids."""
    return f"{item.value('post_id') or item.value('guid')} {item.value('post_name') or item.value('title')}"


def _date(item: Element) -> date | None:
    local = dates.local(item.value("post_date"), item.value("post_date_gmt"))
    return local or dates.rfc822(item.value("pubDate"))


def _terms(item: Element) -> tuple[str | None, tuple[str, ...]]:
    """Return the first category, and as tags the other categories and the tags: Pelican knows one category an essay."""
    terms = [(child.attribute("domain"), title_text(child.text)) for child in item.all("category")]
    categories = [name for domain, name in terms if domain in ("category", "") and name]
    named = [name for name in categories if name.lower() != UNCATEGORIZED]
    tags = [name for domain, name in terms if domain in ("post_tag", "tag") and name]
    return next(iter(named), None), tuple(dict.fromkeys((*named[1:], *tags)))


def _comment(blog: _Blog, record: Element) -> ImportedComment:
    item = record.parent or record
    number, parent = record.value("comment_id"), record.value("comment_parent")
    author = person(record.value("comment_author"))
    # The account of the essay's own author: the name of the essay is used, so that both are one person.
    own = blog.logins.get(record.value("comment_user_id"))
    if own and own == blog.creator and blog.names.get(own):
        author = blog.names[own]
    return ImportedComment(
        id=safe_id("wp", number or f"line-{record.line}"),
        essay=_key(item),
        body=markdown_of_html(record.value("comment_content"), breaks=True).markdown,
        author=author,
        date=dates.local(record.value("comment_date"), record.value("comment_date_gmt")),
        parent=safe_id("wp", parent) if parent not in ("", "0") else None,
        website=website(record.value("comment_author_url")),
        state=_state(record),
        line=record.line,
    )


def _state(record: Element) -> str:
    kind, approved = record.value("comment_type").lower(), record.value("comment_approved").lower()
    if kind not in _COMMENT_TYPES:
        return _KINDS.get(kind, f"comment of type {' '.join(kind.split())[:40]}")
    return _STATES.get(
        approved, "trash" if approved in ("trash", "post-trashed") else "spam" if approved == "spam" else PENDING
    )
