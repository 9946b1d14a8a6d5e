"""Comments and essays to JSON Feed 1.1 (jsonfeed.org), with what the debate knows of each under `_debate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from .codec import without_none
from .contents import Debate, Entry
from .essay_feeds import Replies
from .feeds import FeedHead, FeedItem, essay_id

VERSION = "https://jsonfeed.org/version/1.1"


def comment_json_feed(head: FeedHead, items: Sequence[FeedItem]) -> str:
    """Return a feed of comments in the order given."""
    return _feed(head, [_comment(item) for item in items])


def essay_json_feed(
    head: FeedHead, essays: Iterable[Any], replies: Mapping[str, Replies], *, site_url: str, lasting_ids: bool = False
) -> str:
    """Return a feed of Pelican's articles in the order given; `replies` and ids are those of `add_replies`."""
    return _feed(head, [_essay(essay, replies, site_url, lasting_ids) for essay in essays])


def _feed(head: FeedHead, items: list[dict[str, Any]]) -> str:
    document = {
        "version": VERSION,
        "title": head.title,
        "home_page_url": head.link,
        "feed_url": head.feed_url,
        "language": head.language.code,
        "items": items,
    }
    text = json.dumps(without_none(document), ensure_ascii=False, separators=(",", ":"))
    # A server that names no type leaves a browser to guess: without a "<" there is no markup to find.
    return text.replace("<", "\\u003c") + "\n"


def _comment(item: FeedItem) -> dict[str, Any]:
    comment = item.entry.comment
    fields = {
        "id": item.link,
        "url": item.link,
        "title": item.title,
        "content_html": str(comment.html),
        "date_published": comment.date.isoformat() if comment.date else None,
        "authors": [without_none({"name": comment.author, "url": comment.website})] if comment.author else None,
        "tags": [item.category] if item.category else None,
        "_debate": {"essay": item.essay_link, "in_reply_to": item.answered} | _stance(item.entry, item.debate),
    }
    return without_none(fields)


def _stance(entry: Entry, debate: Debate | None) -> dict[str, Any]:
    """Return what the comment argues; nothing where it has no tag or its debate shows aggregates only."""
    tag = entry.tag
    if not debate or not tag:
        return {}
    confidence = None if tag.confidence is None else round(tag.confidence, 3)
    return {"debate": debate.key, "stance": tag.stance, "by": tag.by} | without_none({"confidence": confidence})


def _essay(essay: Any, replies: Mapping[str, Replies], site_url: str, lasting_ids: bool) -> dict[str, Any]:
    link = f"{site_url}/{essay.url}"
    found = replies.get(link)
    date = None if getattr(essay, "undated", False) else essay.date
    item = {
        "id": essay_id(link, date, lasting=lasting_ids),
        "url": link,
        "title": essay.title,
        "content_html": essay.get_content(site_url),
        "summary": _plain(essay.get_summary(site_url)),
        "date_published": date.isoformat() if date else None,
        "date_modified": essay.modified.isoformat() if getattr(essay, "modified", None) else None,
        "authors": [{"name": author.name} for author in getattr(essay, "authors", ())] or None,
        "tags": [tag.name for tag in getattr(essay, "tags", ())] or None,
        "language": getattr(essay, "lang", None),
        "_debate": _discussion(found) if found else None,
    }
    return without_none(item)


def _plain(markup: str) -> str:
    return str(Markup(markup).striptags())  # noqa: S704 - the owner's own summary, from which only text is left


def _discussion(replies: Replies) -> dict[str, Any]:
    words = replies.words or None
    return without_none({"comments": replies.count, "comments_feed": replies.json, "stands": words})
