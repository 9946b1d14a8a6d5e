"""What can be seen of an open page: what sticks out, what moved, where the focus is, what axe-core objects to."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# Words for speech alone lie in a clipped box of one pixel, which may hold a long line.
CLIPPED = """const clipped = e => e && (getComputedStyle(e).clipPath !== "none" || clipped(e.parentElement));"""
_OVERFLOWING = f"""() => {{ {CLIPPED} return [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("pre, table, .scroll") && !clipped(e))
  .map(e => e.outerHTML.slice(0, 90)); }}"""
# Layout shifts as web.dev defines them: those without recent input, buffered since the page began to load.
_SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 150);
})"""
_FOCUSED = """() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {tag: e.tagName, href: e.getAttribute("href"), text: e.textContent.replace(/\\s+/g, " ").trim(),
          visible: box.width > 1 && box.bottom > 0 && box.top < innerHeight,
          outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0}; }"""
_FAULTS = """async rules => { const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 120) + " " +
    [...n.any, ...n.all, ...n.none].map(c => c.message).join("; ")).slice(0, 3).join(" | ")); }"""


def overflowing(page: Page) -> list[str]:
    """Return the elements that reach beyond the window, and the page's own width where that does."""
    width = page.evaluate("document.documentElement.scrollWidth")
    beyond = [f"the page is {width} px wide"] if width > page.viewport_size["width"] else []  # type: ignore[index]
    return beyond + page.evaluate(_OVERFLOWING)


def shift(page: Page) -> float:
    """Return the page's cumulative layout shift so far."""
    return float(page.evaluate(_SHIFT))


def focused(page: Page) -> dict[str, Any]:
    """Return tag, address and text of the focused element, and whether it and its outline can be seen."""
    return dict(page.evaluate(_FOCUSED))


def open_all(page: Page) -> None:
    """Open every part that can be folded."""
    page.evaluate('document.querySelectorAll("details").forEach(d => d.open = true)')


def faults(page: Page) -> list[str]:
    """Return what axe-core finds by the rules of WCAG 2.2 A and AA and of best practice."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8") + ";0")
    return list(page.evaluate(_FAULTS, list(AXE_RULES)))
