"""Comments to reply trees, kept flat in reading order so that no depth of replies ever recurses."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence

from .contents import Comment, Entry, Essay, Thread

log = logging.getLogger(__name__)

_Children = dict[str | None, list[Comment]]


def build_thread(essay: Essay, comments: Iterable[Comment]) -> Thread:
    """Return the thread under an essay: roots and replies by date, then by id; O(n log n) in comments.

    Pending comments are left out. A reply whose parent is missing becomes a root marked `orphan`; a ring of replies is
    cut at the first of its comments met in reading order; a deleted comment stays as a tombstone while something
    published answers it.
    """
    given = {comment.id: comment for comment in comments}
    shown = {id: comment for id, comment in given.items() if comment.status != "pending"}
    ordered = sorted(shown.values(), key=_reading_order)
    _warn_of_missing(ordered, given)
    parents = _parents(ordered, shown)
    children: _Children = {}
    for comment in ordered:
        children.setdefault(parents[comment.id], []).append(comment)
    entries = _walk(children, parents, shown)
    return Thread(essay=essay, entries=_without_idle_tombstones(entries))


def _reading_order(comment: Comment) -> tuple[bool, float, list[tuple[int, str]]]:
    """Sort by date, undated comments last, then by id with numbers read as numbers (c2 before c10)."""
    parts = re.findall(r"\d+|\D+", comment.id)
    natural = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    return comment.date is None, comment.date.timestamp() if comment.date else 0.0, natural


def _warn_of_missing(ordered: Sequence[Comment], given: Mapping[str, Comment]) -> None:
    """Warn of parents that are nowhere; one that is held for moderation is no fault."""
    for comment in ordered:
        if comment.in_reply_to and comment.in_reply_to not in given:
            log.warning(
                "%s: the comment answered, %r, is not there; shown as a root. Remedy: correct In-Reply-To.",
                comment.path,
                comment.in_reply_to,
            )


def _parents(ordered: Sequence[Comment], shown: Mapping[str, Comment]) -> dict[str, str | None]:
    """Return each comment's parent id, None for roots; rings are cut so that every walk upwards ends."""
    parents = {comment.id: comment.in_reply_to if comment.in_reply_to in shown else None for comment in ordered}
    settled: set[str] = set()
    for comment in ordered:
        _cut_ring(comment, parents, settled)
    return parents


def _cut_ring(comment: Comment, parents: dict[str, str | None], settled: set[str]) -> None:
    """Walk up from a comment; on meeting the walk itself, make this comment's ring a root. Amortised O(n)."""
    trail: set[str] = set()
    current: str | None = comment.id
    while current is not None and current not in settled:
        if current in trail:
            log.warning("%s: replies run in a ring; cut at %r. Remedy: correct In-Reply-To.", comment.path, current)
            parents[current] = None
            break
        trail.add(current)
        current = parents[current]
    settled |= trail


def _walk(children: _Children, parents: Mapping[str, str | None], shown: Mapping[str, Comment]) -> list[Entry]:
    entries: list[Entry] = []
    stack = [(comment, 0) for comment in reversed(children.get(None, []))]
    while stack:
        comment, depth = stack.pop()
        parent = parents[comment.id]
        answers = shown[parent].author if parent else None
        orphan = comment.in_reply_to is not None and comment.in_reply_to not in shown
        entries.append(Entry(comment, depth, parent, answers=answers, orphan=orphan))
        stack += [(reply, depth + 1) for reply in reversed(children.get(comment.id, []))]
    return entries


def _without_idle_tombstones(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Drop deleted comments that nothing published answers: going backwards, replies are met before parents."""
    answered: set[str | None] = set()
    kept = []
    for entry in reversed(entries):
        if entry.visible or entry.comment.id in answered:
            kept.append(entry)
            answered.add(entry.parent)
    return tuple(reversed(kept))
