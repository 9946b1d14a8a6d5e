"""Pages by the rules of WCAG 2.2 AA: by axe-core, by their outline, by what is spoken, and when zoomed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal

import pytest

from .kinds import ESSAY, KIND, PAGE, PAGES
from .looks import faults, focused, open_all, overflowing

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .reader import Reader

pytestmark = pytest.mark.browser
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Look = tuple[int, Literal["light", "dark"]]
SCHEME = pytest.mark.parametrize("scheme", SCHEMES)
_OUTLINE = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(e => e.checkVisibility()).map(e => Number(e.tagName[1]))"""
_LANDMARKS = """() => Object.fromEntries(["main", "header.site-header", "footer.site-footer", "h1"].map(
  landmark => [landmark, document.querySelectorAll(landmark).length]))"""


def _faults_by_look(page: Page, looks: Iterable[Look]) -> dict[Look, list[str]]:
    """Return what axe finds by width and scheme, with everything unfolded."""
    open_all(page)
    return {look: found for look in looks if (found := _faults_at(page, *look))}


def _faults_at(page: Page, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    return faults(page)


@PAGE
def test_axe_finds_no_fault_in_any_part_of_the_theme(visitor: Reader, path: str) -> None:
    assert _faults_by_look(visitor.open(path), [(320, "light"), (1280, "dark")]) == {}


@KIND
def test_axe_finds_no_fault_on_the_site_that_ships(reader: Reader, path: str) -> None:
    assert _faults_by_look(reader.open(path), product((320, 1280), SCHEMES)) == {}


@SCHEME
def test_axe_finds_no_fault_in_an_open_reply_form(replier: Reader, scheme: Literal["light", "dark"]) -> None:
    page = replier.open("/cup/", scheme=scheme)
    page.locator("#comment-c1 [data-reply] button").click()
    assert faults(page) == []


@PAGE
def test_a_page_has_one_title_its_landmarks_and_no_gap_between_levels_of_headings(visitor: Reader, path: str) -> None:
    page = visitor.open(path)
    assert set(page.evaluate(_LANDMARKS).values()) == {1}
    levels = page.evaluate(_OUTLINE)
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@PAGE
def test_a_page_zoomed_to_400_percent_is_read_without_scrolling_sideways(visitor: Reader, path: str) -> None:
    page = visitor.open(path, width=320, height=256)  # what a window of 1280 by 1024 is at 400 % (WCAG 1.4.10)
    assert overflowing(page) == []
    for _ in range(6):
        page.keyboard.press("Tab")
        assert focused(page)["visible"], focused(page)


@pytest.mark.parametrize("path", [PAGES["threads"], PAGES["debate"], PAGES["search"]])
def test_whoever_asks_for_less_motion_sees_none(visitor: Reader, path: str) -> None:
    page = visitor.open(path, reduced_motion=True)
    moving = """() => [...document.querySelectorAll("*")].filter(e => { const style = getComputedStyle(e);
      return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0
        || style.scrollBehavior === "smooth"; }).map(e => e.outerHTML.slice(0, 90))"""
    assert page.evaluate(moving) == []


@pytest.mark.parametrize("path", [PAGES["threads"], PAGES["debate"], PAGES["search"]])
@SCHEME
def test_axe_finds_no_fault_in_forced_colours(visitor: Reader, path: str, scheme: Literal["light", "dark"]) -> None:
    assert faults(visitor.open(path, forced_colors=True, scheme=scheme)) == []


def test_in_forced_colours_the_focus_is_seen(visitor: Reader) -> None:
    page = visitor.open(PAGES["threads"], forced_colors=True)
    page.locator(".debate-tag > summary").first.focus()
    page.keyboard.press("Shift")
    assert focused(page)["outline"]


# What a screen reader is told: Chromium's accessibility tree


def _spoken(page: Page, selector: str) -> list[tuple[int, str]]:
    """Return the lines of the accessibility tree below an element, each with the number of lists around it."""
    lines = page.locator(selector).aria_snapshot().split("\n")
    return list(_with_depth(line for line in lines if "/url:" not in line))


def _with_depth(lines: Iterable[str]) -> Iterable[tuple[int, str]]:
    lists: list[int] = []
    for line in lines:
        indent, words = len(line) - len(line.lstrip()), line.strip().removeprefix("- ")
        lists = [each for each in lists if each < indent]
        yield len(lists), words
        lists += [indent] if words.startswith("list:") else []


def test_a_reply_three_levels_deep_tells_its_level_whom_it_answers_and_its_stance(visitor: Reader) -> None:
    page = visitor.open(PAGES["threads"])
    spoken = _spoken(page, "li:has(> #comment-deep-1)")
    for level, (author, answered) in enumerate(
        [("Ben Cove", ""), ("Ada Stone", "Ben Cove"), ("Ben Cove", "Ada Stone")]
    ):
        at = [words for depth, words in spoken if depth == level]
        assert at[0] == "listitem:"
        assert f"text: {author}" in at
        assert any(words.startswith('link "Link to this comment, ') for words in at)
        assert not answered or f'link "in reply to {answered}":' in at
        assert any(re.match(r'group: "?Stance of this comment: ', words) for words in at)
        assert f'button "Write a reply to {author}"' in at


def test_below_the_deepest_list_the_level_is_spoken_in_words(visitor: Reader) -> None:
    page = visitor.open(PAGES["threads"])
    told = page.locator("#comment-deep-9 .in-reply-to").inner_text()
    assert re.search(r"level \d+,\s+in reply to ", page.locator("#comment-deep-9 .in-reply-to").text_content() or ""), (
        told
    )


def test_a_picture_of_initials_is_not_spoken(visitor: Reader) -> None:
    page = visitor.open(PAGES["threads"])
    assert page.locator(".avatar").first.get_attribute("aria-hidden") == "true"
    assert "text: BC" not in str(_spoken(page, "#comment-deep-1"))


def test_the_first_tab_reaches_the_skip_link_and_shows_it(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.keyboard.press("Tab")
    found = focused(page)
    assert (found["tag"], found["href"]) == ("A", "#main")
    assert found["visible"]
    assert found["outline"]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
