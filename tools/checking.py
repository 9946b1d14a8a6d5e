"""What tasks ask of their arguments and of the plugin: what is wrong ends a task in one clear line."""

from __future__ import annotations

import runpy
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from invoke import Exit

ROOT = Path(__file__).resolve().parent.parent


def whole_number(option: str, value: str, least: int = 0) -> int:
    """Return an option as a whole number; end with a clear message, where invoke would show a traceback."""
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise Exit(f"--{option} {value}: no whole number of {least} or more. Remedy: give one.", code=1)
    return int(value)


def free_port(value: str) -> int:
    """Return the port to serve at; end with a clear message where it is none, or another program has it."""
    number = whole_number("port", value)
    with socket.socket() as probe:
        # As servers do: a port that was served at a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(sys.platform != "win32"))
        try:
            probe.bind(("127.0.0.1", number))
        except (OSError, OverflowError) as error:
            remedy = "end the program that listens there, or give another port by --port"
            raise Exit(f"--port {value}: {error}. Remedy: {remedy}.", code=1) from None
    return number


def content_folder(name: str) -> Path:
    """Return the content folder; end with a clear message where there is none."""
    folder = ROOT / name
    if not folder.is_dir():
        raise Exit(f"{folder}: there is no such folder. Remedy: name one that holds essays/ and comments/.", code=1)
    return folder


@contextmanager
def the_plugin() -> Iterator[None]:
    """Make the plugin importable, and end the task by the message of an error that the plugin words itself."""
    sys.path.insert(0, str(ROOT / "plugins"))
    from debate.errors import DebateError

    try:
        yield
    except DebateError as error:
        raise Exit(error.message, code=1) from None


def site_settings() -> Any:
    """Return the plugin's settings as pelicanconf.py states them; call it where the plugin can be imported."""
    from debate.settings import DebateSettings

    values = runpy.run_path(str(ROOT / "pelicanconf.py"))
    return DebateSettings.read({name: value for name, value in values.items() if name.isupper()})


def end_with(code: int) -> None:
    """End the task with an exit code, unless that says that all went well."""
    if code:
        raise Exit(code=code)
