"""Serve a built site on this machine alone, as any static host would."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path
from typing import Any


class _Host(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, prefix: str, directory: str) -> None:
        self._prefix = prefix
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Find a file below the prefix; whatever lies outside of it is not there."""
        inside = path.startswith(f"{self._prefix}/")
        return super().translate_path(path.removeprefix(self._prefix)) if inside else str(Path(self.directory, "-"))

    def guess_type(self, path: str | PathLike[str]) -> str:
        """Say what other hosts say of a page that has no name but its suffix, as that of a tag of signs alone."""
        return "text/html" if Path(path).name == ".html" else super().guess_type(path)

    def send_head(self) -> Any:
        """Send nothing for the icon that Chromium asks every host for, whatever the page says, now and then."""
        if self.path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return None
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: requests are read from the browser."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a page that was closed before it had all its files; of any other fault say all."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(output: Path, prefix: str = "") -> Iterator[str]:
    """Serve a folder, below a path such as /blog, and yield the address of the site."""
    host = partial(_Host, prefix=prefix, directory=str(output))
    with _Server(("127.0.0.1", 0), host) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()
