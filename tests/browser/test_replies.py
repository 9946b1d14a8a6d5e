"""Replies: plain links without JavaScript, a form that sends nothing with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from .kinds import PAGES

if TYPE_CHECKING:
    from .reader import Reader

pytestmark = pytest.mark.browser
OPENER = "#comment-c1 [data-reply] button"


def test_without_javascript_replies_are_plain_links(replier: Reader) -> None:
    page = replier.open("/cup/", scripts=False)
    links = [link.get_attribute("href") for link in page.locator("[data-reply] a").all()]
    assert {urlsplit(link or "").scheme for link in links} == {"mailto", "https"}
    assert page.locator("[data-reply] :is(button, form)").count() == 0


def test_the_reply_form_fills_in_a_comment_file_and_sends_nothing(replier: Reader) -> None:
    page = replier.open("/cup/")
    page.locator(OPENER).click()
    page.get_by_label("Your name").fill("Zoë")
    page.get_by_label("Your reply").fill("One & <b>two</b>\nthree")
    links = [unquote(link.get_attribute("href") or "") for link in page.locator(".reply-form a").all()]
    assert len(links) == 2
    for link in links:
        assert re.search(r"In-Reply-To: c1\r?\nAuthor: Zoë\r?\n\r?\nOne & <b>two</b>\r?\nthree", link)
    assert page.locator(".reply-form .preview b").count() == 0
    assert replier.complaints == []
    assert replier.origins == {replier.site}


def test_a_draft_is_still_there_when_the_page_is_opened_again(replier: Reader) -> None:
    page = replier.open("/cup/")
    page.locator(OPENER).click()
    page.get_by_label("Your reply").fill("Draft.")
    page = replier.open("/cup/")
    page.locator(OPENER).click()
    assert page.get_by_label("Your reply").input_value() == "Draft."


def test_the_form_says_where_a_draft_stays_and_opening_it_elsewhere_loses_nothing(replier: Reader) -> None:
    page = replier.open("/cup/")
    page.locator(OPENER).click()
    page.get_by_label("Your reply").fill("Draft.")
    page.evaluate("addEventListener('click', event => event.preventDefault())")  # no mail program opens here
    page.get_by_role("link", name="Open as mail").click()
    assert "A draft stays in this browser until you discard it" in page.locator(".reply-form").inner_text()
    assert "Draft." in page.evaluate("JSON.stringify({...localStorage})")


def test_discarding_a_reply_forgets_it_and_gives_the_focus_back(replier: Reader) -> None:
    page = replier.open("/cup/")
    page.locator(OPENER).click()
    page.get_by_label("Your reply").fill("Draft.")
    assert "Draft." in page.evaluate("JSON.stringify({...localStorage})")
    page.get_by_role("button", name="Discard").click()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_a_page_without_a_thread_takes_no_harm_from_the_script(visitor: Reader) -> None:
    visitor.open(PAGES["method"])
    assert any(address.endswith("reply.js") for address in visitor.requested)
    assert visitor.complaints == []
