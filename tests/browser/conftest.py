"""A browser and a server on this machine alone, for all browser tests."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from factories import Built, build
from sites import TEA_SITE

from .chromium import Chromium, program


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: requests are read from the browser."""


def _served(built: Built) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built.output)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Start one Chromium for the session; skip where there is none."""
    path = program()
    if path is None:
        assert "CI" not in os.environ, "CI must have Chromium"
        pytest.skip("Chromium is not installed")
    browser = Chromium(path)
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium: Chromium) -> Chromium:
    """Hand out the browser as a new visitor meets it."""
    chromium.scripts(on=True)
    return chromium


@pytest.fixture(scope="session")
def site(shipped: Built) -> Iterator[str]:
    """Serve the shipped site and return its address."""
    yield from _served(shipped)


@pytest.fixture(scope="session")
def replies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a small site whose owner takes replies by mail and on a forge, and return its address."""
    given = {"DEBATE_REPLY_ADDRESS": "replies@site.example", "DEBATE_REPOSITORY": "https://forge.example/me/blog"}
    yield from _served(build(tmp_path_factory.mktemp("replies"), TEA_SITE, SITEURL="", RELATIVE_URLS=True, **given))
