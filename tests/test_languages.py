import logging
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from debate.languages import ENGLISH, Language, direction_of, hundredths, read_language

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"
"""
NOWHERE = Path("nowhere")


def catalogue(*pairs: tuple[str, str]) -> str:
    """Return the text of a catalogue of plain messages."""
    return CATALOGUE + "".join(f'\nmsgid "{message}"\nmsgstr "{words}"\n' for message, words in pairs)


@pytest.fixture
def german() -> Language:
    return read_language("de", NOWHERE)


@pytest.mark.parametrize(
    ("code", "day", "short"),
    [
        ("en", "3 January 2020", "3 Jan 2020"),
        ("en-US", "January 3, 2020", "Jan 3, 2020"),
        ("de", "3. Januar 2020", "03.01.2020"),
        ("de-AT", "3. Jänner 2020", "03.01.2020"),
        ("pt_BR", "3 de janeiro de 2020", "3 de jan. de 2020"),
    ],
)
def test_dates_follow_the_language_and_its_region(code: str, day: str, short: str) -> None:
    language = read_language(code, NOWHERE)
    assert language.day(date(2020, 1, 3)) == day
    assert language.short_day(date(2020, 1, 3)) == short


def test_a_day_is_the_one_the_file_names_whatever_its_zone() -> None:
    assert ENGLISH.day(datetime(2020, 1, 3, 23, 59, tzinfo=UTC)) == "3 January 2020"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1, "one"), (9, "nine"), (10, "10"), (1200, "1,200"), (-3, "-3")]
)
def test_small_numbers_are_words_and_large_ones_are_set_apart(number: int, words: str) -> None:
    assert ENGLISH.numeral(number) == words


@pytest.mark.parametrize(("share", "words"), [(0, "0"), (0.004, "under 1"), (0.713, "71"), (1, "100")])
def test_a_small_share_is_never_rounded_to_nothing(share: float, words: str) -> None:
    assert ENGLISH.per_cent(share) == f"{words}\u00a0%"


@pytest.mark.parametrize(("part", "whole", "number"), [(13, 104, 13), (29, 200, 15), (1, 200, 1), (49, 200, 25)])
def test_half_a_per_cent_is_rounded_up_as_readers_do(part: int, whole: int, number: int) -> None:
    assert hundredths(part / whole) == number


@pytest.mark.parametrize(
    ("value", "places", "signed", "words"),
    [(0.425, 2, False, "0.42"), (2.675, 2, False, "2.67"), (-0.5, 2, True, "−0.50"), (0.5, 2, True, "+0.50")],
)
def test_fractions_are_rounded_as_python_does(value: float, places: int, signed: bool, words: str) -> None:
    assert ENGLISH.decimal(value, places, signed=signed) == words


@pytest.mark.parametrize(
    ("parts", "both", "either"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a and b", "a or b"), (["a", "b", "c"], "a, b and c", "a, b or c")],
)
def test_lists_read_like_prose(parts: list[str], both: str, either: str) -> None:
    assert (ENGLISH.listed(parts), ENGLISH.either(parts)) == (both, either)


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("he", "rtl"), ("ar-EG", "rtl"), ("no such", "ltr")])
def test_the_direction_is_that_of_the_languages_script(code: str, direction: str) -> None:
    assert direction_of(code) == direction


def test_a_language_without_a_catalogue_has_english_words_and_numbers_but_its_own_dates_and_direction(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        hebrew = read_language("he", NOWHERE)
    assert (hebrew.numeral(2), hebrew.number(1200), hebrew.direction) == ("two", "1,200", "rtl")
    assert hebrew.day(date(2020, 1, 3)) == "3 בינואר 2020"
    (message,) = caplog.messages
    assert "he" in message
    assert "docs/translating.md" in message


@pytest.mark.parametrize("code", ["klingon", "", "de-AT-x-y", "../../etc"])
def test_an_unknown_code_is_english_and_says_so_once(code: str, caplog: pytest.LogCaptureFixture) -> None:
    assert read_language(code, NOWHERE) is ENGLISH
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("code", ["en", "en-GB", "en_US"])
def test_english_needs_no_catalogue_and_no_message(code: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert read_language(code, NOWHERE).is_english
    assert caplog.messages == []


def test_an_owner_overrides_single_strings_also_english_ones(tmp_path: Path) -> None:
    (tmp_path / "en.po").write_text(catalogue(("%(number)s\u00a0%%", "%(number)s%%")), encoding="utf-8")
    language = read_language("en-GB", tmp_path)
    assert (language.per_cent(0.5), language.listed(["a", "b"])) == ("50%", "a and b")


def test_a_regions_own_catalogue_adds_to_its_languages(tmp_path: Path) -> None:
    (tmp_path / "fr.po").write_text(
        catalogue(("%(first)s and %(last)s", "%(first)s et %(last)s"), ("“%(words)s”", "« %(words)s »")),
        encoding="utf-8",
    )
    (tmp_path / "fr_CH.po").write_text(catalogue(("“%(words)s”", "«%(words)s»")), encoding="utf-8")
    language = read_language("fr-CH", tmp_path)
    assert (language.listed(["a", "b"]), language.quoted("a")) == ("a et b", "«a»")


def test_plural_forms_are_the_languages_own(tmp_path: Path) -> None:
    forms = "".join(f'msgstr[{n}] "%(count)s {word}"\n' for n, word in enumerate(("tag", "tagi", "tagów")))
    (tmp_path / "pl.po").write_text(f'{CATALOGUE}\nmsgid "one tag"\nmsgid_plural "%(count)s tags"\n{forms}', "utf-8")
    polish = read_language("pl", tmp_path)
    said = [polish.ngettext("one tag", "%(count)s tags", number) for number in (1, 3, 5, 22, 25)]
    assert said == ["one tag", "three tagi", "five tagów", "22 tagi", "25 tagów"]


def test_the_digest_changes_with_what_a_language_says(tmp_path: Path) -> None:
    plain = read_language("de", tmp_path)
    assert read_language("de", tmp_path).digest == plain.digest != read_language("en", tmp_path).digest
    (tmp_path / "de.po").write_text(catalogue(("“%(words)s”", "»%(words)s«")), encoding="utf-8")
    assert read_language("de", tmp_path).digest != plain.digest


def test_a_language_is_written_the_same_in_every_build(tmp_path: Path) -> None:
    assert repr(read_language("de", tmp_path)) == repr(read_language("de", tmp_path))
    assert " at 0x" not in repr(ENGLISH)


def test_one_moment_is_named_by_the_day_it_has_in_each_time_zone() -> None:
    evening = datetime(2020, 1, 1, 23, 30, tzinfo=UTC)
    night = evening.astimezone(timezone(timedelta(hours=1)))
    assert evening == night
    assert [ENGLISH.day(evening), ENGLISH.day(night)] == ["1 January 2020", "2 January 2020"]
