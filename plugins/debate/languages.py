"""The site's language: its catalogue, plural forms, numerals, lists, percentages, dates and direction.

A `Language` is made once a build and handed down the one way, from the door to Pelican to every stage that writes
sentences. Stages take English where none is given.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, reduce
from gettext import NullTranslations
from math import floor
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel import __version__ as LOCALE_DATA
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from .catalogues import SHIPPED, catalogue_paths, read_catalogues

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Language:
    """How a site speaks: `code` as its owner wrote it, `locale` for dates, `numbers` the locale of its words.

    The two differ where no catalogue has the site's language: its words are English then, and so are their numbers.
    `numerals` are the words for one to nine. `digest` changes with anything the language says, for what one build keeps
    for the next. Messages are whole sentences or phrases with named placeholders, %(name)s; a percent sign is "%%".
    """

    code: str
    locale: Locale
    numbers: Locale
    translations: NullTranslations = field(repr=False)
    numerals: tuple[str, ...]
    digest: str = ""

    def gettext(self, message: str, **values: object) -> str:
        """Return a message in this language with its placeholders filled."""
        return self.translations.gettext(message) % values

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Return a message that means one thing in this context and another elsewhere."""
        return self.translations.pgettext(context, message) % values

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a message that fits a number; %(count)s is the number as prose writes it."""
        return self.translations.ngettext(one, many, number) % {"count": self.numeral(number), **values}

    def npgettext(self, context: str, one: str, many: str, number: int, **values: object) -> str:
        """Return the form that fits a number, of a message that means one thing in this context."""
        return self.translations.npgettext(context, one, many, number) % {"count": self.numeral(number), **values}

    def numeral(self, number: int) -> str:
        """Return a number as prose writes it: in words from one to nine."""
        return self.numerals[number - 1] if 0 < number <= len(self.numerals) else self.number(number)

    def number(self, number: int) -> str:
        """Return a number in figures, its thousands set apart: 1,200."""
        return str(format_decimal(number, locale=self.numbers))

    def decimal(self, value: float, places: int, *, signed: bool = False) -> str:
        """Return a fraction with so many decimal places: 0.42, or +0.42 where the sign matters."""
        zeros = "0" * places
        pattern = f"+0.{zeros};−0.{zeros}" if signed else f"0.{zeros};−0.{zeros}"
        # Rounded here as Python rounds floats: Babel would round their shortest decimal spelling instead.
        return str(format_decimal(round(value, places), format=pattern, locale=self.numbers))

    def per_cent(self, share: float) -> str:
        """Return "71 %" for 0.71; what is above nothing and below one per cent is "under 1 %"."""
        if 0 < share < 0.01:
            return self.gettext("under %(share)s", share=self.per_cent(0.01))
        return self.gettext("%(number)s\u00a0%%", number=hundredths(share))

    def quoted(self, words: str) -> str:
        """Return words in this language's quotation marks."""
        return self.gettext("“%(words)s”", words=words)

    def enumerated(self, parts: Sequence[str]) -> str:
        """Return "a", "a, b", "a, b, c"."""
        if not parts:
            return ""
        return reduce(lambda first, next: self.gettext("%(first)s, %(next)s", first=first, next=next), parts)

    def listed(self, parts: Sequence[str]) -> str:
        """Return "a", "a and b", "a, b and c"."""
        start = self.enumerated(parts[:-1])
        return self.gettext("%(first)s and %(last)s", first=start, last=parts[-1]) if start else "".join(parts)

    def either(self, parts: Sequence[str]) -> str:
        """Return "a", "a or b", "a, b or c"."""
        start = self.enumerated(parts[:-1])
        return self.gettext("%(first)s or %(last)s", first=start, last=parts[-1]) if start else "".join(parts)

    def day(self, day: date) -> str:
        """Return a day in words: 3 January 2020."""
        # A moment equals the same moment of another time zone, where it may be another day: only its day is remembered.
        return _long_date(day.date() if isinstance(day, datetime) else day, self.locale)

    def short_day(self, day: date) -> str:
        """Return a day for the narrow places of tables and charts: 3 Jan 2020."""
        return str(format_date(day, "medium", locale=self.locale))

    def period(self, numbers: Sequence[int]) -> str:
        """Return the name of a year, of one of its months, or of a day: 2020, January 2020, 3 January 2020."""
        year, month, day = (*numbers, 1, 1)[:3]
        if len(numbers) == 3:
            return self.day(date(year, month, day))
        skeleton = "y" if len(numbers) == 1 else "yMMMM"
        return str(format_skeleton(skeleton, date(year, month, day), locale=self.locale))

    @property
    def direction(self) -> str:
        """Return "rtl" for a language written from right to left, else "ltr": the `dir` of a page."""
        return str(self.locale.text_direction)

    @property
    def is_borrowed(self) -> bool:
        """Say whether the words are English for want of a catalogue."""
        return not self.is_english and self.numbers == ENGLISH.numbers

    @property
    def is_english(self) -> bool:
        """Say whether the parts that know English words alone may speak (docs/translating.md)."""
        return bool(self.locale.language == "en")


