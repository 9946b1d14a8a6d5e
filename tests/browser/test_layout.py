"""The kitchen sink, page kind by page kind: facts of layout that hold in every window, scheme and script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .kinds import PAGE, PAGES
from .looks import CLIPPED, open_all, overflowing

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .reader import Reader

pytestmark = pytest.mark.browser

WIDTHS = ((360, 320), (1280, 768))

# Lines of text of two elements that lie over each other by more than a hair; what scrolls or is hidden is left out.
_OVERLAPPING = (
    f"() => {{ {CLIPPED}"
    + """
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, pre, sup, sub, .debate-scroll, svg") || clipped(parent)) continue;
    if (!parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.right > 0) lines.push({box, parent, text: node.data.trim().slice(0, 40)});
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  const found = [];
  lines.forEach((one, i) => {
    for (let j = i + 1; j < lines.length && lines[j].box.top < one.box.bottom - 4; j++) {
      const other = lines[j];
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      const half = Math.min(one.box.height, other.box.height) / 2;
      if (one.parent !== other.parent && across > 2 && down > half) found.push(one.text + " | " + other.text);
    }
  });
  return found;
}"""
)
# What a finger has to hit: at least 24 px each way, but for links inside of a sentence (WCAG 2.5.8).
_SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea, label")]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.matches("label input, .skip"))
  .filter(e => !e.closest(".visually-hidden, p, dd, figcaption, blockquote, .debate-body, td, th, h1, h2, h3"))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 1 && (box.height < 23.9 || box.width < 23.9))
  .map(([e, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.outerHTML.slice(0, 90)}`)"""
# Buttons of forms whose words are broken into lines.
_BROKEN = """() => [...document.querySelectorAll("button[type=submit]")].filter(e => {
  const range = document.createRange();
  range.selectNodeContents(e);
  return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
}).map(e => e.textContent)"""
# How far to the left of its right edge the dot behind each part of a byline begins, and how wide the part is.
_DOTS = """parts => parts.map(e =>
  [parseFloat(getComputedStyle(e, "::after").right), e.getBoundingClientRect().width])"""
# How far the words of an element end from the right edge of the box they stand in.
_FROM_THE_RIGHT = """e => {
  const range = document.createRange(), box = e.getBoundingClientRect();
  range.selectNodeContents(e);
  return box.right - Math.max(...[...range.getClientRects()].map(words => words.right));
}"""
# How many characters stand on each full line of the running text.
_MEASURE = """() => [...document.querySelectorAll(".prose > p")].flatMap(p => {
  const range = document.createRange(), lines = new Map();
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    for (const word of walker.currentNode.data.matchAll(/\\S+\\s*/g)) {
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + 1);
      const top = Math.round(range.getBoundingClientRect().bottom / 8);
      lines.set(top, (lines.get(top) || 0) + word[0].length);
    }
  return [...lines.values()].slice(0, -1);
})"""


def _crowded(page: Page) -> list[str]:
    """Return what sticks out, what lies over something else and what is too small to hit."""
    return overflowing(page) + page.evaluate(_OVERLAPPING) + page.evaluate(_SMALL)


@pytest.mark.parametrize("widths", WIDTHS, ids=["phone", "desk"])
@PAGE
def test_nothing_sticks_out_overlaps_or_is_too_small_to_hit(
    visitor: Reader, path: str, widths: tuple[int, int]
) -> None:
    page = visitor.open(path, width=widths[0])
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = _crowded(page)
    open_all(page)
    found["opened"] = _crowded(page)
    assert found == {window: [] for window in found}


@PAGE
def test_letters_of_twice_the_size_fit_a_phone(visitor: Reader, path: str) -> None:
    page = visitor.open(path, width=360)
    found = {}
    for size in ("150%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        found[size] = overflowing(page) + page.evaluate(_OVERLAPPING) + page.evaluate(_BROKEN)
    open_all(page)
    found["opened"] = overflowing(page) + page.evaluate(_OVERLAPPING)
    assert found == {size: [] for size in found}


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_a_line_of_an_essay_holds_60_to_75_characters(reader: Reader, width: int) -> None:
    lines = reader.open("/essays/leave-the-social-in/", width=width).evaluate(_MEASURE)
    assert len(lines) > 30
    assert 60 <= sum(lines) / len(lines) <= 75


def test_a_page_in_arabic_runs_from_right_to_left_bars_included(visitor: Reader) -> None:
    page = visitor.open(PAGES["right to left"])
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    first, last = page.locator(".chart .bar .piece").first.bounding_box(), page.locator(".chart .bar .piece").last
    assert first
    assert first["x"] > last.bounding_box()["x"]  # type: ignore[index]


def test_the_dots_of_a_byline_stand_between_its_parts_whichever_way_these_run(visitor: Reader) -> None:
    parts = visitor.open(PAGES["right to left"]).locator(".essay > header > .byline > :not(:last-child)")
    dots = parts.evaluate_all(_DOTS)
    assert len(dots) == 3
    assert dots == [[pytest.approx(width, abs=1), width] for _, width in dots]


def test_english_words_around_an_arabic_essay_stand_on_the_side_where_its_lines_begin(visitor: Reader) -> None:
    page = visitor.open(PAGES["right to left"])
    for words in ("#panel-heading", ".filed", ".debate-words", ".debate-panel .more", "#comments-heading"):
        assert page.locator(words).first.evaluate(_FROM_THE_RIGHT) == pytest.approx(0, abs=1), words
    triangle = page.locator(".figures > summary").first.evaluate(_FROM_THE_RIGHT)
    assert 10 < triangle < 30


def test_the_bar_of_every_essay_in_a_list_begins_where_its_byline_does(reader: Reader) -> None:
    page = reader.open("/")
    lines, bars = ((page.locator(f".essays .byline{part}")) for part in ("", " > .standing"))
    left = "all => all.map(e => e.getBoundingClientRect().left)"
    assert bars.count() == 5
    assert bars.evaluate_all(left) == lines.evaluate_all(left)


def test_in_forced_colours_letters_stand_out_from_their_bars(visitor: Reader) -> None:
    page = visitor.open(PAGES["big panel"], forced_colors=True)
    paint = page.locator(".chart .bar .letter:not(.hollow)").evaluate_all(
        "letters => letters.map(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke])"
    )
    assert paint
    assert all(ink != ground for ink, ground in paint)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in page.locator(".chip").evaluate_all("all => all.map(e => getComputedStyle(e).color)")


def test_on_paper_only_the_text_and_its_discussion_stand(visitor: Reader) -> None:
    page = visitor.open(PAGES["big panel"], media="print")
    shown = "e => e.checkVisibility()"
    assert page.locator("article.essay").evaluate(shown)
    assert page.locator(".comment").first.evaluate(shown)
    asides = ("nav", ".site-header form", ".sidebar", ".site-footer")
    assert not any(page.locator(aside).first.evaluate(shown) for aside in asides)


@pytest.mark.parametrize("kind", ["index", "threads", "debate"])
def test_nothing_moves_by_itself(visitor: Reader, kind: str) -> None:
    assert visitor.open(PAGES[kind]).evaluate("document.getAnimations().length") == 0


def test_columns_of_a_table_stand_as_their_author_aligned_them(visitor: Reader) -> None:
    page = visitor.open(PAGES["text"])
    assert page.locator('.prose td[align="right"]').first.evaluate("e => getComputedStyle(e).textAlign") == "end"
