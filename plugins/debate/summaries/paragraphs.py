"""One headline and one paragraph for a debate or an essay, made of its figures.

What may be said: counts always; percentages and intervals from the floor on; "ahead" only where one stance's interval
lies above those of all the others; "most" only where it lies above one half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..contents import NONE
from .values import Share
from .words import capitalised, count_of, listed, numeral

FEWEST_TO_MISS = 5
"""With fewer comments nobody wonders why a stance is missing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures a paragraph is made of; `shares` as in a summary, `essays` how many it spans.

    `withheld` comments are tagged, yet in none of the figures, lest these give single ones away.
    """

    shares: tuple[Share, ...]
    comments: int
    tagged: int
    commenters: int
    essays: int
    withheld: int = 0

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


def headline_of(tally: Tally) -> str:
    """Return where the debate stands, in one sentence."""
    if not tally.comments:
        return "No comments so far."
    if not tally.shares:
        return capitalised(f"{count_of(tally.comments, 'comment')} so far, too few to show where they stand.")
    if not tally.tagged:
        return capitalised(f"{count_of(tally.comments, 'comment')} so far, not tagged yet.")
    if tally.tagged == 1:
        return f"One comment so far: {_single(tally)}."
    if not tally.sides:
        return capitalised(f"{count_of(tally.tagged, 'comment')} so far, none with a clear stance.")
    if len(tally.sides) == 1:
        return _one_sided(tally)
    return _measured(tally) if tally.is_measured else _counted(tally)


def paragraph_of(tally: Tally, exchanges: Sequence[str] = ()) -> str:
    """Return a paragraph: who wrote, what they argue, how sure that is, what is missing, who answers whom."""
    if tally.tagged < 2:
        return headline_of(tally)
    sentences = [_size(tally), _counts(tally), *_claims(tally), _missing(tally), *exchanges[:1]]
    return " ".join(sentence for sentence in sentences if sentence)


def _single(tally: Tally) -> str:
    if tally.sides:
        return f"it argues “{tally.sides[0].name}”"
    return "it takes no side" if tally.count(NONE) else "what it argues is not sure"


def _one_sided(tally: Tally) -> str:
    side = tally.sides[0]
    if side.comments == tally.tagged:
        return (
            f"All {numeral(side.comments)} comments argue “{side.name}”."
            if side.comments > 2
            else f"Both comments argue “{side.name}”."
        )
    if side.comments == 1:
        return f"Of {numeral(tally.tagged)} comments only one takes a side, for “{side.name}”."
    return f"All {numeral(side.comments)} comments that take a side argue “{side.name}”."


def _counted(tally: Tally) -> str:
    first, second, *rest = tally.sides
    if first.comments > second.comments:
        return f"Of {numeral(tally.tagged)} comments {_argued(tally.sides, numeral(first.comments))}."
    level = [first, *(side for side in (second, *rest) if side.comments == first.comments)]
    return f"{listed([f'“{side.name}”' for side in level])} are level at {count_of(first.comments, 'comment')} each."


def _measured(tally: Tally) -> str:
    leader = _leader(tally)
    if leader is None or leader.interval is None:
        return f"No stance is clearly ahead: {_contenders_words(tally)} are too close to call."
    if leader.interval.low > 0.5:
        return f"Most comments argue “{leader.name}” ({_range(leader)})."
    return f"“{leader.name}” is ahead of the other stances ({_range(leader)} of the comments)."


def _leader(tally: Tally) -> Share | None:
    first, *others = sorted(_with_intervals(tally), key=lambda side: -side.interval.low if side.interval else 0.0)
    highs = [side.interval.high for side in others if side.interval]
    return first if first.interval and all(first.interval.low > high for high in highs) else None


def _contenders_words(tally: Tally) -> str:
    """Return the stances whose interval reaches that of the stance with the highest lower end."""
    sides = _with_intervals(tally)
    top = max(side.interval.low for side in sides if side.interval)
    names = [f"“{side.name}”" for side in sides if side.interval and side.interval.high >= top]
    return f"all {numeral(len(names))}" if len(names) == len(sides) > 2 else listed(names)


def _with_intervals(tally: Tally) -> list[Share]:
    return [share for share in tally.shares if share.label not in (None, NONE) and share.interval]


def _size(tally: Tally) -> str:
    by = "all by one person" if tally.commenters == 1 else f"by {count_of(tally.commenters, 'person', 'people')}"
    under = f" under {count_of(tally.essays, 'essay')}" if tally.essays > 1 else ""
    tagged = f"{count_of(tally.tagged, 'comment')}{', ' if tally.commenters == 1 else ' '}{by}{under}"
    return capitalised(f"{tagged}{_not_counted(tally)}.")


def _not_counted(tally: Tally) -> str:
    """Return " (two more are not tagged, one is too few under its essay to be shown)" or nothing."""
    untagged = tally.comments - tally.tagged - tally.withheld
    parts = [f"{numeral(untagged)} more {'is' if untagged == 1 else 'are'} not tagged"] if untagged else []
    if tally.withheld:
        verb = "is" if tally.withheld == 1 else "are"
        parts.append(f"{numeral(tally.withheld)} under essays with few comments {verb} left out")
    return f" ({', '.join(parts)})" if parts else ""


def _counts(tally: Tally) -> str:
    none, unsure = tally.count(NONE), tally.count(None)
    parts = [_argued(tally.sides, count_of(tally.sides[0].comments, "comment"))] if tally.sides else []
    if none:
        number = numeral(none) if parts else count_of(none, "comment")
        parts.append(f"{number} {'takes' if none == 1 else 'take'} no side")
    if unsure:
        number = numeral(unsure) if parts else count_of(unsure, "comment")
        parts.append(f"on {number} the tagger is not sure")
    return capitalised(f"{'; '.join(parts)}.")


def _argued(sides: Sequence[Share], number: str) -> str:
    """Return "five argue “a”, two “b” and one “c”"; `number` is what it begins with, "five" or "five comments"."""
    first, *rest = sides
    verb = "argues" if first.comments == 1 else "argue"
    return listed([f"{number} {verb} “{first.name}”", *(f"{numeral(side.comments)} “{side.name}”" for side in rest)])


def _claims(tally: Tally) -> list[str]:
    """Return what follows from the counts: ties and smallness below the floor, ranges and their meaning above."""
    if not tally.sides:
        return []
    if not tally.is_measured:
        return [*_ties(tally.sides), "That is too few for percentages."]
    return [*([headline_of(tally)] if len(tally.sides) > 1 else []), _ranges(tally), _caveat(tally)]


def _ties(sides: Sequence[Share]) -> list[str]:
    level = [side for side in sides if side.comments == sides[0].comments]
    return [f"{listed([f'“{side.name}”' for side in level])} are level."] if len(level) > 1 else []


def _ranges(tally: Tally) -> str:
    first, *rest = sorted(_with_intervals(tally), key=lambda side: -side.comments)
    said = f"the share of “{first.name}” is {_range(first)} of the comments"
    return capitalised(f"{listed([said, *(f'that of “{side.name}” {_range(side)}' for side in rest)])}.")


def _caveat(tally: Tally) -> str:
    if all(side.interval.with_tagger for side in _with_intervals(tally) if side.interval):
        return "These ranges allow for chance and for the tagger's own mistakes."
    return "These ranges allow for chance, not for the tagger's mistakes, which are not measured here."


def _missing(tally: Tally) -> str:
    if tally.tagged < FEWEST_TO_MISS or not tally.absent or not tally.sides:
        return ""
    if len(tally.sides) == 1:
        return "No comment is tagged with another side." if tally.sides[0].comments > 1 else ""
    return f"No comment is tagged {' or '.join(f'“{side.name}”' for side in tally.absent)}."


def _range(share: Share) -> str:
    """Return "between 8 and 29 %", "at most 29 %", "at least 71 %"."""
    if share.interval is None:
        return ""
    low, high = round(share.interval.low * 100), round(share.interval.high * 100)
    if not low:
        return f"at most {high} %"
    return f"at least {low} %" if high == 100 else f"between {low} and {high} %"