def hundredths(share: float) -> int:
    """Return a share in whole per cent, a half rounded up as readers round: 13 for 0.125."""
    # Nine places: 0.145 times 100 is a hair less than 14.5.
    return floor(round(100 * share, 9) + 0.5)


@lru_cache(maxsize=10_000)
def _long_date(day: date, locale: Locale) -> str:
    return str(format_date(day, "long", locale=locale))


def _numerals(translations: NullTranslations) -> tuple[str, ...]:
    return (
        translations.pgettext("number", "one"),
        translations.pgettext("number", "two"),
        translations.pgettext("number", "three"),
        translations.pgettext("number", "four"),
        translations.pgettext("number", "five"),
        translations.pgettext("number", "six"),
        translations.pgettext("number", "seven"),
        translations.pgettext("number", "eight"),
        translations.pgettext("number", "nine"),
    )


_AS_WRITTEN = NullTranslations()
ENGLISH = Language("en", Locale.parse("en_001"), Locale.parse("en"), _AS_WRITTEN, _numerals(_AS_WRITTEN))
"""What every stage speaks where it is given no language; dates are those of no country (3 January 2020)."""


def read_language(code: str, own: Path) -> Language:
    """Return the language of a code such as "de" or "de-AT": the plugin's catalogues, then those of the folder `own`.

    A region's catalogue adds to its language's. Where there is none the words are English; a code that nobody knows is
    English altogether. Both are logged once with the remedy. Raises CatalogueError for a catalogue that is wrong.
    """
    locale = locale_of(code)
    if locale is None:
        log.warning(
            "DEFAULT_LANG: %s is no known language code, so pages are English. Remedy: write one as de-AT.", code
        )
        return ENGLISH
    paths = catalogue_paths(list(reversed(list(_names(locale)))), own)
    translations = read_catalogues(paths, locale) if paths else _AS_WRITTEN
    if not paths and locale.language != "en":
        log.info("There is no catalogue for %s: words are English. Remedy: add one, see docs/translating.md.", code)
    numbers = locale if paths or locale.language == "en" else ENGLISH.numbers
    dates = ENGLISH.locale if str(locale) == "en" else locale
    return Language(code, dates, numbers, translations, _numerals(translations), _digest(code, paths))


def shipped_languages() -> Iterator[Language]:
    """Yield every language that has a catalogue in the plugin, in the order of their names."""
    for path in sorted(SHIPPED.glob("*.po")):
        yield read_language(path.stem, SHIPPED)


def locale_of(code: str) -> Locale | None:
    """Return what is known of a language by its code ("de", "de-AT", "de_AT"), None for an unknown one."""
    try:
        return Locale.parse(code.strip().replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def capitalised(sentence: str) -> str:
    """Return the sentence with its first letter in upper case, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def direction_of(code: str) -> str:
    """Return "rtl" for the code of a language written from right to left, else "ltr"."""
    locale = locale_of(code)
    return str(locale.text_direction) if locale else "ltr"


def _digest(code: str, paths: Sequence[Path]) -> str:
    """Return what changes with the language's code, its catalogues, and the release of the locale data."""
    parts = [code.encode(), LOCALE_DATA.encode(), *(path.read_bytes() for path in paths)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _names(locale: Locale) -> Iterator[str]:
    """Yield the names a catalogue may have, the most particular first: zh_Hans_CN, zh_CN, zh_Hans, zh."""
    parts: Mapping[str, tuple[str | None, ...]] = {
        "all": (locale.script, locale.territory),
        "territory": (locale.territory,),
        "script": (locale.script,),
        "none": (),
    }
    yield from dict.fromkeys("_".join([locale.language, *filter(None, rest)]) for rest in parts.values())
