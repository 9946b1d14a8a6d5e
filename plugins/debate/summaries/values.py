"""What a debate summary is made of: frozen values, plain enough to be drawn, exported and checked.

Labels are stance keys, "none" (takes no side) or None ("not sure"). Shares are fractions of 1, never percentages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..contents import MACHINE, Comment, Debate, Essay, StanceTag

Label = str | None
"""A stance key, "none", or None for "not sure"."""


@dataclass(frozen=True, slots=True)
class TaggedComment:
    """A published comment with the tag that counts; `person` tells commenters apart without being shown.

    `machine` is what the tagger says of it, also where a person has decided.
    """

    comment: Comment
    tag: StanceTag
    person: str
    parent: str | None = None
    machine: StanceTag | None = None

    @property
    def label(self) -> Label:
        """Return the label of the tag."""
        return self.tag.stance

    @property
    def by_machine(self) -> bool:
        """Say whether no person has decided."""
        return self.tag.by == MACHINE

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return the words that carried the label: the machine's, also where a person agrees with it."""
        agreed = self.machine is not None and self.machine.stance == self.tag.stance
        return self.machine.evidence if self.machine and agreed else self.tag.evidence

    @property
    def key(self) -> tuple[str, str]:
        """Return what is unique in a debate: the essay's slug and the comment's id."""
        return (self.comment.essay, self.comment.id)

    def answers(self, other: TaggedComment) -> bool:
        """Say whether this is a reply to the other."""
        return self.parent is not None and (self.comment.essay, self.parent) == other.key


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a comment, verbatim: `text` is an exact substring of its text; `comment` is an id within `essay`."""

    text: str
    comment: str
    essay: str
    stance: Label
    author: str | None


@dataclass(frozen=True, slots=True)
class Interval:
    """A 90 % interval, 0 to 1, for the share of comments that truly argue this, and its best estimate.

    `with_tagger` says whether the tagger's own error is inside; without it the interval holds sampling only.
    """

    low: float
    high: float
    estimate: float
    with_tagger: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many comments carry a label, and how many distinct commenters wrote at least one of them.

    `share` is `comments` over all tagged comments, `commenter_share` is `commenters` over all commenters (a person may
    take two stances, so these need not add up to 1). Both are None under the floor, where counts must speak.
    `interval` belongs to comments, not to commenters; "not sure" is a result of the tagger, so its interval holds
    sampling alone.
    """

    label: Label
    name: str
    comments: int
    commenters: int
    share: float | None = None
    commenter_share: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A sentence that stands for what many wrote: `quote` is the pick, `matches` the like sentences of others.

    `comments` and `commenters` count the pick's own and those who say something like it.
    """

    quote: Quote
    comments: int
    commenters: int
    matches: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyPoints:
    """The points of every stance present and what they leave out: of `total` comments `other` say something else."""

    points: tuple[KeyPoint, ...] = ()
    total: int = 0
    other: int = 0
    words: str = ""

    @property
    def covered(self) -> int:
        """Return how many comments the points stand for."""
        return self.total - self.other


@dataclass(frozen=True, slots=True)
class Exchange:
    """How often comments labelled `answering` reply to those labelled `answered`.

    `expected` is the mean when stances are dealt out anew among the replies of each essay, `p_value` the share of such
    deals at least as far from it (two-sided). Both are None under the floor.
    """

    answered: Label
    answering: Label
    observed: int
    expected: float | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Who answers whom: every pair of labels, and sentences on the rows that allow one."""

    replies: int = 0
    cells: tuple[Exchange, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommonPoint:
    """A point made from two stances or more: one quote of each, and how many people make it."""

    quotes: tuple[Quote, ...]
    commenters: int


@dataclass(frozen=True, slots=True)
class ContestedPoint:
    """An answer across stances about the same thing: the two comments' own words, side by side."""

    quote: Quote
    reply: Quote
    similarity: float

    @property
    def quotes(self) -> tuple[Quote, Quote]:
        """Return both sides."""
        return (self.quote, self.reply)


@dataclass(frozen=True, slots=True)
class Term:
    """A word that one stance uses more than the rest: in how many of its comments and of the others', and z."""

    term: str
    stance: str
    comments: int
    elsewhere: int
    z_score: float


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """The comments of every label up to and including `day`, in the order of the timeline's labels."""

    day: date
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EssayMark:
    """The day an essay appeared."""

    day: date
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Cumulative counts as steps, one for each day with comments; `undated` comments are in none of them."""

    labels: tuple[Label, ...] = ()
    steps: tuple[TimelineStep, ...] = ()
    essays: tuple[EssayMark, ...] = ()
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Participation:
    """How evenly people took part: `gini` 0 when all wrote alike, towards 1 when one wrote nearly everything."""

    commenters: int = 0
    comments: int = 0
    gini: float = 0.0
    top_three: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class StanceTone:
    """The mean tone of a label's comments: `polarity` -1 to 1, `subjectivity` 0 to 1. Tone is not stance."""

    label: Label
    name: str
    comments: int
    polarity: float
    subjectivity: float


@dataclass(frozen=True, slots=True)
class Said:
    """What rests on the words that comments have in common."""

    key_points: KeyPoints = KeyPoints()
    common_ground: tuple[CommonPoint, ...] = ()
    contested: tuple[ContestedPoint, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Tones:
    """The tone of every label present."""

    each: tuple[StanceTone, ...] = ()


@dataclass(frozen=True, slots=True)
class DebateSummary:
    """Where a debate, or the thread of one essay, stands.

    `comments` counts the published ones, `tagged` those with a tag (a stance, "none" or "not sure"), `commenters` the
    distinct people behind the tagged ones. `shares` follow the stances' order, then "none", then "not sure"; they are
    empty where only aggregates are shown and so few comments are tagged that counts would give single ones away. Such
    comments are not in `tagged` either. `read` counts the tagged comments whose words were read (see `reading`) for key
    points, common ground, contested points and terms; of these their own figures are.
    """

    debate: Debate
    essays: tuple[Essay, ...]
    comments: int
    tagged: int
    read: int
    commenters: int
    shares: tuple[Share, ...]
    quotes: tuple[Quote, ...]
    headline: str
    words: str
    key_points: KeyPoints
    exchanges: Exchanges
    common_ground: tuple[CommonPoint, ...]
    contested: tuple[ContestedPoint, ...]
    terms: tuple[Term, ...]
    timeline: Timeline
    participation: Participation
    tone: tuple[StanceTone, ...]
