"""Write requirements.lock: every package of a working installation, pinned, with the hash of the file that pip took.

`python tools/lock.py` asks pip for what it would install for pyproject.toml here and now; the lock names no host, so
any mirror or folder of wheels serves it. It holds for the system and the Python it was made on, which it names.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEAD = """\
# Made by `python tools/lock.py` for {system}, Python {python}. Install without trusting any index:
#   pip install --require-hashes --only-binary :all: -r requirements.lock
"""


def resolved() -> list[dict[str, Any]]:
    """Return pip's report on what it would install for the plugin in an empty environment."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    options = ["--dry-run", "--ignore-installed", "--only-binary", ":all:", "--report", "-"]
    stated = _stated()
    done = subprocess.run([*pip, "install", *options, *stated], stdout=subprocess.PIPE, text=True, check=True)
    report: list[dict[str, Any]] = json.loads(done.stdout)["install"]
    return report


def lines(report: list[dict[str, Any]]) -> list[str]:
    """Return a line for each package, by name."""
    pinned = {
        item["metadata"]["name"].lower().replace("_", "-"): (
            item["metadata"]["version"],
            item["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for item in report
    }
    return [f"{name}=={version} --hash=sha256:{digest}" for name, (version, digest) in sorted(pinned.items())]


def _stated() -> list[str]:
    """Return what the plugin needs, and what runs the tasks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["tasks"]]


if __name__ == "__main__":
    head = HEAD.format(system=f"{platform.system()} {platform.machine()}", python=platform.python_version())
    LOCK.write_text(head + "".join(f"{line}\n" for line in lines(resolved())), encoding="utf-8")
