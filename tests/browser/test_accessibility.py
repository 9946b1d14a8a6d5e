"""Pages by the rules of WCAG 2.2 AA, and by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .kinds import ESSAY, KIND
from .looks import faults, focused, open_all

if TYPE_CHECKING:
    from .reader import Reader

pytestmark = pytest.mark.browser
SCHEME = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEME
@KIND
def test_axe_finds_no_fault_of_accessibility(reader: Reader, path: str, scheme: str) -> None:
    page = reader.open(path, scheme=scheme)
    open_all(page)
    assert faults(page) == []


@SCHEME
def test_axe_finds_no_fault_in_an_open_reply_form(replier: Reader, scheme: str) -> None:
    page = replier.open("/cup/", scheme=scheme)
    page.locator("#comment-c1 [data-reply] button").click()
    assert faults(page) == []


def test_the_first_tab_reaches_the_skip_link_and_shows_it(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.keyboard.press("Tab")
    found = focused(page)
    assert (found["tag"], found["href"]) == ("A", "#main")
    assert found["visible"]
    assert found["outline"]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_every_tag_opens_and_closes_by_the_keyboard_and_shows_where_the_focus_is(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.locator(".comment .debate-tag > summary").first.focus()
    for is_open in (True, False):
        page.keyboard.press("Enter")
        assert page.locator(".comment .debate-tag").first.evaluate("e => e.open") is is_open
    assert focused(page)["outline"]
