from __future__ import annotations

import re
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest
from factories import ROOT, Built
from pages import paths

from .chromium import Chromium

pytestmark = pytest.mark.browser

KINDS = {
    "index": "/",
    "essay": "/essays/two-hundred-strangers/",
    "debate": "/debate/networking/",
    "stance": "/debate/networking/spectrum/",
    "page": "/about/",
}
KIND = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
ESSAY = KINDS["essay"]
OVERFLOWING = """[...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("pre, table, .scroll"))
  .map(e => e.outerHTML.slice(0, 90))"""
# Layout shifts as web.dev defines them: those without recent input, buffered since the page began to load.
SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 150);
})"""
FOCUSED = """(() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {tag: e.tagName, href: e.getAttribute("href"), visible: box.width > 1 && box.top >= 0,
          outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0}; })()"""
AXE = """(async () => { const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]});
  return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 120) + " " +
    [...n.any, ...n.all, ...n.none].map(c => c.message).join("; ")).slice(0, 3).join(" | ")); })()"""
TAB, ENTER = ("Tab", 9), ("Enter", 13, "\r")


def test_no_page_of_the_site_complains_or_asks_another_host_for_anything(
    browser: Chromium, site: str, shipped: Built
) -> None:
    for path in paths(shipped):
        if path == "404.html":  # it names the published address, because it is served at any depth
            continue
        browser.open(f"{site}/{path}")
        assert browser.complaints() == [], path
        assert {f"http://{urlsplit(address).netloc}" for address in browser.requested()} == {site}, path


@pytest.mark.parametrize("width", [320, 768, 1280])
@KIND
def test_nothing_sticks_out_of_the_window(browser: Chromium, site: str, path: str, width: int) -> None:
    browser.open(site + path, width=width)
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run(OVERFLOWING) == []


def test_at_the_width_of_a_phone_an_open_tag_still_fits(browser: Chromium, site: str) -> None:
    browser.open(site + ESSAY, width=320)
    browser.run('document.querySelectorAll("details").forEach(d => d.open = true)')
    assert browser.run("document.documentElement.scrollWidth") <= 320
    assert browser.run(OVERFLOWING) == []


@KIND
def test_nothing_moves_while_a_page_loads(browser: Chromium, site: str, path: str) -> None:
    browser.open(site + path, width=400, height=700)
    assert browser.run(SHIFT) <= 0.01


@pytest.mark.parametrize("scheme", ["light", "dark"])
@KIND
def test_axe_finds_no_fault_of_accessibility(browser: Chromium, site: str, path: str, scheme: str) -> None:
    browser.open(site + path, scheme=scheme)
    browser.run('document.querySelectorAll("details").forEach(d => d.open = true)')
    browser.run(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8") + ";0")
    assert browser.run(AXE) == []


def test_the_first_tab_reaches_the_skip_link_and_shows_it(browser: Chromium, site: str) -> None:
    browser.open(site + ESSAY)
    browser.press(*TAB)
    focused = browser.run(FOCUSED)
    assert (focused["tag"], focused["href"]) == ("A", "#main")
    assert focused["visible"]
    assert focused["outline"]
    browser.press(*ENTER)
    assert browser.run("location.hash") == "#main"


def test_every_tag_opens_and_closes_by_the_keyboard_and_shows_where_the_focus_is(browser: Chromium, site: str) -> None:
    browser.open(site + ESSAY)
    browser.run('document.querySelector(".comment details > summary").focus()')
    assert browser.run(FOCUSED)["tag"] == "SUMMARY"
    for is_open in (True, False):
        browser.press(*ENTER)
        assert browser.run('document.querySelector(".comment details").open') is is_open
    browser.press("Shift")  # a key makes the focus visible, as it is for whoever came by keyboard
    assert browser.run(FOCUSED)["outline"]


def test_a_permalink_brings_its_comment_into_view_and_marks_it(browser: Chromium, site: str) -> None:
    browser.open(f"{site}{ESSAY}")
    comment = browser.run('[...document.querySelectorAll("article.comment:not(.tombstone)")].at(-1).id')
    browser.open(f"{site}{ESSAY}#{comment}")
    top, marked, plain = browser.run(
        f"""[document.getElementById("{comment}").getBoundingClientRect().top,
             getComputedStyle(document.getElementById("{comment}")).backgroundColor,
             getComputedStyle(document.querySelector("article.comment")).backgroundColor]"""
    )
    assert 0 <= top < 900
    assert marked != plain


def test_a_page_is_read_whole_without_javascript(browser: Chromium, site: str) -> None:
    browser.open(site + ESSAY)
    with_scripts = browser.run("document.body.innerText")
    browser.scripts(on=False)
    browser.open(site + ESSAY)
    assert browser.run("document.body.innerText") == with_scripts


def test_without_javascript_replies_are_plain_links(browser: Chromium, replies: str) -> None:
    browser.scripts(on=False)
    browser.open(f"{replies}/cup/")
    links = browser.run('[...document.querySelectorAll("[data-reply] a")].map(a => a.href)')
    assert {urlsplit(link).scheme for link in links} == {"mailto", "https"}
    assert browser.run("document.querySelectorAll('button, form').length") == 0


def test_the_reply_form_fills_in_a_comment_file_and_sends_nothing(browser: Chromium, replies: str) -> None:
    browser.open(f"{replies}/cup/")
    browser.run('document.querySelector("#comment-c1 [data-reply] button").click()')
    browser.run("""(() => {
      const [name, text] = document.querySelectorAll(".reply-form input, .reply-form textarea");
      name.value = "Zoë"; text.value = "One & <b>two</b>\\nthree";
      text.dispatchEvent(new Event("input", {bubbles: true})); })()""")
    links = browser.run('[...document.querySelectorAll(".reply-form a")].map(a => decodeURIComponent(a.href))')
    assert len(links) == 2
    for link in links:
        assert re.search(r"In-Reply-To: c1\r?\nAuthor: Zoë\r?\n\r?\nOne & <b>two</b>\r?\nthree", link)
    assert browser.run('document.querySelector(".reply-form .preview b")') is None
    assert browser.complaints() == []
    assert {f"http://{urlsplit(address).netloc}" for address in browser.requested()} == {replies}


def test_discarding_a_reply_forgets_it_and_gives_the_focus_back(browser: Chromium, replies: str) -> None:
    browser.open(f"{replies}/cup/")
    browser.run('document.querySelector("#comment-c1 [data-reply] button").click()')
    browser.run("""(() => { const text = document.querySelector(".reply-form textarea");
      text.value = "Draft."; text.dispatchEvent(new Event("input", {bubbles: true})); })()""")
    assert "Draft." in browser.run("JSON.stringify({...localStorage})")
    browser.run('[...document.querySelectorAll(".reply-form button")].at(-1).click()')
    assert browser.run("localStorage.length") == 0
    assert browser.run("document.activeElement.tagName") == "BUTTON"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_an_open_reply_form(browser: Chromium, replies: str, scheme: str) -> None:
    browser.open(f"{replies}/cup/", scheme=scheme)
    browser.run('document.querySelector("#comment-c1 [data-reply] button").click()')
    browser.run(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8") + ";0")
    assert browser.run(AXE) == []


# Contrast, from the tokens themselves (WCAG 2.2, relative luminance)

TOKENS = (ROOT / "plugins/debate/static/tokens.css").read_text(encoding="utf-8")


def _schemes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", TOKENS, re.DOTALL)
    light, dark, *_ = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block)) for block in blocks]
    return {"light": light, "dark": light | dark}


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _pairs(tokens: dict[str, Any]) -> list[tuple[str, str]]:
    papers = ("paper", "paper-raised")
    text = [(ink, paper) for ink in ("ink", "ink-soft", "link") for paper in papers] + [("ink", "mark")]
    stances = [name.removeprefix("stance-") for name in tokens if name.startswith("stance-")]
    on_paper = [(f"stance-{stance}", paper) for stance in stances for paper in papers]
    on_wash = [(ink, f"wash-{stance}") for stance in stances for ink in (f"stance-{stance}", "ink", "ink-soft")]
    return text + on_paper + on_wash


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_ink_can_be_read_on_every_paper_it_stands_on(scheme: str) -> None:
    tokens = _schemes()[scheme]
    found = {pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in _pairs(tokens)}
    assert len(found) > 30
    assert {pair: contrast for pair, contrast in found.items() if contrast < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_ring_stands_out(scheme: str) -> None:
    tokens = _schemes()[scheme]
    assert all(_contrast(tokens["focus"], tokens[paper]) >= 3 for paper in ("paper", "paper-raised", "mark"))
