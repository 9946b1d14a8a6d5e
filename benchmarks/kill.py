"""Kill the work at random moments and see that nothing is half-written, nothing is lost, and the next run completes.

`python benchmarks/kill.py [--kills 50] [--seed 1] [build import review moderate inbox]`. Each round starts from a fresh
copy, lets a child process work, kills it (SIGKILL), looks at every file, runs the work again undisturbed, and compares
what lies there with what an undisturbed first run makes.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

from killing import WORKS, Work, damage, prepare, snapshot  # noqa: E402


@dataclass
class Outcome:
    """What the kills of one kind of work came to."""

    kills: int = 0
    too_late: int = 0
    moved: int = 0
    faults: int = 0


def main() -> int:
    """Kill each kind of work as often as asked; print a line for each; return 1 if anything was damaged or lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("works", nargs="*", choices=[*WORKS, []], default=[])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults = 0
    for name in options.works or list(WORKS):
        outcome = kill_often(WORKS[name], options.kills, random.Random(f"{options.seed} {name}"))
        faults += outcome.faults
        words = f"{outcome.kills} kills ({outcome.moved} with files written before, {outcome.too_late} came too late)"
        print(f"{name:10} {words}, {outcome.faults} faults", flush=True)
    return 1 if faults else 0


def kill_often(work: Work, kills: int, chance: random.Random) -> Outcome:
    """Kill one kind of work at moments spread over the time it takes, and look at what each kill left."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="kill-") as name:
        folder = Path(name)
        prepare(work, folder / "start")
        shutil.copytree(folder / "start", folder / "whole")
        began = time.monotonic()
        subprocess.run(work.command(folder / "whole"), check=True, capture_output=True, cwd=ROOT)
        seconds = time.monotonic() - began
        expected = snapshot(folder / "whole")
        while outcome.kills < kills:
            shutil.rmtree(folder / "round", ignore_errors=True)
            shutil.copytree(folder / "start", folder / "round")
            if _killed(work, folder / "round", _moment(work, folder, expected, seconds, chance)):
                outcome.kills += 1
                _judge(work, folder, expected, outcome)
            else:
                outcome.too_late += 1
    return outcome


def _moment(
    work: Work, folder: Path, expected: Mapping[str, bytes], seconds: float, chance: random.Random
) -> Callable[[float], bool]:
    """Return what says that the moment has come: one time in three a time, else a number of files changed."""
    if chance.random() < 1 / 3:
        wanted = chance.uniform(work.earliest, 1.02) * seconds
        return lambda passed: passed >= wanted
    before = _times(folder / "round")
    start = snapshot(folder / "start")
    number = chance.randint(1, max(1, sum(start.get(path) != data for path, data in expected.items()) - 1))
    return lambda _: len(_times(folder / "round") - before) >= number


def _times(folder: Path) -> set[tuple[str, int]]:
    """Return each file below the folder with the time it was written at; files come and go meanwhile."""
    found = set()
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                found.add((f"{parent}/{name}", Path(parent, name).stat().st_mtime_ns))
    return found


def _killed(work: Work, folder: Path, now: Callable[[float], bool]) -> bool:
    """Start the work and kill it when its moment comes; return False where it was done before that."""
    process = subprocess.Popen(work.command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    began = time.monotonic()
    while process.poll() is None and not now(time.monotonic() - began):
        time.sleep(0.003)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _judge(work: Work, folder: Path, expected: Mapping[str, bytes], outcome: Outcome) -> None:
    start, left = snapshot(folder / "start"), snapshot(folder / "round")
    outcome.moved += left != start
    faults = damage(start, left, expected)
    done = subprocess.run(work.command(folder / "round"), capture_output=True, cwd=ROOT, text=True)
    after = snapshot(folder / "round")
    faults += [f"the next run ended with {done.returncode}: {done.stderr[-300:]}"] if done.returncode else []
    faults += [
        f"{path} differs from an undisturbed run" for path in sorted(expected) if after.get(path) != expected[path]
    ]
    faults += [f"{path} is left over" for path in sorted(set(after) - set(expected))]
    outcome.faults += bool(faults)
    for fault in faults[:5]:
        print(f"  {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
