"""Threads to the comments that count: published and tagged, each with the person behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..contents import Comment, Debate, Thread
from .values import Label, TaggedComment


def tagged_comments(threads: Sequence[Thread]) -> tuple[TaggedComment, ...]:
    """Return the published comments that carry a tag, thread by thread in reading order. O(comments)."""
    return tuple(_tagged(threads))


def labels_in_order(debate: Debate) -> tuple[Label, ...]:
    """Return every label a figure shows: the stances, "none", then None for "not sure"."""
    return (*debate.labels, None)


def people(comments: Iterable[TaggedComment]) -> int:
    """Count the distinct commenters."""
    return len({tagged.person for tagged in comments})


def person_of(comment: Comment) -> str:
    """Return a key that two comments share only when their author's name does, whatever its case and spaces.

    A comment without a name counts as a person of its own: nothing links it to another.
    """
    if comment.author is None or not comment.author.strip():
        return f"\0{comment.essay}/{comment.id}"
    return " ".join(comment.author.casefold().split())


def _tagged(threads: Sequence[Thread]) -> Iterator[TaggedComment]:
    for thread in threads:
        for entry in thread.visible:
            if entry.tag is not None:
                yield TaggedComment(entry.comment, entry.tag, person_of(entry.comment), entry.parent)
