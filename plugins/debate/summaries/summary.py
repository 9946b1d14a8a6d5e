"""Tagged threads to one summary, for an essay and for a whole debate alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..contents import Debate, Thread
from .quotes import quotes_of
from .shares import shares_of
from .tagged import people, tagged_comments
from .values import DebateSummary
from .words import headline_of


def summarize(
    debate: Debate,
    threads: Sequence[Thread],
    *,
    confusion: Mapping[str, Mapping[str, float]] | None = None,  # noqa: ARG001
) -> DebateSummary:
    """Summarise one thread or all threads of a debate: only published comments, only those with a tag.

    `confusion[gold][said]` holds the tagger's held-out counts. Where the debate shows aggregates only, nothing that
    belongs to one comment is in the result. O(comments).
    """
    comments = tagged_comments(threads)
    published = sum(len(thread) for thread in threads)
    shares = shares_of(debate, comments)
    headline = headline_of(shares, published, len(comments))
    return DebateSummary(
        debate=debate,
        essays=tuple(thread.essay for thread in threads),
        comments=published,
        tagged=len(comments),
        commenters=people(comments),
        shares=shares,
        quotes=() if debate.aggregates_only else quotes_of(debate, comments),
        headline=headline,
        words=headline,
    )
