"""Every page as it is loaded and drawn: nothing from elsewhere, nothing sticks out, nothing moves, nothing needs JS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories import Built
from pages import paths

from .kinds import ESSAY, KIND, PAGE, PAGES
from .looks import open_all, overflowing, shift

if TYPE_CHECKING:
    from .reader import Reader

pytestmark = pytest.mark.browser
PUBLISHED = "http://localhost:8000"  # SITEURL of the shipped settings


def test_no_page_of_the_site_complains_or_asks_another_host_for_anything(reader: Reader, shipped: Built) -> None:
    for path in paths(shipped):
        if path == "404.html":  # it names the published address, because it is served at any depth
            continue
        reader.open(f"/{path}")
        assert reader.complaints == [], path
        assert reader.origins == {reader.site}, path


def test_the_page_for_a_missing_address_asks_only_the_published_site(reader: Reader) -> None:
    reader.answer_for(PUBLISHED)
    reader.open(f"{PUBLISHED}/404.html")
    assert reader.complaints == []
    assert reader.origins == {PUBLISHED}
    assert len(reader.requested) > 1


@PAGE
def test_no_kind_of_page_complains_or_asks_another_host_for_anything(visitor: Reader, path: str) -> None:
    visitor.open(path)
    assert visitor.complaints == []
    assert visitor.origins == {visitor.site}


@PAGE
def test_every_kind_of_page_has_a_policy_that_lets_nothing_inline_run(visitor: Reader, path: str) -> None:
    page = visitor.open(path)
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
    directives = {name: sources for name, _, sources in (part.strip().partition(" ") for part in policy.split(";"))}
    assert directives["default-src"] == "'none'"
    assert "unsafe-inline" not in policy
    assert ("'wasm-unsafe-eval'" in directives["script-src"]) is (path == PAGES["search"])
    assert {source for sources in directives.values() for source in sources.split()} <= {
        "'none'",
        "'self'",
        "'wasm-unsafe-eval'",
    }


def test_the_policy_holds_what_is_put_into_a_page_by_force(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.evaluate("""() => {
      const made = document.createElement("script");
      made.textContent = "window.ran = true";
      document.body.append(made);
      const pixel = "<img src='https://tracker.example/p.gif' onerror='window.ran = 1'>";
      document.body.insertAdjacentHTML("beforeend", pixel);
    }""")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in str(reader.complaints)


@pytest.mark.parametrize("width", [320, 768, 1280])
@KIND
def test_nothing_sticks_out_of_the_window(reader: Reader, path: str, width: int) -> None:
    assert overflowing(reader.open(path, width=width)) == []


def test_at_the_width_of_a_phone_an_open_tag_still_fits(reader: Reader) -> None:
    page = reader.open(ESSAY, width=320)
    open_all(page)
    assert overflowing(page) == []


@KIND
def test_nothing_moves_while_a_page_loads(reader: Reader, path: str) -> None:
    assert shift(reader.open(path, width=400, height=700)) <= 0.01


@pytest.mark.parametrize("path", [*PAGES.values(), "/search/?q=tea", "/search/?q=nowhere"])
def test_nothing_moves_while_a_page_loads_slowly(visitor: Reader, path: str) -> None:
    visitor.delay(150)
    page = visitor.open(path, width=400, height=700)
    page.wait_for_load_state("networkidle")
    assert shift(page) <= 0.01


def test_a_permalink_brings_its_comment_into_view_and_marks_it(reader: Reader) -> None:
    comments = "article.comment:not(.tombstone)"
    comment = reader.open(ESSAY).locator(comments).last.get_attribute("id")
    page = reader.open(f"{ESSAY}#{comment}")
    box = page.locator(f"#{comment}").bounding_box()
    assert box
    assert 0 <= box["y"] < 900
    ground = "e => getComputedStyle(e).backgroundColor"
    assert page.locator(f"#{comment}").evaluate(ground) != page.locator(comments).first.evaluate(ground)


def test_a_page_is_read_whole_without_javascript(reader: Reader) -> None:
    with_scripts = reader.open(ESSAY).locator("body").inner_text().split()
    assert reader.open(ESSAY, scripts=False).locator("body").inner_text().split() == with_scripts
