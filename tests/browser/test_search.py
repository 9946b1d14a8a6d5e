"""Searching in the browser: what is found, where results lead, and what of a comment can never come alive."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from debate.desk.searching import index_command
from factories import build, comment_file, essay_file
from sites import TEA_SITE

from .looks import faults, focused, overflowing, shift
from .serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .reader import Reader

pytestmark = pytest.mark.browser
LINKS = ".search-results a"
SITE = TEA_SITE | {
    "comments/cup/markup.md": comment_file(
        "`Seek <img src=x onerror=alert(1)> <mark>here</mark>`", author="<b>Eve</b>"
    ),
    **{
        f"essays/many-{number}.md": essay_file(f"Many {number}", Slug=f"many-{number}", body="Plentiful.")
        for number in range(12)
    },
}


def _built(folder: Path, **settings: object) -> Path:
    pytest.importorskip("pagefind", reason="Pagefind is not installed")
    built = build(folder, SITE, DEBATE_SEARCH_URL="search/", **settings)
    assert built.code == 0, built.log
    assert index_command(folder / ".cache", built.output)
    return built.output


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build and index a small site whose links are relative."""
    return _built(tmp_path_factory.mktemp("search"), SITEURL="", RELATIVE_URLS=True)


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    """Serve the small site and return its address."""
    with served(output) as site:
        yield site


@pytest.fixture
def seeker(reader_of: Callable[[str], Reader], address: str) -> Reader:
    """Hand out a new visitor of the small site."""
    return reader_of(address)


def _ready(page: Page) -> Page:
    page.locator("#search").wait_for(state="visible")
    return page


def _told(page: Page, words: str) -> str:
    page.locator("#search-status").filter(has_text=words).wait_for()
    return page.locator("#search-status").inner_text()


def _links(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator(LINKS).all()]


def test_a_comment_is_found_by_itself_and_its_result_leads_to_its_permalink(seeker: Reader, address: str) -> None:
    page = seeker.open("/search/?q=rude")
    assert _told(page, "Results") == "Results for “rude”: 1"
    page.locator(LINKS).click()
    assert page.url == f"{address}/cup/#comment-c4"
    assert "That was rude." in page.locator(":target").inner_text()


def test_a_question_in_the_header_of_any_page_is_answered_on_the_search_page(seeker: Reader) -> None:
    page = seeker.open("/cup/")
    page.get_by_role("searchbox").fill("milk")
    page.keyboard.press("Enter")
    assert _told(page, "Results for “milk”")
    assert page.get_by_role("searchbox").input_value() == "milk"


@pytest.mark.parametrize("secret", ["Pendingword", "Hiddenname", "Draftword", "Mallory", "Unfinished"])
def test_what_is_not_published_is_not_found(seeker: Reader, secret: str) -> None:
    assert "Nothing is found" in _told(seeker.open(f"/search/?q={secret}"), "Nothing")


def test_results_are_narrowed_by_stance_and_kind_and_the_address_keeps_it(seeker: Reader) -> None:
    page = _ready(seeker.open("/search/?q=tea"))
    page.get_by_label("Stance").select_option("Tea first")
    _told(page, "“tea”: 1")
    assert [link.rsplit("/", 1)[1] for link in _links(page)] == ["#comment-c1"]
    assert page.url.endswith("?q=tea&stance=Tea+first")
    page = _ready(seeker.open("/search/?kind=page"))
    assert _told(page, "Results") == "Results: 1"
    assert page.get_by_label("What").input_value() == "page"


def test_markup_in_a_comment_is_shown_as_the_text_it_is(seeker: Reader) -> None:
    page = seeker.open("/search/?q=seek")
    _told(page, "Results")
    entry = page.locator(".search-results > li")
    assert "<b>Eve</b> on “The Cup”" in entry.inner_text()
    assert "<img src=x onerror=alert(1)> <mark>here</mark>" in entry.inner_text()
    assert entry.locator("img, b").count() == 0
    assert entry.locator("mark").all_inner_texts() == ["Seek"]
    assert seeker.complaints == []


def test_a_question_that_is_markup_is_shown_as_the_text_it_is(seeker: Reader) -> None:
    page = seeker.open("/search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert "<img src=x onerror=alert(1)>" in _told(page, "img")
    assert page.locator("main img").count() == 0
    assert seeker.complaints == []


def test_a_result_spells_its_day_as_the_pages_do(seeker: Reader) -> None:
    page = seeker.open("/search/?q=rude")
    page.locator(LINKS).first.wait_for()
    assert "5 January 2020" in page.locator(".search-results").inner_text()


def test_more_results_are_added_on_request_and_the_focus_goes_to_the_first_of_them(seeker: Reader) -> None:
    page = seeker.open("/search/?q=plentiful")
    assert _told(page, "Results") == "Results for “plentiful”: 12"
    assert page.locator(LINKS).count() == 10
    page.get_by_role("button", name="More results").press("Enter")
    page.locator(LINKS).nth(11).wait_for()
    assert focused(page)["href"] == _links(page)[10]
    assert page.get_by_role("button", name="More results").count() == 0


def test_searching_asks_nothing_of_another_host(seeker: Reader, address: str) -> None:
    _told(seeker.open("/search/?q=milk"), "Results")
    assert any("pf_index" in request for request in seeker.requested)
    assert seeker.origins == {address}
    assert seeker.complaints == []


def test_search_works_by_the_keyboard_alone(seeker: Reader) -> None:
    page = _ready(seeker.open("/search/"))
    page.get_by_label("Words to look for").focus()
    page.keyboard.type("rude")
    _told(page, "“rude”: 1")
    for _ in range(9):
        page.keyboard.press("Tab")
        found = focused(page)
        assert found["visible"]
        assert found["outline"]
        if (found["href"] or "").endswith("#comment-c4"):
            return
    pytest.fail("Tab never reached the result")


def test_without_javascript_the_page_lists_every_essay_and_shows_no_dead_form(seeker: Reader) -> None:
    page = seeker.open("/search/?q=milk", scripts=False)
    assert "needs JavaScript" in page.locator("#search-status").inner_text()
    assert not page.locator("#search").is_visible()
    assert page.locator(".search-essays a").count() == 16


def test_without_an_index_the_page_says_so(reader_of: Callable[[str], Reader], output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "bare", ignore=shutil.ignore_patterns("pagefind"))
    with served(tmp_path / "bare") as site:
        reader = reader_of(site)
        reader.delay(150)
        page = reader.open("/search/", width=400, height=700)
        assert "cannot be read" in _told(page, "index")
        assert page.locator("#search :enabled").count() == 0
        assert shift(page) <= 0.01


@pytest.mark.parametrize("relative", [True, False])
def test_search_works_below_a_path(
    reader_of: Callable[[str], Reader], tmp_path: Path, relative: bool, output: Path
) -> None:
    folder = output if relative else tmp_path / "absolute"
    with served(folder, "/blog") as site:
        if not relative:
            _built(tmp_path / "site", SITEURL=site, RELATIVE_URLS=False).rename(folder)
        page = reader_of(site).open("/search/?q=rude")
        _told(page, "Results")
        page.locator(LINKS).click()
        assert page.url == f"{site}/cup/#comment-c4"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_fault_in_a_list_of_results(seeker: Reader, scheme: str, width: int) -> None:
    page = seeker.open("/search/?q=tea", scheme=scheme, width=width)  # type: ignore[arg-type]
    _told(page, "Results")
    page.locator(LINKS).first.wait_for()
    assert faults(page) == []
    assert overflowing(page) == []
