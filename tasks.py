"""Tasks for building, serving, checking and moderating the site; the work itself lives in Pelican and in the plugin.

Run them without activating anything: `python3 start.py build`. Arguments after `--` go to Pelican.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from invoke import Context, Exit, task

ROOT = Path(__file__).resolve().parent
CONTENT = ROOT / "content"
OUTPUT = ROOT / "output"
CACHE = ROOT / ".cache"
PORT = 8000


def _run(*command: str) -> None:
    """Run a command without a shell (paths may hold spaces) and end with its exit code when it fails."""
    code = subprocess.run(command, cwd=ROOT).returncode
    if code:
        raise Exit(code=code)


def _pelican(settings: str, *arguments: str) -> None:
    passed_on = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    _run(sys.executable, "-m", "pelican", str(CONTENT), "-o", str(OUTPUT), "-s", settings, *arguments, *passed_on)


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
    """Run all that CI runs: lint, types, tests."""
