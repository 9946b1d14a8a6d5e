"""How evenly people took part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..languages import ENGLISH, Language, capitalised
from .shares import FLOOR
from .values import Participation, TaggedComment

FEWEST = 6
"""With fewer commenters "the three most frequent" are half of everybody: no share, no Gini in words."""


def participation_of(comments: Sequence[TaggedComment], language: Language = ENGLISH) -> Participation:
    """Return commenters, Gini and the comments of the three most frequent. O(comments)."""
    counts = sorted(Counter(tagged.person for tagged in comments).values())
    top_three, total = sum(counts[-3:]), sum(counts)
    return Participation(len(counts), total, gini(counts), top_three, _words(counts, top_three, total, language))


def gini(counts: Sequence[int]) -> float:
    """Return the Gini coefficient of ascending counts: 0 when all are equal; (n - 1) / n when one has everything."""
    total, size = sum(counts), len(counts)
    if not total:
        return 0.0
    ranked = sum(rank * count for rank, count in enumerate(counts, start=1))
    return round(2 * ranked / (size * total) - (size + 1) / size, 4)


def _words(counts: Sequence[int], top_three: int, total: int, language: Language) -> str:
    if not counts:
        return ""
    comments = language.npgettext("what somebody wrote", "one comment", "%(count)s comments", total)
    wrote = capitalised(
        language.ngettext(
            "one person wrote %(comments)s", "%(count)s people wrote %(comments)s", len(counts), comments=comments
        )
    )
    if len(counts) == total > 1:
        # Translators: %(wrote)s is "Nine people wrote 12 comments", also below.
        return language.gettext("%(wrote)s, one each.", wrote=wrote)
    if len(counts) < FEWEST:
        return language.gettext("%(wrote)s.", wrote=wrote)
    return language.gettext(
        "%(wrote)s; the three who wrote most are behind %(part)s of them.",
        wrote=wrote,
        part=language.per_cent(top_three / total) if total >= FLOOR else language.numeral(top_three),
    )
