"""How evenly people took part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .values import Participation, TaggedComment
from .words import capitalised, count_of, numeral, per_cent

FEWEST = 6
"""With fewer commenters "the three most frequent" are half of everybody: no share, no Gini in words."""


def participation_of(comments: Sequence[TaggedComment]) -> Participation:
    """Return commenters, Gini and the comments of the three most frequent. O(comments)."""
    counts = sorted(Counter(tagged.person for tagged in comments).values())
    top_three, total = sum(counts[-3:]), sum(counts)
    return Participation(len(counts), total, gini(counts), top_three, _words(counts, top_three, total))


def gini(counts: Sequence[int]) -> float:
    """Return the Gini coefficient of ascending counts: 0 when all are equal; (n - 1) / n when one has everything."""
    total, size = sum(counts), len(counts)
    if not total:
        return 0.0
    ranked = sum(rank * count for rank, count in enumerate(counts, start=1))
    return round(2 * ranked / (size * total) - (size + 1) / size, 4)


def _words(counts: Sequence[int], top_three: int, total: int) -> str:
    if not counts:
        return ""
    wrote = capitalised(f"{count_of(len(counts), 'person', 'people')} wrote {count_of(total, 'comment')}")
    if len(counts) == total:
        return f"{wrote}, one each." if total > 1 else f"{wrote}."
    if len(counts) < FEWEST:
        return f"{wrote}."
    part = per_cent(top_three / total) if total >= 30 else f"{numeral(top_three)} of them"
    return f"{wrote}; the three who wrote most are behind {part}{' of them' if total >= 30 else ''}."
