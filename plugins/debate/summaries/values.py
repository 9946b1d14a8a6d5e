"""What a debate summary is made of: frozen values, plain enough to be drawn, exported and checked.

Labels are stance keys, "none" (takes no side) or None ("not sure"). Shares are fractions of 1, never percentages.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..contents import Comment, Debate, Essay, StanceTag

Label = str | None
"""A stance key, "none", or None for "not sure"."""


@dataclass(frozen=True, slots=True)
class TaggedComment:
    """A published comment with the tag that counts; `person` tells commenters apart without being shown."""

    comment: Comment
    tag: StanceTag
    person: str
    parent: str | None = None

    @property
    def label(self) -> Label:
        """Return the label of the tag."""
        return self.tag.stance

    @property
    def key(self) -> tuple[str, str]:
        """Return what is unique in a debate: the essay's slug and the comment's id."""
        return (self.comment.essay, self.comment.id)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a comment, verbatim: `text` is an exact substring of its text; `comment` is an id within `essay`."""

    text: str
    comment: str
    essay: str
    stance: Label
    author: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many comments carry a label, and how many distinct commenters wrote at least one of them.

    `share` is `comments` over all tagged comments, `commenter_share` is `commenters` over all commenters (a person may
    take two stances, so these need not add up to 1). Both are None under the floor, where counts must speak.
    """

    label: Label
    name: str
    comments: int
    commenters: int
    share: float | None = None
    commenter_share: float | None = None


@dataclass(frozen=True, slots=True)
class DebateSummary:
    """Where a debate, or the thread of one essay, stands.

    `comments` counts the published ones, `tagged` those with a tag (a stance, "none" or "not sure"), `commenters` the
    distinct people behind the tagged ones. `shares` follow the stances' order, then "none", then "not sure".
    """

    debate: Debate
    essays: tuple[Essay, ...]
    comments: int
    tagged: int
    commenters: int
    shares: tuple[Share, ...]
    quotes: tuple[Quote, ...]
    headline: str
    words: str
