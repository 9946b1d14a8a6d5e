"""Pages as schema.org data, the way search engines document it: essays with their discussions, the site, crumbs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from markupsafe import Markup

from .codec import without_none
from .contents import Entry, Essay, Thread
from .feeds import permalink

DEEPEST = 4
"""Replies below this level stand beside each other, as on the page; nesting without end would break readers of JSON."""

MOST_COMMENTS = 50
"""The data repeats what the page says already, and search engines show a handful of comments: 5,000 would double a page
of a megabyte for nobody. `commentCount` tells how many there are."""

MOST_CHARACTERS = 1000
"""Of one comment, for the same reason."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The site as its pages' data name it; `url` is without a trailing slash."""

    name: str
    url: str
    description: str = ""
    language: str | None = None


def essay_json_ld(document: Any, thread: Thread, publication: Publication, *, image: str | None = None) -> Markup:
    """Return the data of one of Pelican's articles: BlogPosting, and DiscussionForumPosting where it has comments."""
    essay = thread.essay
    url = f"{publication.url}/{essay.url}"
    text = Markup(document.content).striptags()  # noqa: S704 - the owner's own essay, from which only text is left
    modified = getattr(document, "modified", None)
    posting = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": url,
        "mainEntityOfPage": url,
        **_said_of(essay),
        "dateModified": modified.isoformat() if modified else None,
        "description": str(Markup(document.summary).striptags()) or None,  # noqa: S704 - as above
        "image": image,
        "inLanguage": getattr(document, "lang", None),
        "keywords": [tag.name for tag in getattr(document, "tags", ())] or None,
        "wordCount": len(text.split()),
        "commentCount": len(thread),
        "isPartOf": {"@type": "Blog", "name": publication.name, "url": f"{publication.url}/"},
        "subjectOf": _discussion(thread, publication.url) if len(thread) else None,
    }
    return _script(posting)


def discussion_json_ld(thread: Thread, publication: Publication) -> Markup:
    """Return the data of a page that is no essay and has comments."""
    return _script({"@context": "https://schema.org"} | _discussion(thread, publication.url))


def site_json_ld(publication: Publication) -> Markup:
    """Return the data of the front page; search engines take the site's name from it."""
    blog = {
        "name": publication.name,
        "url": f"{publication.url}/",
        "description": publication.description or None,
        "inLanguage": publication.language,
    }
    return _script({"@context": "https://schema.org", "@type": "WebSite"} | blog)


def breadcrumbs_json_ld(steps: Iterable[tuple[str, str]]) -> Markup:
    """Return where a page stands: name and address of each step from the front page down to it."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(steps, 1)
    ]
    return _script({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


def _script(document: dict[str, Any]) -> Markup:
    """Return the content of a `<script type="application/ld+json">`.

    "</script>" in a comment must not end the element; JSON reads \\u003c as the same character.
    """
    text = json.dumps(without_none(document), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _said_of(essay: Essay) -> dict[str, Any]:
    return {
        "headline": essay.title,
        "author": _person(essay.author),
        "datePublished": essay.date.isoformat() if essay.date else None,
    }


def _discussion(thread: Thread, site_url: str) -> dict[str, Any]:
    """Return the discussion; its starter, whose words and name it carries, is the essay. O(comments)."""
    essay = thread.essay
    posting = {
        "@type": "DiscussionForumPosting",
        "url": f"{site_url}/{essay.url}#comments",
        **_said_of(essay),
        "text": essay.title,
        "commentCount": len(thread),
        "comment": _nested(thread, site_url),
    }
    return without_none(posting)


def _nested(thread: Thread, site_url: str) -> list[dict[str, Any]]:
    """Nest entries by keeping one open list a level; tombstones pass their replies on to the level above."""
    roots: list[dict[str, Any]] = []
    levels: list[list[dict[str, Any]]] = [roots]
    for entry in _first(thread):
        depth = min(entry.depth, DEEPEST, len(levels) - 1)
        del levels[depth + 1 :]
        if entry.visible:
            item = _comment(entry, thread, site_url)
            levels[depth].append(item)
            levels.append(item["comment"])
        else:
            levels.append(levels[depth])
    return [_without_empty(item) for item in roots]


def _first(thread: Thread) -> Iterable[Entry]:
    """Return the entries up to the last comment that is told."""
    shown = [*islice((place for place, entry in enumerate(thread.entries) if entry.visible), MOST_COMMENTS)]
    return thread.entries[: shown[-1] + 1] if shown else ()


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    replies = [_without_empty(reply) for reply in item["comment"]]
    return without_none(item | {"comment": replies or None})


def _comment(entry: Entry, thread: Thread, site_url: str) -> dict[str, Any]:
    comment = entry.comment
    return {
        "@type": "Comment",
        "url": permalink(entry, thread, site_url),
        "author": _person(comment.author or "Someone"),
        "datePublished": comment.date.isoformat() if comment.date else None,
        "text": _cut(comment.text),
        "comment": [],
    }


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS].rsplit(maxsplit=1)[0]} …"


def _person(name: str | None) -> dict[str, str] | None:
    return {"@type": "Person", "name": name} if name else None
