"""A thread laid out for a page: which lists open and close, what folds, who stands beside whom, what to pick from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from .avatars import Avatar, avatar
from .contents import MACHINE, Debate, Entry, Thread
from .evidence_marks import MarkedText, mark_evidence

DEEPEST = 8
"""Lists in lists: deeper replies stand side by side. Style sheets stop indenting sooner; parsers stop at 512 tags."""

FILTERED_FROM = 6
"""With fewer comments there is nothing to filter or to sort."""

MOST_LABELS = 9
"""debate.css knows labels by number, `.label-1` to `.label-9`; further ones cannot be filtered."""

FOLDED_FROM = 500
"""With more comments a thread comes in parts, of which only the first is open."""

PART = 250
"""A part of such a thread ends with the first branch that brings it to this many comments."""

FOLDED_DEPTH = 3
"""Replies to a comment this deep are folded in such a thread."""


@dataclass(frozen=True, slots=True)
class Place:
    """A comment as the page needs it.

    `replies` counts the comments below it that are shown, `branch` says that they open a list of their own, `folded`
    that it starts closed. `closes` is how many lists end behind it, `beyond` that it stands below the deepest list.
    `previous` and `following` are the comments that answer the same one. `classes` tells style sheets the number of
    its label ("label-2"), the numbers of those below it ("has-1") and whether it has no date.
    """

    entry: Entry
    replies: int
    branch: bool
    folded: bool
    closes: int
    beyond: bool
    previous: str | None
    following: str | None
    classes: str
    avatar: Avatar
    text: MarkedText


@dataclass(frozen=True, slots=True)
class Part:
    """A run of whole branches; `first` and `last` number the comments that are shown, counted from 1."""

    first: int
    last: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A label that can be picked: its number for style sheets, its key (None for "not sure") and its comments."""

    number: int
    label: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole thread, with what its reader can pick from; `sortable` where the order of roots makes a difference."""

    parts: tuple[Part, ...]
    choices: tuple[Choice, ...]
    sortable: bool
    long: bool


def lay_out(thread: Thread, debate: Debate | None = None) -> Layout:
    """Return the layout of a thread; O(comments). Without a debate that shows tags, nothing is marked or picked."""
    shown = debate if debate and not debate.aggregates_only else None
    long = len(thread) > FOLDED_FROM
    labels = _labels(shown)
    choices = _choices(thread, labels) if len(thread) >= FILTERED_FROM else ()
    places = _places(thread.entries, shown, labels if choices else {}, long)
    return Layout(
        parts=tuple(_numbered(_cut(places) if long else [places])),
        choices=choices,
        sortable=len(thread) >= FILTERED_FROM and sum(entry.depth == 0 for entry in thread.entries) > 1,
        long=long,
    )


def marked_text(entry: Entry, debate: Debate | None = None, id: str = "evidence") -> MarkedText:
    """Return a comment's HTML with the evidence of its tag marked, where the debate shows a machine's tag."""
    tag = entry.tag if debate and not debate.aggregates_only else None
    if not tag or tag.by != MACHINE or tag.stance is None or not tag.evidence:
        return MarkedText(entry.comment.html)
    return mark_evidence(entry.comment.html, tag.evidence, id)


def _places(
    entries: Sequence[Entry], debate: Debate | None, labels: Mapping[str | None, int], long: bool
) -> tuple[Place, ...]:
    replies, beside, classes = _replies(entries), _siblings(entries), _classes(entries, labels)
    depths = [min(entry.depth, DEEPEST) for entry in entries]
    return tuple(
        Place(
            entry=entry,
            replies=replies[entry.comment.id],
            branch=after > depth,
            folded=long and depth >= FOLDED_DEPTH,
            closes=max(depth - after, 0),
            beyond=entry.depth > DEEPEST,
            previous=beside[entry.comment.id][0],
            following=beside[entry.comment.id][1],
            classes=classes[entry.comment.id],
            avatar=avatar(entry.comment.author),
            text=marked_text(entry, debate, f"evidence-{entry.comment.id}"),
        )
        for entry, (depth, after) in zip(entries, pairwise([*depths, 0]), strict=True)
    )


def _labels(debate: Debate | None) -> dict[str | None, int]:
    """Return the numbers of a debate's labels, "not sure" being the last; none where no tags are shown."""
    labels = (*debate.labels, None) if debate else ()
    return {label: number for number, label in enumerate(labels[:MOST_LABELS], 1)}


def _classes(entries: Sequence[Entry], labels: Mapping[str | None, int]) -> dict[str, str]:
    """Return the classes of each: a style sheet that looked below every comment by itself would take seconds."""
    below: dict[str | None, set[int]] = {}
    classes = {}
    for entry in reversed(entries):
        own = labels.get(entry.tag.stance) if entry.tag else None
        inner = below.pop(entry.comment.id, set())
        names = [f"label-{own}"] if own else []
        names += [f"has-{number}" for number in sorted(inner)]
        names += [] if entry.comment.date else ["undated"]
        classes[entry.comment.id] = " ".join(names)
        below.setdefault(entry.parent, set()).update(inner, [own] if own else [])
    return classes


def _replies(entries: Sequence[Entry]) -> Counter[str]:
    """Count the shown comments below each: going backwards, every reply is counted before what it answers."""
    counts: Counter[str] = Counter()
    for entry in reversed(entries):
        if entry.parent:
            counts[entry.parent] += counts[entry.comment.id] + entry.visible
    return counts


def _siblings(entries: Sequence[Entry]) -> dict[str, tuple[str | None, str | None]]:
    by_parent: dict[str | None, list[str | None]] = {}
    for entry in entries:
        by_parent.setdefault(entry.parent, [None]).append(entry.comment.id)
    runs = ((*run, None) for run in by_parent.values())
    return {id: (before, after) for run in runs for before, id, after in zip(run, run[1:], run[2:], strict=False) if id}


def _cut(places: Sequence[Place]) -> list[tuple[Place, ...]]:
    """Cut between roots, so that no branch is torn."""
    branch_of = list(accumulate(place.entry.depth == 0 for place in places))
    sizes = Counter(branch_of)
    part_of, part, size = {}, 0, 0
    for branch in sizes:
        part, size = (part + 1, 0) if size >= PART else (part, size)
        part_of[branch] = part
        size += sizes[branch]
    pairs = zip(places, branch_of, strict=True)
    return [tuple(place for place, _ in run) for _, run in groupby(pairs, key=lambda pair: part_of[pair[1]])]


def _numbered(parts: Sequence[tuple[Place, ...]]) -> Iterator[Part]:
    """Yield the parts that hold anything with the numbers of their first and last comment."""
    last = 0
    for places in filter(None, parts):
        first, last = last + 1, last + sum(place.entry.visible for place in places)
        yield Part(first, last, places)


def _choices(thread: Thread, labels: Mapping[str | None, int]) -> tuple[Choice, ...]:
    """Return the labels that occur, in the debate's order; one alone is no choice."""
    counts = Counter(labels.get(entry.tag.stance) for entry in thread.visible if entry.tag)
    found = tuple(Choice(number, label, counts[number]) for label, number in labels.items() if counts[number])
    return found if len(found) > 1 else ()
