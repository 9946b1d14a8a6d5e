"""What a reader of an export file yields, in the order of the file: frozen values, free of the file's format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

PUBLISHED = "published"
PENDING = "pending"

Progress: TypeAlias = Callable[[int, int], None]
"""Called with what has been read and the whole: bytes, or rows where a file has rows."""


@dataclass(frozen=True, slots=True)
class Post:
    """An essay or page of the source; `key` is the source's id, `body` Markdown.

    `date` is a datetime where the source gives a time, a date where it gives only the day, None where it gives neither.
    """

    key: str
    slug: str
    title: str
    body: str
    date: date | None = None
    author: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False
    kind: Literal["essay", "page"] = "essay"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A thread of a system that keeps only comments: it belongs to the essay whose slug is among `candidates`."""

    key: str
    name: str
    candidates: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """A comment of the source; `id` is its file's name to be, `essay` the key of a post or target, `body` Markdown.

    `state` is "published", "pending", or the reason why it is left out: "spam", "trash", "deleted", "pingback" ...
    """

    id: str
    essay: str
    body: str
    author: str | None = None
    date: date | None = None
    parent: str | None = None
    website: str | None = None
    state: str = PUBLISHED
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """No more comments of this post will come, so its thread can be settled and forgotten."""

    key: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is left out on purpose and only counted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Media:
    """The address of an image or attachment; it is listed, never fetched."""

    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the owner should know; `damage` says that the file could not be read any further."""

    text: str
    line: int | None = None
    damage: bool = False


Item: TypeAlias = Post | Target | ImportedComment | Closed | Skipped | Media | Notice
Items: TypeAlias = Iterator[Item]
