"""Isso: its SQLite database (opened read-only) and its generic JSON; the text of its comments is Markdown."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote_plus

from . import dates
from .jsonstream import items
from .names import person, safe_id, slugs_of, title_text, website, without_addresses
from .sources import Source
from .values import PENDING, PUBLISHED, ImportedComment, Item, Items, Notice, Progress, Skipped, Target

_STEPS = 10_000
LONGEST_FIELD = 8 * 1024 * 1024
_STATES = MappingProxyType({1: PUBLISHED, 2: PENDING, 4: "deleted", 5: "deleted"})
_THREADS = "SELECT id, uri, title FROM threads ORDER BY id"
_COMMENTS = "SELECT id, tid, parent, created, mode, author, website, text FROM comments ORDER BY id"
"""The columns `email` and `remote_addr` are never asked for."""


def read_database(source: Source, progress: Progress) -> Items:
    """Yield the threads and comments of an Isso database, which may be in use by a server meanwhile."""
    connection = sqlite3.connect(f"file:{quote(str(source.path.resolve()))}?mode=ro", uri=True)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_FIELD)
    connection.set_progress_handler(_budget(source.stored_bytes), _STEPS)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield from _rows(connection, progress)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes damaged bytes in what it says of them
        yield Notice(f"the database cannot be read any further ({error}); what came before is kept", damage=True)
    finally:
        connection.close()


def _budget(stored_bytes: int) -> Callable[[], int]:
    """Return a handler that stops a query when its work is out of proportion: a view can make rows for ever."""
    left = itertools.count(1000 + stored_bytes // 1000, -1)
    return lambda: next(left) < 0


def _rows(connection: sqlite3.Connection, progress: Progress) -> Iterator[Item]:
    for number, uri, title in connection.execute(_THREADS):
        yield _target(str(number), str(uri or ""), str(title or ""))
    total = connection.execute("SELECT count(*) FROM comments").fetchone()[0]
    for done, row in enumerate(connection.execute(_COMMENTS), 1):
        progress(done, total)
        number, thread, parent, created, mode, author, site, text = row
        yield ImportedComment(
            id=safe_id("isso", str(number)),
            essay=str(thread),
            body=without_addresses(str(text or "").strip()),
            author=person(author if isinstance(author, str) else None),
            date=dates.epoch(created),
            parent=safe_id("isso", str(parent)) if parent else None,
            website=website(site if isinstance(site, str) else None),
            state=_STATES.get(mode, PENDING),
        )


def read_json(source: Source, progress: Progress) -> Items:
    """Yield the threads of Isso's generic JSON, each with its comments; ids count within a thread there."""
    for found in items(source, progress):
        if isinstance(found, Notice):
            yield found
        elif isinstance(found[1], dict):
            yield from _json_thread(found[1], found[2])


def _json_thread(thread: dict[str, Any], line: int) -> Iterator[Item]:
    uri, title = str(thread.get("id") or ""), unquote_plus(str(thread.get("title") or ""))
    yield _target(uri, uri, title, line)
    comments = thread.get("comments")
    for number, comment in enumerate(comments if isinstance(comments, list) else (), 1):
        yield (
            _json_comment(comment, uri, number, line)
            if isinstance(comment, dict)
            else Skipped("comment without fields")
        )


def _json_comment(comment: dict[str, Any], uri: str, number: int, line: int) -> ImportedComment:
    parent = comment.get("parent")
    given = comment.get("id")
    return ImportedComment(
        id=safe_id("isso", str(number if given is None else given)),
        essay=uri,
        body=without_addresses(str(comment.get("text") or "").strip()),
        author=person(str(comment.get("author") or "")),
        date=dates.utc(str(comment.get("created") or "")) or dates.epoch(comment.get("created")),
        parent=None if parent is None else safe_id("isso", str(parent)),
        website=website(str(comment.get("website") or "")),
        line=line,
    )


def _target(key: str, uri: str, title: str, line: int | None = None) -> Target:
    name = " - ".join(part for part in (title_text(title), uri) if part)
    return Target(key, name or f"thread {key}", slugs_of(uri), line)
