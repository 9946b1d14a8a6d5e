"""What a page costs its reader: bytes as a host sends them, requests, what moves, and what is painted largest.

The figures are those of Lighthouse; the compression is gzip at level 6, the usual one of hosts.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .looks import shift

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .reader import Reader

# The largest contentful paint (web.dev): the last candidate is the one that counts.
_LARGEST = """() => new Promise(done => {
  let last = null;
  new PerformanceObserver(list => { last = list.getEntries().at(-1); })
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => done(last?.element ? {
    tag: last.element.tagName.toLowerCase(),
    text: last.element.textContent.replace(/\\s+/g, " ").trim().slice(0, 60),
    inEssay: Boolean(last.element.closest("article.essay")),
    milliseconds: Math.round(last.startTime)} : null), 200);
})"""


@dataclass(frozen=True, slots=True)
class Paint:
    """The element painted largest: its tag, how its text begins, whether it is part of the essay, and when it came."""

    tag: str
    text: str
    in_essay: bool
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Sizes in bytes, compressed; `scripts` are the site's own, without Pagefind's, and `holding` those that hold back
    the first paint."""

    html: int
    css: int
    scripts: int
    stylesheets: int
    requests: int
    holding: tuple[str, ...]
    shift: float
    largest: Paint | None


def cost_of(reader: Reader, path: str, *, width: int = 400, height: int = 800) -> Cost:
    """Open a page as a new visitor on a phone does, and return what it costs."""
    page = reader.open(path, width=width, height=height)
    largest, moved = _largest(page), shift(page)
    asked = list(dict.fromkeys(reader.requested))
    sheets, scripts = (
        [address for address in asked if urlsplit(address).path.endswith(kind)] for kind in (".css", ".js")
    )
    return Cost(
        html=_compressed(page, asked[0]),
        css=sum(_compressed(page, address) for address in sheets),
        scripts=sum(_compressed(page, address) for address in scripts if "/pagefind/" not in address),
        stylesheets=len(sheets),
        requests=len(asked),
        holding=_holding(page),
        shift=moved,
        largest=largest,
    )


def _compressed(page: Page, address: str) -> int:
    return len(gzip.compress(page.request.get(address).body(), compresslevel=6))


def _largest(page: Page) -> Paint | None:
    found = page.evaluate(_LARGEST)
    return Paint(found["tag"], found["text"], found["inEssay"], found["milliseconds"]) if found else None


def _holding(page: Page) -> tuple[str, ...]:
    scripts = page.locator('script:not([type="application/ld+json"]):not([defer]):not([type="module"])')
    return tuple(scripts.evaluate_all("all => all.map(e => e.src || e.textContent.slice(0, 60))"))
