"""Time builds of a made-up site: ours cold and warm, plain Pelican without comments, and pelican_comment_system.

    python benchmarks/builds.py [--essays 1000] [--comments 10000] [--rounds 3] [--folder FOLDER]

Every build is a process of its own. Rounds take turns, so that a busy moment of the machine meets all builds alike, and
the best of each counts. Processor time is printed beside wall time, because it hardly changes on a busy machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from made_up import FIRST_DAY, comment, words_of, write_site, write_text
from settings import ROOT, write_settings

SHIPPED = ROOT / "content"
CACHE = Path(".cache", "debate.sqlite")
OLD = "old"
"""Where outputs are put that a cold build shall not find: just after thousands of files were deleted, some file systems
take several times as long to make new ones."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one build took: seconds by the clock, seconds of processor, megabytes at most."""

    wall: float
    processor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Build:
    """A build to be timed: what is done to the folder before it, and the settings it uses."""

    name: str
    settings: str
    prepare: Callable[[Path, int], None]


def main() -> None:
    """Make the site, build it in turns, print the table."""
    options = _options()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.folder or temporary)
        if not (folder / "content").exists():
            write_site(folder, SHIPPED, options.essays, options.comments)
            write_settings(folder)
        first = _first(folder)
        costs = {build.name: [] for build in _builds()}
        for number in range(options.rounds):
            for build in _builds():
                build.prepare(folder, number)
                costs[build.name].append(timed(folder, build.settings))
        _print(options, first, costs, _shares(folder))
        shutil.rmtree(folder / OLD, ignore_errors=True)


def timed(folder: Path, settings: str) -> Cost:
    """Build the folder's site with these settings; end where the build fails."""
    command = [sys.executable, "-m", "pelican", "-s", f"{settings}.py", "-o", f"output-{settings}", "--fatal", "errors"]
    # As in any shell but a developer's, compiled modules stay: those of the others were compiled at installation.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    silent = subprocess.DEVNULL
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=silent, stderr=silent, env=surroundings)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed in {folder}")
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, standard in (("essays", 1_000), ("comments", 10_000), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=standard)
    parser.add_argument("--folder", help="keep the site here; one that is there is used again")
    return parser.parse_args()


def _builds() -> list[Build]:
    builds = [
        Build("plain Pelican, without comments", "plain", _leave),
        Build("ours, comments alone, cold", "comments", partial(_forget_all, "comments")),
        Build("ours, cold but for tags and drawn cards", "ours", _forget_all_but_tags),
        Build("ours, nothing changed", "ours", _leave),
        Build("ours, one new comment", "ours", partial(_add_comment, tuple("89abcdef"))),
        Build("ours, one whose words are read", "ours", partial(_add_comment, ("2",))),
        Build("ours, one whose tone is read too", "ours", partial(_add_comment, ("00",))),
    ]
    if find_spec("pelican_comment_system"):
        builds.insert(1, Build("pelican_comment_system, same comments", "pcs", partial(_forget_all, "pcs")))
    return builds


def _leave(folder: Path, number: int) -> None:
    """Leave all as it is."""


def _forget_all(settings: str, folder: Path, _: int) -> None:
    """Let a build find neither output nor cache of an earlier one."""
    for name in (f"output-{settings}", f".cache-{settings}"):
        _put_away(folder, name)


def _put_away(folder: Path, name: str) -> None:
    (folder / OLD).mkdir(exist_ok=True)
    if (folder / name).exists():
        (folder / name).rename(folder / OLD / f"{name}-{time.time_ns()}")


def _forget_all_but_tags(folder: Path, _: int) -> None:
    """Let a build find no output, and of the cache but tags and cards: what is left is all but model and painting."""
    _put_away(folder, "output-ours")
    with closing(sqlite3.connect(folder / CACHE)) as connection, connection:
        connection.execute("DELETE FROM kept WHERE kind != 'tag'")


def _add_comment(lots: tuple[str, ...], folder: Path, number: int) -> None:
    """Write a comment that no build has seen, whose lot (debate.summaries.reading) starts with one of these digits.

    Of 10,000 comments the fifth with the lowest lots is read, and of each label the hundred lowest for their tone.
    """
    chance = random.Random(f"{number} {time.time_ns()}")
    essays = sorted(path.stem for path in (folder / "content" / "essays").glob("*.md"))
    essay = chance.choice(essays)
    name = next(name for name in _names() if _lot(f"{essay}/{name}").startswith(lots))
    path = folder / "content" / "comments" / essay / f"{name}.md"
    write_text(path, comment(words_of(SHIPPED), chance, FIRST_DAY, None))


def _names() -> Iterator[str]:
    while True:
        yield f"new-{time.time_ns()}"


def _lot(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def _first(folder: Path) -> Cost | None:
    """Build with nothing kept, tags included; None where the folder has been built before."""
    return None if (folder / CACHE).exists() else timed(folder, "ours")


def _shares(folder: Path) -> dict[str, float]:
    """Return seconds of processor of each stage of a build that is cold but for the tags."""
    _forget_all_but_tags(folder, 0)
    command = [sys.executable, str(ROOT / "benchmarks" / "stages.py")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    shares: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return shares


def _print(
    options: argparse.Namespace, first: Cost | None, costs: dict[str, list[Cost]], shares: dict[str, float]
) -> None:
    best = {name: _best(found) for name, found in costs.items()}
    plain = best["plain Pelican, without comments"]
    theirs = best.get("pelican_comment_system, same comments")
    size = f"{options.essays:,} essays, {options.comments:,} comments"
    print(f"{size}; best of {options.rounds} rounds, {os.cpu_count()} cores")
    print(f"{'':40} {'wall s':>8} {'cpu s':>8} {'MB':>6} {'x plain':>9} {'x pcs':>9}   (ratios: wall, cpu)")
    if first:
        print(_row("ours, cold, with tagging and cards", first, plain, theirs))
    for name, cost in best.items():
        print(_row(name, cost, plain, theirs))
    total = sum(shares.values())
    print("Shares of the cold build, of the processor's time: ", end="")
    print(", ".join(f"{name} {100 * seconds / total:.0f} %" for name, seconds in shares.items()))


def _best(costs: Sequence[Cost]) -> Cost:
    return Cost(*(min(getattr(cost, name) for cost in costs) for name in ("wall", "processor", "megabytes")))


def _row(name: str, cost: Cost, plain: Cost, theirs: Cost | None) -> str:
    ratios = (f"{_ratio(cost, other):>9}" for other in (plain, theirs))
    return f"{name:40} {cost.wall:8.2f} {cost.processor:8.2f} {cost.megabytes:6.0f} {' '.join(ratios)}"


def _ratio(cost: Cost, other: Cost | None) -> str:
    return f"{cost.wall / other.wall:.2f} {cost.processor / other.processor:.2f}" if other else "-"


if __name__ == "__main__":
    main()
