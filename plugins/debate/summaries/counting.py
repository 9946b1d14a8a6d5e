"""What is counted of a debate, in phrases that its headline and its paragraph share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from ..contents import NONE
from ..languages import Language
from .tallies import Tally
from .values import Share


def counts_of(tally: Tally, language: Language) -> str:
    """Return "five comments argue “a” and two “b”; three take no side; on one the tagger is not sure"."""
    clauses = [
        *([_sides(tally.sides, language)] if tally.sides else []),
        _neutral(tally.count(NONE), language, goes_on=bool(tally.sides)),
        _unsure(tally.count(None), language, goes_on=bool(tally.sides or tally.count(NONE))),
    ]
    return _joined([clause for clause in clauses if clause], language)


def not_counted(tally: Tally, language: Language) -> str:
    """Return "two more are not tagged, one under essays with few comments is left out" or nothing."""
    untagged = language.ngettext("one more is not tagged", "%(count)s more are not tagged", tally.untagged)
    left_out = language.ngettext(
        "one under essays with few comments is left out",
        "%(count)s under essays with few comments are left out",
        tally.withheld,
    )
    apart = ((untagged, tally.untagged), (left_out, tally.withheld))
    return language.enumerated([words for words, count in apart if count])


def others_of(sides: list[Share], language: Language) -> list[str]:
    """Return "two “b”" for each of the stances named after the first."""
    return [
        # Translators: goes on behind "four comments argue “a”": two argue this one.
        language.ngettext("one “%(stance)s”", "%(count)s “%(stance)s”", side.comments, stance=side.name)
        for side in sides
    ]


def _joined(clauses: Sequence[str], language: Language) -> str:
    return reduce(lambda first, next: language.gettext("%(first)s; %(next)s", first=first, next=next), clauses)


def _sides(sides: list[Share], language: Language) -> str:
    first, *others = sides
    leading = language.ngettext(
        "one comment argues “%(stance)s”", "%(count)s comments argue “%(stance)s”", first.comments, stance=first.name
    )
    return language.listed([leading, *others_of(others, language)])


def _neutral(count: int, language: Language, *, goes_on: bool) -> str:
    """Return the clause on comments that take no side; one that goes on does not say "comments" again."""
    if not count:
        return ""
    if goes_on:
        return language.ngettext("one takes no side", "%(count)s take no side", count)
    return language.ngettext("one comment takes no side", "%(count)s comments take no side", count)


def _unsure(count: int, language: Language, *, goes_on: bool) -> str:
    if not count:
        return ""
    if goes_on:
        return language.ngettext("on one the tagger is not sure", "on %(count)s the tagger is not sure", count)
    return language.ngettext(
        "on one comment the tagger is not sure", "on %(count)s comments the tagger is not sure", count
    )
