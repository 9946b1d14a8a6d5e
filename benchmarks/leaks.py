"""Build a small site many times in one process, as Pelican's autoreload does, and print memory and open files.

`python benchmarks/leaks.py [--builds 200]` returns 1 where memory grew by more than MOST_GROWTH_MIB between a tenth of
the builds and the last, or an open file was left.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

from killing import WORKS, prepare  # noqa: E402
from pelican import Pelican  # noqa: E402
from pelican.settings import read_settings  # noqa: E402

MOST_GROWTH_MIB = 16.0


def main() -> int:
    """Build as often as asked; print the figures; return 1 where something leaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--builds", type=int, default=200)
    builds = parser.parse_args().builds
    logging.disable(logging.WARNING)
    figures = measured(builds)
    settled, last = figures[max(1, builds // 10) - 1], figures[-1]
    for name, (memory, files) in (("settled", settled), ("last", last)):
        print(f"{name:8} memory {memory:7.1f} MiB, open files {files}")
    grown, left = last[0] - settled[0], last[1] - settled[1]
    print(f"{builds} builds: memory grew by {grown:.1f} MiB, {left} open files were left")
    return 1 if grown > MOST_GROWTH_MIB or left > 0 else 0


def measured(builds: int) -> list[tuple[float, int]]:
    """Return resident memory in MiB and the number of open files after each build; a comment changes before each."""
    figures = []
    with tempfile.TemporaryDirectory(prefix="leaks-") as name:
        folder = Path(name)
        prepare(WORKS["build"], folder)
        settings = read_settings(str(folder / "pelicanconf.py"), {"OUTPUT_PATH": str(folder / "output")})
        # As in Pelican's own loop: one object, its plugins registered once, `run` called after every change.
        pelican = Pelican(settings)
        for number in range(builds):
            _change(folder, number)
            pelican.run()
            figures.append((_resident_mib(), len(list(Path("/proc/self/fd").iterdir()))))
    return figures


def _change(folder: Path, number: int) -> None:
    path = folder / "content/comments/cup/changing.md"
    path.write_text(f"Author: Bo\nDate: 2020-01-02\n\nMeeting online counts, time {number}.\n", encoding="utf-8")


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    sys.exit(main())
