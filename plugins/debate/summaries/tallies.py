"""The few figures that sentences on a debate are made of."""

from __future__ import annotations

from dataclasses import dataclass

from ..contents import NONE
from .values import Interval, Share


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures a paragraph is made of; `shares` as in a summary, `essays` how many it spans.

    `withheld` comments are tagged, yet in none of the figures, lest these give single ones away. `guessed` says whether
    a machine set any of the tags that count.
    """

    shares: tuple[Share, ...]
    comments: int
    tagged: int
    commenters: int
    essays: int
    withheld: int
    guessed: bool

    @property
    def untagged(self) -> int:
        """Return the comments without a tag."""
        return self.comments - self.tagged - self.withheld

    @property
    def sides(self) -> list[Share]:
        """Return the stances present, the most frequent first."""
        stances = [share for share in self.shares if share.label not in (None, NONE)]
        return sorted((share for share in stances if share.comments), key=lambda share: -share.comments)

    @property
    def absent(self) -> list[Share]:
        """Return the stances no comment is tagged."""
        return [share for share in self.shares if share.label not in (None, NONE) and not share.comments]

    def count(self, label: str | None) -> int:
        """Return the comments of a label."""
        return next(share.comments for share in self.shares if share.label == label)

    @property
    def is_measured(self) -> bool:
        """Say whether there are enough comments for intervals."""
        return bool(self.shares) and self.shares[0].interval is not None

    @property
    def ranged(self) -> list[tuple[Share, Interval]]:
        """Return the stances that have an interval, absent ones too, in the debate's order."""
        stances = [share for share in self.shares if share.label not in (None, NONE)]
        return [(share, share.interval) for share in stances if share.interval]
