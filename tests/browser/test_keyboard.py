"""A walk by the keyboard alone: reading, explaining a tag, folding, filtering, replying, searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .kinds import PAGES
from .looks import focused

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from .reader import Reader

pytestmark = pytest.mark.browser
THREADS = PAGES["threads"]
MOST_STOPS = 600
_PLACE = """() => { const e = document.activeElement; if (e === document.body) return null;
  window.stops ??= new Map();
  if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
  return window.stops.get(e); }"""
_BEFORE = """() => { const [a, b] = [window.before, document.activeElement]; window.before = b;
  return !a || a === b || Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING); }"""


def _tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until the goal has the focus; every stop on the way must be seen, and follow the one before it."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = focused(page)
        assert stop["visible"], stop
        assert stop["outline"], stop
        assert page.evaluate(_BEFORE), f"out of order: {stop}"
        if goal.evaluate("e => e === document.activeElement"):
            return
    pytest.fail("the keyboard never came there")


def test_the_keyboard_comes_through_the_whole_page_and_out_again(reader: Reader) -> None:
    page = reader.open("/essays/two-hundred-strangers/")
    seen = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        place = page.evaluate(_PLACE)
        if place is None or place in seen:
            break
        seen.append(place)
    count = page.locator("a[href], button, summary, input, select, textarea").count()
    assert len(seen) > 0.7 * count
    assert len(seen) < MOST_STOPS


def test_a_tag_is_explained_a_branch_folded_and_a_stance_picked(visitor: Reader) -> None:
    page = visitor.open(THREADS)
    _tab_to(page, page.locator(".skip"))
    page.keyboard.press("Enter")
    pick = page.locator(".thread-tools input[name=stance]").first
    _tab_to(page, pick)
    page.keyboard.press("ArrowDown")
    picked = page.locator(".thread-tools input[name=stance]:checked")
    assert picked.get_attribute("value")
    assert "stance=" in page.url
    page.keyboard.press("ArrowUp")
    assert "stance=" not in page.url
    tag = page.locator(".debate-tag").first
    _tab_to(page, tag.locator("> summary"))
    page.keyboard.press("Enter")
    assert tag.evaluate("e => e.open")
    page.keyboard.press("Space")
    assert not tag.evaluate("e => e.open")
    branch = page.locator(".branch").first
    was_open = branch.evaluate("e => e.open")
    _tab_to(page, branch.locator("> summary"))
    page.keyboard.press("Enter")
    assert branch.evaluate("e => e.open") is not was_open


def test_letters_lead_from_comment_to_comment_and_leave_typing_alone(visitor: Reader) -> None:
    page = visitor.open(THREADS)
    roots = page.locator(".parts > .thread > li > .comment")
    roots.first.focus()
    page.keyboard.press("j")
    assert roots.nth(1).evaluate("e => e === document.activeElement")
    assert focused(page)["outline"]
    page.keyboard.press("k")
    assert roots.first.evaluate("e => e === document.activeElement")
    page.locator("input[name=q]").first.focus()
    page.keyboard.type("jk")
    assert page.locator("input[name=q]").first.input_value() == "jk"


def test_a_reply_is_written_looked_at_and_thrown_away(replier: Reader) -> None:
    page = replier.open("/cup/")
    opener = page.locator("#comment-c1 [data-reply] button")
    _tab_to(page, opener)
    page.keyboard.press("Enter")
    page.keyboard.type("Zoë")
    _tab_to(page, page.get_by_label("Your reply"))
    page.keyboard.type("One.")
    assert page.locator(".preview").inner_text() == "One."
    _tab_to(page, page.get_by_role("button", name="Discard"))
    page.keyboard.press("Enter")
    assert opener.evaluate("e => e === document.activeElement")
