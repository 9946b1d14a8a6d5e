"""Discussions as schema.org data, the way search engines document it: DiscussionForumPosting with nested Comments."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from .contents import Entry, Thread
from .feeds import permalink

DEEPEST = 4
"""Replies below this level stand beside each other, as on the page; nesting without end would break readers of JSON."""


def discussion_json_ld(thread: Thread, *, site_url: str) -> Markup:
    """Return the content of a `<script type="application/ld+json">`: the essay and its published comments. O(n)."""
    essay = thread.essay
    url = f"{site_url}/{essay.url}"
    document = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "url": url,
        "headline": essay.title,
        "author": _person(essay.author),
        "datePublished": essay.date.isoformat() if essay.date else None,
        "commentCount": len(thread),
        "comment": _nested(thread, site_url),
    }
    text = json.dumps(_given(document), ensure_ascii=False)
    # "</script>" in a comment must not end the element; JSON reads \u003c as the same character.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _nested(thread: Thread, site_url: str) -> list[dict[str, Any]]:
    """Nest entries by keeping one open list a level; tombstones pass their replies on to the level above."""
    roots: list[dict[str, Any]] = []
    levels: list[list[dict[str, Any]]] = [roots]
    for entry in thread.entries:
        depth = min(entry.depth, DEEPEST, len(levels) - 1)
        del levels[depth + 1 :]
        if entry.visible:
            item = _comment(entry, thread, site_url)
            levels[depth].append(item)
            levels.append(item["comment"])
        else:
            levels.append(levels[depth])
    return [_without_empty(item) for item in roots]


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    replies = [_without_empty(reply) for reply in item["comment"]]
    return _given(item | {"comment": replies or None})


def _comment(entry: Entry, thread: Thread, site_url: str) -> dict[str, Any]:
    comment = entry.comment
    return {
        "@type": "Comment",
        "url": permalink(entry, thread, site_url),
        "author": _person(comment.author),
        "datePublished": comment.date.isoformat() if comment.date else None,
        "text": comment.text,
        "comment": [],
    }


def _person(name: str | None) -> dict[str, str] | None:
    return {"@type": "Person", "name": name} if name else None


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
