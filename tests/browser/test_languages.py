"""Sites in other languages, seen in a browser: long German words, pages from right to left, names of many scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from factories import Built

from .looks import faults, open_all, overflowing
from .serving import served

if TYPE_CHECKING:
    from .reader import Reader

pytestmark = pytest.mark.browser

PATHS = ("/", "/tasse/", "/debate/tee/", "/debate/tee/milk/")

# Whether the full stop stands to the right of the letter before it: in a line that runs leftwards it is on the left.
_RUNS_RIGHT = """() => {
  const words = document.querySelector(".debate-words").firstChild, range = document.createRange();
  const left = n => { range.setStart(words, n); range.setEnd(words, n + 1);
    return range.getBoundingClientRect().left; };
  const end = words.data.trimEnd().length - 1;
  return words.data[end] === "." && left(end - 1) < left(end);
}"""


@pytest.fixture(scope="package")
def german_site(german: Built) -> Iterator[str]:
    """Serve the German site and return its address."""
    with served(german.output) as address:
        yield address


@pytest.fixture(scope="package")
def hebrew_site(hebrew: Built) -> Iterator[str]:
    """Serve the Hebrew site and return its address."""
    with served(hebrew.output) as address:
        yield address


@pytest.fixture(params=["german_site", "hebrew_site"])
def visitor(request: pytest.FixtureRequest, reader_of: Callable[[str], Reader]) -> Reader:
    """Hand out a new visitor of the German and of the Hebrew site."""
    return reader_of(request.getfixturevalue(request.param))


@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_of_a_narrow_window_and_axe_finds_no_fault(visitor: Reader, path: str) -> None:
    page = visitor.open(path, width=320)
    assert overflowing(page) == []
    open_all(page)
    assert overflowing(page) == []
    assert faults(page) == []


def test_english_words_on_a_hebrew_page_run_rightwards(reader_of: Callable[[str], Reader], hebrew_site: str) -> None:
    page = reader_of(hebrew_site).open("/debate/tee/")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate(_RUNS_RIGHT)


def test_english_words_around_an_arabic_essay_run_rightwards(reader_of: Callable[[str], Reader], sink: str) -> None:
    page = reader_of(sink).open("/essays/right-to-left/ar/")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate(_RUNS_RIGHT)


def test_the_reply_form_speaks_german(reader_of: Callable[[str], Reader], german_site: str) -> None:
    page = reader_of(german_site).open("/kanne/")
    page.get_by_role("button", name="Antworten").first.click()
    assert page.get_by_role("button", name="Verwerfen").is_visible()
    assert page.get_by_label("Name", exact=True).is_visible()
