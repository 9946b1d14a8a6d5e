"""What the tasks run: commands, Pelican, the site's build with its search index."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from invoke import Context, Exit

from tools.checking import ROOT, content_folder, the_plugin, whole_number

CONTENT = ROOT / "content"
OUTPUT = ROOT / "output"
CACHE = ROOT / ".cache"
BUILT_LAST = CACHE / "built-last.txt"
"""Names the content folder that output/ was last built from."""


def run(*command: str) -> None:
    """Run a command without a shell (paths may hold spaces) and end with its exit code when it fails."""
    code = subprocess.run(command, cwd=ROOT).returncode
    if code:
        raise Exit(code=code)


def run_pelican(settings: str, *arguments: str, content: Path = CONTENT, output: Path = OUTPUT) -> None:
    """Run Pelican on a content folder with the arguments given, and with those that stand after `--`."""
    passed_on = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    run(sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", settings, *arguments, *passed_on)


def make_index() -> None:
    """Make the search index of the site just built, where the site has a search and Pagefind is installed."""
    with the_plugin():
        from debate.desk.searching import index_command

        done = index_command(CACHE, OUTPUT)
    if done:
        print(done)


def with_help(body: Callable[..., None]) -> Callable[..., None]:
    """Show a task's help for `--help` behind its name: before a first argument, invoke takes it for that argument."""

    @wraps(body)
    def body_or_help(context: Context, **arguments: Any) -> None:
        if {"--help", "-h"} & {value for value in arguments.values() if isinstance(value, str)}:
            run(sys.executable, "-m", "invoke", "--help", body.__name__.strip("_").replace("_", "-"))
        else:
            body(context, **arguments)

    return body_or_help


def build_site(settings: str, *arguments: str, content: str, jobs: str) -> None:
    """Build the site by the settings in a file, then its search index; `content` and `jobs` as the owner gave them."""
    more = ["--extra-settings", f"DEBATE_JOBS={whole_number('jobs', jobs, 1)}"] if jobs else []
    folder = content_folder(content)
    run_pelican(settings, *arguments, *_anew(folder), *more, content=folder)
    BUILT_LAST.parent.mkdir(exist_ok=True)
    BUILT_LAST.write_text(str(folder), encoding="utf-8")
    make_index()


def _anew(content: Path) -> list[str]:
    """Empty output/ where another folder was built last, so that no page of one site stays among those of another."""
    last = BUILT_LAST.read_text(encoding="utf-8") if BUILT_LAST.is_file() else str(CONTENT)
    if last == str(content):
        return []
    BUILT_LAST.parent.mkdir(exist_ok=True)
    BUILT_LAST.write_text("", encoding="utf-8")  # what a build that fails leaves is of neither site
    return ["--delete-output-directory"]


@contextmanager
def address_for(address: str) -> Iterator[None]:
    """Let publishconf.py have an address for a build that nobody publishes; one that is set already stays."""
    given = os.environ.get("SITEURL")
    os.environ["SITEURL"] = given or address
    try:
        yield
    finally:
        os.environ.pop("SITEURL")
        os.environ |= {"SITEURL": given} if given is not None else {}
