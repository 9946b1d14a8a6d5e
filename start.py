"""Set up everything in .venv/ and run a task in it: `python3 start.py build`, `python3 start.py test`.

Needs nothing but Python 3.11 or newer: no activation, no installed pip on the system, no right to write outside this
folder. A second run starts at once; a changed pyproject.toml installs anew. What only tests and checks need is
installed when one of them runs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MARK = VENV / "installed.txt"
DEVELOPING = ("test", "lint", "typecheck", "check")
NO_PIP = """start.py: this Python comes without pip, so nothing can be installed.
Remedy: install it (on Debian and Ubuntu: apt install python3-venv), then run the command again."""


def main(arguments: list[str]) -> int:
    """Run the invoke task named by the arguments (`--list` without any) in the environment; return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this script is what tells the user
        return _refuse(f"start.py: Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    wanted = hashlib.sha256((HERE / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    extra = "dev" if arguments[:1] and arguments[0] in DEVELOPING else "site"
    if not MARK.is_file() or MARK.read_text() not in (f"{wanted} {extra}", f"{wanted} dev"):
        problem = _install(extra)
        if problem:
            return _refuse(problem)
        MARK.write_text(f"{wanted} {extra}")
    if arguments[1:] in (["--help"], ["-h"]):  # behind a task, invoke would take it for the task's own argument
        arguments = ["--help", arguments[0]]
    try:
        return subprocess.run([PYTHON, "-m", "invoke", *(arguments or ["--list"])], cwd=HERE).returncode
    except KeyboardInterrupt:  # the way to end `serve`
        return 130


def _install(extra: str) -> str | None:
    """Make the environment and install into it; return what is wrong, None when all went well."""
    print(f"Setting up .venv, extra {extra} (once; needs the network)", file=sys.stderr)
    if not PYTHON.exists() or subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        problem = _make_environment()
        if problem:
            return problem
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    if subprocess.run([*pip, "install", "--editable", f"{HERE}[{extra}]"], cwd=HERE).returncode:
        return "start.py: the installation failed; the lines above say why.\nRemedy: mend that, then run it again."
    return None


def _make_environment() -> str | None:
    if subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True).returncode == 0:
        return None
    # Debian ships Python without ensurepip; its own pip can still install into the environment.
    shutil.rmtree(VENV, ignore_errors=True)
    bare = [sys.executable, "-m", "venv", "--without-pip", VENV]
    into = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", PYTHON, "install", "pip"]
    if subprocess.run(bare).returncode == 0 and subprocess.run(into, capture_output=True).returncode == 0:
        return None
    shutil.rmtree(VENV, ignore_errors=True)
    return NO_PIP


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
