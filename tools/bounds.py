"""Install the lowest or newest versions that pyproject.toml allows into a fresh environment and run the tests there.

`python tools/bounds.py lowest`, `python tools/bounds.py newest`; more arguments go to pytest. Takes minutes and the
network, so it is no part of `invoke check`. Dependencies of dependencies are left to pip in both cases.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("dev", "site", "cards", "search", "tasks", "archive")
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?(?:>=(?P<lowest>[\w.]+))?")


def requirements(*extras: str) -> list[str]:
    """Return the requirements that pyproject.toml states, with those of some extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    return [*project["dependencies"], *(line for extra in extras for line in optional[extra])]


def lowest(stated: Iterable[str]) -> Iterator[str]:
    """Yield a constraint for every requirement that has a lower bound: exactly that version."""
    for line in stated:
        match = _REQUIREMENT.match(line)
        if match and match["lowest"]:
            yield f"{match['name']}=={match['lowest']}"


def main(which: str, *pytest_arguments: str) -> int:
    """Make the environment, install, say what was installed, and run the tests; return their exit code."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder, "constraints.txt")
        lines = lowest(requirements(*EXTRAS)) if which == "lowest" else ()
        constraints.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        environment = Path(folder, "environment")
        venv.create(environment, with_pip=True)
        python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        upgrade = ["--upgrade", "--upgrade-strategy", "eager"] if which == "newest" else []
        install = [
            *pip,
            "install",
            *upgrade,
            "--constraint",
            str(constraints),
            "--editable",
            f"{ROOT}[{','.join(EXTRAS)}]",
        ]
        if code := subprocess.run(install).returncode:
            return code
        subprocess.run([*pip, "freeze", "--exclude-editable"])
        return subprocess.run([str(python), "-m", "pytest", *pytest_arguments], cwd=ROOT).returncode


if __name__ == "__main__":
    if sys.argv[1:2] not in (["lowest"], ["newest"]):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
