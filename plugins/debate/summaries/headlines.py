"""Where a debate or an essay's thread stands, in one sentence.

What may be said: counts always, with how many more are not tagged; intervals from the floor on; "ahead" only where one
stance's interval lies above those of all the others; "most" only where it lies above one half.
"""

from __future__ import annotations

from ..contents import NONE
from ..languages import ENGLISH, Language, capitalised, hundredths
from .counting import counts_of, not_counted, others_of
from .tallies import Tally
from .values import Interval, Share


def headline_of(tally: Tally, language: Language = ENGLISH) -> str:
    """Return where the debate stands, in one sentence."""
    return capitalised(_sentence(tally, language))


def stances_of(tally: Tally, language: Language) -> str:
    """Return "four argue “a”, two “b” and one “c”"."""
    first, *others = tally.sides
    leading = language.ngettext(
        "one argues “%(stance)s”", "%(count)s argue “%(stance)s”", first.comments, stance=first.name
    )
    return language.listed([leading, *others_of(others, language)])


def level_with(tally: Tally) -> list[Share]:
    """Return the stances with as many comments as the most frequent one, itself among them."""
    return [side for side in tally.sides if side.comments == tally.sides[0].comments]


def quoted_names(sides: list[Share], language: Language) -> list[str]:
    """Return the names of stances in quotation marks."""
    return [language.quoted(side.name) for side in sides]


def range_of(interval: Interval, language: Language) -> str:
    """Return "between 8 and 29 %", "at most 29 %", "at least 71 %"."""
    low, high = hundredths(interval.low), hundredths(interval.high)
    if not low:
        return language.gettext("at most %(high)s\u00a0%%", high=high)
    if high == 100:
        return language.gettext("at least %(low)s\u00a0%%", low=low)
    return language.gettext("between %(low)s and %(high)s\u00a0%%", low=low, high=high)


def _sentence(tally: Tally, language: Language) -> str:
    if not tally.comments:
        return language.gettext("No comments so far.")
    if not tally.shares or not tally.tagged:
        return _unlabelled(tally, language)
    if tally.tagged < tally.comments and not tally.is_measured:
        return _partly_tagged(tally, language)
    if tally.tagged == 1:
        return _single(tally, language)
    if len(tally.sides) < 2:
        return _one_sided(tally, language)
    return _measured(tally, language) if tally.is_measured else _counted(tally, language)


def _unlabelled(tally: Tally, language: Language) -> str:
    if not tally.shares:
        return language.ngettext(
            "One comment so far, too few to show where they stand.",
            "%(count)s comments so far, too few to show where they stand.",
            tally.comments,
        )
    return language.ngettext(
        "One comment so far, not tagged yet.", "%(count)s comments so far, not tagged yet.", tally.comments
    )


def _partly_tagged(tally: Tally, language: Language) -> str:
    """Return a sentence on the comments that count which does not pass them off as all."""
    # Translators: as in "Nine comments by two people (one more is not tagged)."
    return language.gettext(
        "%(size)s (%(apart)s).", size=counts_of(tally, language), apart=not_counted(tally, language)
    )


def _single(tally: Tally, language: Language) -> str:
    if tally.sides:
        return language.gettext("One comment so far: it argues “%(stance)s”.", stance=tally.sides[0].name)
    if tally.count(NONE):
        return language.gettext("One comment so far: it takes no side.")
    return language.gettext("One comment so far: what it argues is not sure.")


def _one_sided(tally: Tally, language: Language) -> str:
    if not tally.sides:
        return language.ngettext(
            "One comment so far, without a clear stance.",
            "%(count)s comments so far, none with a clear stance.",
            tally.tagged,
        )
    (side,) = tally.sides
    if side.comments == tally.tagged:
        return _unanimous(side, language)
    return language.ngettext(
        "Of %(total)s comments only one takes a side, for “%(stance)s”.",
        "All %(count)s comments that take a side argue “%(stance)s”.",
        side.comments,
        stance=side.name,
        total=language.numeral(tally.tagged),
    )


def _unanimous(side: Share, language: Language) -> str:
    if side.comments == 2:
        return language.gettext("Both comments argue “%(stance)s”.", stance=side.name)
    return language.ngettext(
        "One comment argues “%(stance)s”.",
        "All %(count)s comments argue “%(stance)s”.",
        side.comments,
        stance=side.name,
    )


def _counted(tally: Tally, language: Language) -> str:
    level = level_with(tally)
    if len(level) == 1:
        total = language.numeral(tally.tagged)
        # Translators: %(stances)s is "four argue “a”, two “b” and one “c”".
        return language.gettext("Of %(total)s comments %(stances)s.", total=total, stances=stances_of(tally, language))
    return language.ngettext(
        "%(stances)s are level at one comment each.",
        "%(stances)s are level at %(count)s comments each.",
        level[0].comments,
        stances=language.listed(quoted_names(level, language)),
    )


def _measured(tally: Tally, language: Language) -> str:
    leader = _leader(tally)
    if leader is None:
        return _undecided(tally, language)
    share, interval = leader
    words = {"stance": share.name, "range": range_of(interval, language)}
    return (_most if interval.low > 0.5 else _ahead)(words, language, partly=tally.untagged > 0)


def _most(words: dict[str, str], language: Language, *, partly: bool) -> str:
    if partly:
        return language.gettext("Most tagged comments argue “%(stance)s” (%(range)s).", **words)
    return language.gettext("Most comments argue “%(stance)s” (%(range)s).", **words)


def _ahead(words: dict[str, str], language: Language, *, partly: bool) -> str:
    if partly:
        return language.gettext(
            "“%(stance)s” is ahead of the other stances (%(range)s of the tagged comments).", **words
        )
    return language.gettext("“%(stance)s” is ahead of the other stances (%(range)s of the comments).", **words)


def _leader(tally: Tally) -> tuple[Share, Interval] | None:
    first, *others = sorted(tally.ranged, key=lambda pair: -pair[1].low)
    return first if all(first[1].low > interval.high for _, interval in others) else None


def _undecided(tally: Tally, language: Language) -> str:
    """Return a sentence on the stances whose interval reaches that of the stance with the highest lower end."""
    top = max(interval.low for _, interval in tally.ranged)
    names = quoted_names([share for share, interval in tally.ranged if interval.high >= top], language)
    if len(names) == len(tally.ranged) > 2:
        return language.ngettext(
            "No stance is clearly ahead: they are too close to call.",
            "No stance is clearly ahead: all %(count)s are too close to call.",
            len(names),
        )
    return language.gettext(
        "No stance is clearly ahead: %(stances)s are too close to call.", stances=language.listed(names)
    )
