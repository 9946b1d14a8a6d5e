"""Commento JSON: comments by page path; the people stand behind the comments, so the file is read twice."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from . import dates
from .jsonstream import items
from .names import person, safe_id, slugs_of, website, without_addresses
from .sources import Source
from .values import PENDING, PUBLISHED, ImportedComment, Item, Items, Notice, Progress, Target

_STATES = MappingProxyType({"approved": PUBLISHED, "unapproved": PENDING, "flagged": "spam"})


def read(source: Source, progress: Progress) -> Items:
    """Yield a target for each page and the comments on it."""
    people: dict[str, tuple[str | None, str | None]] = {}
    for found in items(source, lambda done, total: progress(done // 2, total)):
        if isinstance(found, Notice):
            yield found
        elif found[0] == "commenters" and isinstance(found[1], dict):
            person_of = found[1]
            people[str(person_of.get("commenterHex"))] = (
                person(_text(person_of, "name")),
                website(_text(person_of, "link")),
            )
    seen: set[str] = set()
    for found in items(source, lambda done, total: progress((done + total) // 2, total)):
        if not isinstance(found, Notice) and found[0] == "comments" and isinstance(found[1], dict):
            yield from _comment(found[1], found[2], people, seen)


def _comment(
    comment: dict[str, Any], line: int, people: dict[str, tuple[str | None, str | None]], seen: set[str]
) -> Iterator[Item]:
    page, parent = _text(comment, "url"), _text(comment, "parentHex")
    if page not in seen:
        seen.add(page)
        yield Target(page, page, slugs_of(page), line)
    name, site = people.get(_text(comment, "commenterHex"), (None, None))
    yield ImportedComment(
        id=_id(_text(comment, "commentHex") or f"line-{line}"),
        essay=page,
        body=without_addresses(_text(comment, "markdown")),
        author=name,
        date=dates.utc(_text(comment, "creationDate")),
        parent=_id(parent) if parent not in ("", "root") else None,
        website=site,
        state="deleted" if comment.get("deleted") else _STATES.get(_text(comment, "state"), PENDING),
        line=line,
    )


def _id(number: str) -> str:
    """Return an id from the first 16 of the 64 digits: enough to tell comments apart, short enough for an address."""
    return safe_id("commento", number[:16])


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return value.strip() if isinstance(value, str) else ""
