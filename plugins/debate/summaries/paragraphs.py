"""One paragraph for a debate or an essay, made of its figures.

What may be said: counts always; percentages and intervals from the floor on. Each sentence that counts two things has
a phrase for each of them, because a language's plural form follows one number.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..languages import ENGLISH, Language, capitalised
from .counting import counts_of, not_counted
from .headlines import headline_of, level_with, quoted_names, range_of
from .tallies import Tally

FEWEST_TO_MISS = 5
"""With fewer comments nobody wonders why a stance is missing."""


def paragraph_of(tally: Tally, exchanges: Sequence[str] = (), language: Language = ENGLISH) -> str:
    """Return a paragraph: who wrote, what they argue, how sure that is, what is missing, who answers whom."""
    if tally.tagged < 2:
        return headline_of(tally, language)
    counts = language.gettext("%(clauses)s.", clauses=counts_of(tally, language))
    sentences = [_size(tally, language), counts, *_claims(tally, language), _missing(tally, language), *exchanges[:1]]
    return " ".join(capitalised(sentence) for sentence in sentences if sentence)


def _size(tally: Tally, language: Language) -> str:
    size, apart = _written(tally, language), not_counted(tally, language)
    if apart:
        # Translators: as in "Nine comments by two people (one more is not tagged)."
        return language.gettext("%(size)s (%(apart)s).", size=size, apart=apart)
    return language.gettext("%(size)s.", size=size)


def _written(tally: Tally, language: Language) -> str:
    comments = language.ngettext("one comment", "%(count)s comments", tally.tagged)
    by = language.ngettext("by one person", "by %(count)s people", tally.commenters)
    under = language.ngettext("under one essay", "under %(count)s essays", tally.essays)
    if tally.commenters == 1 and tally.essays == 1:
        return language.gettext("%(comments)s, all by one person", comments=comments)
    if tally.commenters == 1:
        # Translators: %(under)s is "under two essays".
        return language.gettext("%(comments)s, all by one person %(under)s", comments=comments, under=under)
    if tally.essays == 1:
        # Translators: %(comments)s is "nine comments", %(by)s "by two people".
        return language.gettext("%(comments)s %(by)s", comments=comments, by=by)
    return language.gettext("%(comments)s %(by)s %(under)s", comments=comments, by=by, under=under)


def _claims(tally: Tally, language: Language) -> list[str]:
    """Return what follows from the counts: ties and smallness below the floor, ranges and their meaning above."""
    if not tally.sides:
        return []
    if not tally.is_measured:
        return [_tie(tally, language), language.gettext("That is too few for percentages.")]
    return [
        headline_of(tally, language) if len(tally.sides) > 1 else "",
        _ranges(tally, language),
        _caveat(tally, language),
    ]


def _tie(tally: Tally, language: Language) -> str:
    level = level_with(tally)
    if len(level) == 1:
        return ""
    return language.gettext("%(stances)s are level.", stances=language.listed(quoted_names(level, language)))


def _ranges(tally: Tally, language: Language) -> str:
    """Return "the share of “a” is between 8 and 29 % of the comments and that of “b” at least 71 %."."""
    ranged = sorted(tally.ranged, key=lambda pair: -pair[0].comments)
    (first, interval), *others = [(share.name, range_of(interval, language)) for share, interval in ranged]
    # Translators: %(range)s is "between 8 and 29 %%", "at most 29 %%" or "at least 71 %%".
    leading = language.gettext("the share of “%(stance)s” is %(range)s of the comments", stance=first, range=interval)
    rest = [language.gettext("that of “%(stance)s” %(range)s", stance=name, range=words) for name, words in others]
    return language.gettext("%(clauses)s.", clauses=language.listed([leading, *rest]))


def _caveat(tally: Tally, language: Language) -> str:
    if not tally.guessed:
        return language.gettext("These ranges allow for chance.")
    if all(interval.with_tagger for _, interval in tally.ranged):
        return language.gettext("These ranges allow for chance and for the tagger's own mistakes.")
    return language.gettext(
        "These ranges allow for chance, not for the tagger's mistakes, which are not measured here."
    )


def _missing(tally: Tally, language: Language) -> str:
    if tally.tagged < FEWEST_TO_MISS or not tally.absent or not tally.sides:
        return ""
    if len(tally.sides) > 1:
        stances = language.either(quoted_names(tally.absent, language))
        return language.gettext("No comment is tagged %(stances)s.", stances=stances)
    if tally.sides[0].comments == 1:
        return ""
    return language.gettext("No comment is tagged with another side.")
