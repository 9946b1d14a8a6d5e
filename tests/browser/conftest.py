"""A browser and servers on this machine alone, for all browser tests.

The browser lives as long as the package's tests: Playwright holds an event loop, which other tests may want for theirs.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from debate.desk.searching import index_command
from factories import ROOT, Built, build, pelican
from sites import TEA_SITE

from .serving import served

if TYPE_CHECKING:
    from .reader import Reader


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """Start one Chromium for all tests; skip where it or Playwright is absent."""
    _need_playwright()
    from playwright.sync_api import sync_playwright

    from .reader import launch, program

    path = program()
    if path is None:
        _absent("Chromium is not installed (on Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = launch(playwright, str(path))
        yield browser
        browser.close()


@pytest.fixture
def reader_of(chromium: Any) -> Iterator[Callable[[str], Reader]]:
    """Hand out a function that makes a new visitor of the site at an address."""
    from .reader import Reader

    made: list[Reader] = []

    def make(site: str) -> Reader:
        made.append(Reader(chromium, site))
        return made[-1]

    yield make
    for reader in made:
        reader.close()


@pytest.fixture
def reader(reader_of: Callable[[str], Reader], site: str) -> Reader:
    """Hand out a new visitor of the shipped site."""
    return reader_of(site)


@pytest.fixture
def replier(reader_of: Callable[[str], Reader], replies: str) -> Reader:
    """Hand out a new visitor of the site that takes replies."""
    return reader_of(replies)


@pytest.fixture(scope="package")
def site(shipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped site, with its search index, and return its address."""
    output = tmp_path_factory.mktemp("site") / "output"
    shutil.copytree(shipped.output, output)
    index_command(shipped.output.parent / ".cache", output)
    with served(output) as address:
        yield address


@pytest.fixture(scope="package")
def replies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a small site whose owner takes replies by mail and on a forge, and return its address."""
    given = {"DEBATE_REPLY_ADDRESS": "replies@site.example", "DEBATE_REPOSITORY": "https://forge.example/me/blog"}
    built = build(tmp_path_factory.mktemp("replies"), TEA_SITE, SITEURL="", RELATIVE_URLS=True, **given)
    with served(built.output) as address:
        yield address


@pytest.fixture(scope="package")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build and serve the kitchen sink, with its search index, and return its address."""
    output = tmp_path_factory.mktemp("kitchen sink")
    built = pelican(ROOT / "examples/kitchen-sink", "sinkconf.py", output, "--fatal", "errors")
    assert built.code == 0, built.log
    index_command(ROOT / ".cache/kitchen-sink", output)
    with served(built.output) as address:
        yield address


@pytest.fixture
def visitor(reader_of: Callable[[str], Reader], sink: str) -> Reader:
    """Hand out a new visitor of the kitchen sink."""
    return reader_of(sink)


def _need_playwright() -> None:
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        _absent("Playwright is not installed (pip install playwright; its own browsers are not needed)")


def _absent(what: str) -> None:
    if "CI" in os.environ:
        pytest.fail(f"CI must run the browser tests: {what}")
    pytest.skip(what)
