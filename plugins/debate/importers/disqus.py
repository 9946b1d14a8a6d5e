"""Disqus XML: threads are matched to the essays that are here, by path or slug; posts are their comments.

Threads may come after the posts that belong to them, so the file is read twice.
"""

from __future__ import annotations

from . import dates
from .conversion import markdown_of_html
from .names import person, safe_id, safe_slug, slugs_of, title_text, website
from .sources import Source
from .values import PENDING, PUBLISHED, ImportedComment, Items, Notice, Progress, Target
from .xmlstream import Element, records

_PERSONAL = ("email", "ipAddress", "username")
_FALSE = frozenset({"", "false", "0", "no"})


def read(source: Source, progress: Progress) -> Items:
    """Yield all threads, then all comments."""
    for record in records(source, ("thread",), (*_PERSONAL, "post"), lambda done, total: progress(done // 2, total)):
        yield record if isinstance(record, Notice) else _target(record)
    for record in records(source, ("post",), _PERSONAL, lambda done, total: progress((done + total) // 2, total)):
        # What is wrong with the file was said on the first way through.
        if not isinstance(record, Notice):
            yield _comment(record)


def _target(thread: Element) -> Target:
    """Return a thread's essay: the slug in its address, else in its identifier (a slug, a path or an address)."""
    link, identifier = thread.value("link"), thread.value("id")
    named = (safe_slug(identifier, ""),) if identifier and "/" not in identifier else ()
    title = title_text(thread.value("title"))
    number = thread.attribute("id")
    name = " - ".join(part for part in (title, link or identifier) if part) or f"thread {number} without address"
    return Target(number, name, (*slugs_of(link), *slugs_of(identifier), *named), thread.line)


def _comment(post: Element) -> ImportedComment:
    author, parent, thread = post.child("author"), post.child("parent"), post.child("thread")
    answered = parent.attribute("id") if parent else ""
    return ImportedComment(
        id=safe_id("disqus", post.attribute("id") or post.value("id") or f"line-{post.line}"),
        essay=thread.attribute("id") if thread else "",
        body=markdown_of_html(post.value("message")).markdown,
        author=person(author.value("name")) if author else None,
        date=dates.utc(post.value("createdAt")),
        parent=safe_id("disqus", answered) if answered else None,
        website=website(author.value("link")) if author else None,
        state=_state(post),
        line=post.line,
    )


def _state(post: Element) -> str:
    """Return the state; a flag that is neither true nor false ("123") counts as set, so that nothing slips through."""
    if post.value("isSpam").lower() not in _FALSE:
        return "spam"
    if post.value("isDeleted").lower() not in _FALSE:
        return "deleted"
    return PUBLISHED if post.value("isApproved").lower() not in ("false", "0") else PENDING
