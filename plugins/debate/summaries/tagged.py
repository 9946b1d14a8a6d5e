"""Threads to the comments that count: published and tagged, each with the person behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..contents import Comment, Debate, Thread
from .values import Label, TaggedComment

FEWEST = 5
"""Where only aggregates are shown, fewer comments than this have no figures."""


def tagged_comments(threads: Sequence[Thread]) -> tuple[TaggedComment, ...]:
    """Return the published comments that carry a tag, thread by thread in reading order. O(comments)."""
    return tuple(_tagged(threads))


def counted_comments(debate: Debate, tagged: Sequence[TaggedComment]) -> tuple[TaggedComment, ...]:
    """Return the tagged comments that figures may count: all, unless the debate shows aggregates only.

    Then the counts of an essay with fewer than FEWEST would give single comments away, so it has none. Where all such
    essays together have fewer, they are left out of the debate too: it less its other essays would tell. O(comments).
    """
    sizes = Counter(one.comment.essay for one in tagged)
    enough = tuple(one for one in tagged if sizes[one.comment.essay] >= FEWEST)
    left_out = len(tagged) - len(enough)
    return enough if debate.aggregates_only and left_out < FEWEST else tuple(tagged)


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
                yield TaggedComment(entry.comment, entry.tag, person_of(entry.comment), entry.parent, entry.machine)
