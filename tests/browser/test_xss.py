"""Every page of a site full of published XSS vectors in a real browser, with its own policy and without any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from debate.desk.searching import index_command
from factories import Built
from pages import paths
from vectors import build_with, vectors

from .serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .reader import Reader

pytestmark = pytest.mark.browser

MISSING = "404 (File not found)"
"""What Chromium says of an image of an imported essay, `<img src=x>`, which nobody has; essays may hold images."""

# Handlers and addresses that run wait for a click or for a mouse; they are found by what the browser made of the page.
# A form can hide an element's own properties behind its fields, so that none is asked for by name.
_CAN_ACT = """() => {
  const names = Element.prototype.getAttributeNames, value = Element.prototype.getAttribute;
  const runs = /^(?:javascript|vbscript|data|blob|file|feed|view-source):/i;
  const address = /^(?:(?:xlink:)?href|src|action|formaction|data|poster|cite)$/i;
  return [...document.querySelectorAll("*")].flatMap(e => names.call(e).map(name => [name, value.call(e, name)]))
    .filter(([name, value]) => /^on|^srcdoc$/i.test(name) ||
      address.test(name) && runs.test(value.replace(/[\\0- ]/g, "")))
    .map(([name, value]) => `${name}=${value.slice(0, 80)}`);
}"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build and index the site with the vectors."""
    built = build_with(tmp_path_factory.mktemp("attacked"), str)
    index_command(built.output.parent / ".cache", built.output)
    return built


@pytest.fixture(scope="module")
def address(attacked: Built) -> Iterator[str]:
    """Serve that site."""
    with served(attacked.output) as address:
        yield address


@pytest.fixture(params=[False, True], ids=["by its policy", "without a policy"])
def victim(request: pytest.FixtureRequest, chromium: Any, address: str) -> Iterator[Reader]:
    """Hand out a reader of that site; without a policy the sanitiser stands alone."""
    from .reader import Reader

    reader = Reader(chromium, address, bypass_csp=request.param)
    yield reader
    reader.close()


def test_no_vector_runs_asks_another_host_or_could_act_on_any_page(victim: Reader, attacked: Built) -> None:
    found = paths(attacked)
    assert len(found) > 20
    faults = {path: _faults(victim, f"/{path}") for path in found}
    assert {path: said for path, said in faults.items() if said} == {}


def test_no_vector_comes_alive_among_the_results_of_a_search(victim: Reader) -> None:
    pytest.importorskip("pagefind", reason="Pagefind is not installed")
    page = victim.open("/search/?q=alert")
    page.locator(".search-results a").first.wait_for()
    assert "alert" in page.locator(".search-results").inner_text()
    assert _faults_of(victim, page) == []


def test_the_same_vectors_do_run_where_nothing_cleans_them(chromium: Any, attacked: Built) -> None:
    from .reader import Reader

    folder = attacked.output.parent / "raw"
    folder.mkdir()
    texts = [text for kind, text in vectors() if kind in ("script-element", "link-element", "embedding")]
    for number, text in enumerate(texts):
        (folder / f"{number}.html").write_text(f"<!doctype html><meta charset=utf-8>{text}", encoding="utf-8")
    with served(folder) as address:
        reader = Reader(chromium, address, bypass_csp=True)
        harmed = sum(bool(_faults(reader, f"/{number}.html")) for number in range(len(texts)))
        reader.close()
    assert harmed > len(texts) * 3 / 4


def _faults(reader: Reader, path: str) -> list[str]:
    """Return what a page did that none may: scripts of strangers, requests elsewhere, elements that wait to act."""
    return _faults_of(reader, reader.open(path))


def _faults_of(reader: Reader, page: Page) -> list[str]:
    elsewhere = [asked for asked in reader.requested if urlsplit(asked).netloc != urlsplit(reader.site).netloc]
    said = [complaint for complaint in reader.complaints if MISSING not in complaint]
    return [*elsewhere, *said, *page.evaluate(_CAN_ACT)]
