"""Tasks for building, serving, checking and moderating the site; the work itself lives in Pelican and in the plugin.

Run them without activating anything: `python3 start.py build`. Arguments after `--` go to Pelican.
"""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from invoke import Context, Exit, task

ROOT = Path(__file__).resolve().parent
CONTENT = ROOT / "content"
OUTPUT = ROOT / "output"
CACHE = ROOT / ".cache"
PORT = 8000
CONTENT_HELP = "folder that holds debates/, essays/ and comments/"


def _run(*command: str) -> None:
    """Run a command without a shell (paths may hold spaces) and end with its exit code when it fails."""
    code = subprocess.run(command, cwd=ROOT).returncode
    if code:
        raise Exit(code=code)


def _pelican(settings: str, *arguments: str) -> None:
    passed_on = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    _run(sys.executable, "-m", "pelican", str(CONTENT), "-o", str(OUTPUT), "-s", settings, *arguments, *passed_on)


def _plugin(module: str, function: str, *arguments: Any, **options: Any) -> None:
    """Call a command of the plugin with this site's settings; end with its exit code, or with its error's message."""
    sys.path.insert(0, str(ROOT / "plugins"))
    from debate.errors import DebateError
    from debate.settings import DebateSettings

    values = runpy.run_path(str(ROOT / "pelicanconf.py"))
    try:
        settings = DebateSettings.read({name: value for name, value in values.items() if name.isupper()})
        command = getattr(import_module(f"debate.{module}"), function)
        code = command(*arguments, settings=settings, **options)
    except DebateError as error:
        raise Exit(error.message, code=1) from None
    if code:
        raise Exit(code=code)


@task
def build(_: Context) -> None:
    """Build the site into output/."""
    _pelican("pelicanconf.py", "--fatal", "errors")


@task
def rebuild(_: Context) -> None:
    """Build the site anew: empty output/ first."""
    _pelican("pelicanconf.py", "--fatal", "errors", "--delete-output-directory")


@task
def clean(_: Context) -> None:
    """Remove output/ and the cache of tags."""
    for folder in (OUTPUT, CACHE):
        shutil.rmtree(folder, ignore_errors=True)


@task(help={"port": "port of the local server"})
def serve(_: Context, port: int = PORT) -> None:
    """Serve output/ at http://localhost:8000 until Ctrl-C."""
    _pelican("pelicanconf.py", "--listen", "--port", str(port))


@task(help={"port": "port of the local server"})
def reserve(_: Context, port: int = PORT) -> None:
    """Build, then serve."""
    _pelican("pelicanconf.py", "--fatal", "errors")
    serve(_, port)


@task
def regenerate(_: Context) -> None:
    """Build again whenever something changes in content/, theme/ or the settings."""
    _pelican("pelicanconf.py", "--autoreload")


@task(help={"port": "port of the local server"})
def livereload(_: Context, port: int = PORT) -> None:
    """Serve, and build and reload the browser whenever an essay, comment, debate, template or setting changes."""
    from livereload import Server

    server = Server()
    for watched in ("content", "theme", "plugins", "pelicanconf.py"):
        server.watch(str(ROOT / watched), _rebuild_quietly)
    _rebuild_quietly()
    server.serve(port=port, root=str(OUTPUT))


def _rebuild_quietly() -> None:
    """Build, and keep on watching when the build fails: the error on the screen is what the owner is mending."""
    try:
        _pelican("pelicanconf.py", "--fatal", "errors")
    except Exit:
        print("The build failed; mend what is named above and save it.")


@task
def preview(_: Context) -> None:
    """Build with the production settings of publishconf.py."""
    _pelican("publishconf.py", "--fatal", "errors")


@task
def publish(_: Context) -> None:
    """Build for publishing: production settings, and any warning stops it."""
    _pelican("publishconf.py", "--fatal", "warnings")


@task(help={"content": CONTENT_HELP})
def review(_: Context, content: str = "content") -> None:
    """Go through the machine's tags in the terminal: accept, change, skip, undo."""
    _plugin("desk.review", "review_command", ROOT / content, CACHE)


@task(help={"model": "a model that the `llm` library knows", "content": CONTENT_HELP, "limit": "comments to ask about"})
def suggest(_: Context, model: str, content: str = "content", limit: int = 0) -> None:
    """Ask a language model for proposals, which `review` then shows (needs the library `llm`)."""
    _plugin("desk.suggest", "suggest_command", ROOT / content, CACHE, model, limit=limit or None)


@task(help={"path": "an mbox, a Maildir, an .eml file or a folder of them", "content": CONTENT_HELP})
def inbox(_: Context, path: str, content: str = "content") -> None:
    """Turn replies that came by mail into comments held for moderation."""
    _plugin("desk.inbox", "inbox_command", Path(path), ROOT / content)


@task(help={"content": CONTENT_HELP, "blocked": "file of words, one a line, that mark a comment as likely spam"})
def moderate(_: Context, content: str = "content", blocked: str = "") -> None:
    """Go through the comments held for moderation in the terminal: publish, delete, edit, skip, undo."""
    _plugin("desk.moderate", "moderate_command", ROOT / content, blocked_words=Path(blocked) if blocked else None)


@task
def test(_: Context) -> None:
    """Run the tests; arguments after `--` go to pytest."""
    passed_on = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    _run(sys.executable, "-m", "pytest", *passed_on)


@task
def lint(_: Context) -> None:
    """Check style and formatting with ruff."""
    _run(sys.executable, "-m", "ruff", "check", ".")
    _run(sys.executable, "-m", "ruff", "format", "--check", ".")


@task
def typecheck(_: Context) -> None:
    """Check types with mypy, strictly, in plugins/."""
    _run(sys.executable, "-m", "mypy")


@task(lint, typecheck, test)
def check(_: Context) -> None:
    """Run all that CI runs: lint, types, tests, and a build for publishing."""
    publish(_)
