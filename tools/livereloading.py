"""The site built again and shown at once whenever something changes."""

from __future__ import annotations

from typing import Any

from invoke import Exit

from tools.checking import ROOT
from tools.running import CONTENT, OUTPUT, run_pelican

LOOK_EVERY_MILLISECONDS = 150


def serve_live(port: int) -> None:
    """Serve output/ until Ctrl-C; build and reload the browser whenever what the site is made of changes."""
    from livereload import Server
    from livereload.watcher import Watcher
    from pelican import log
    from tornado.ioloop import PeriodicCallback

    class Prompt(Watcher):
        """Looks for changes often: of the second from saving to seeing, waiting must not be most."""

        def start(self, callback: Any) -> bool:
            """Call back whenever it is time to look (livereload's own hook; True: it need not poll)."""
            PeriodicCallback(callback, LOOK_EVERY_MILLISECONDS).start()
            return True

    log.init()
    server = Server(watcher=Prompt())
    for watched in ("content", "theme"):
        server.watch(str(ROOT / watched), _rebuild_here, delay=0)
    # What Python has loaded stays as it was: a change in settings or plugin takes a process of its own.
    for watched in ("plugins", "pelicanconf.py"):
        server.watch(str(ROOT / watched), _rebuild_quietly)
    _rebuild_here()
    server.serve(port=port, root=str(OUTPUT))


def _rebuild_quietly() -> None:
    """Build, and keep on watching when the build fails: the error on the screen is what the owner is mending."""
    try:
        run_pelican("pelicanconf.py", "--fatal", "errors")
    except Exit:
        print("The build failed; mend what is named above and save it.")


def _rebuild_here() -> None:
    """Build in this process, in which all that is slow to start has been started: a saved comment shows at once."""
    from pelican import Pelican
    from pelican.settings import read_settings

    settings = read_settings(str(ROOT / "pelicanconf.py"), {"PATH": str(CONTENT), "OUTPUT_PATH": str(OUTPUT)})
    try:
        Pelican(settings).run()
    except Exception as error:  # whatever it is, the owner is mending it
        print(f"{error}\nThe build failed; mend what is named above and save it.")
