"""Kill the work at random moments and see that nothing is half-written, nothing is lost, and the next run completes.

`python benchmarks/kill.py [--kills 50] [--seed 1] [build import review moderate inbox]`. Each round starts from a fresh
copy, lets a child process work, kills it (SIGKILL), looks at every file, runs the work again undisturbed, and compares
what lies there with what an undisturbed first run makes.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
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
            if _killed(work, folder / "round", chance.uniform(work.earliest, 1.02) * seconds):
                outcome.kills += 1
                _judge(work, folder, expected, outcome)
            else:
                outcome.too_late += 1
    return outcome


def _killed(work: Work, folder: Path, after_seconds: float) -> bool:
    process = subprocess.Popen(work.command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        process.wait(timeout=after_seconds)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def _judge(work: Work, folder: Path, expected: Mapping[str, bytes], outcome: Outcome) -> None:
    start, left = snapshot(folder / "start"), snapshot(folder / "round")
    outcome.moved += left != start
    faults = damage(work, start, left, expected)
    done = subprocess.run(work.command(folder / "round"), capture_output=True, cwd=ROOT, text=True)
    after = snapshot(folder / "round")
    faults += [f"the next run ended with {done.returncode}: {done.stderr[-300:]}"] if done.returncode else []
    faults += [f"{path} differs from an undisturbed run" for path in sorted(expected) if after.get(path) != expected[path]]
    faults += [f"{path} is left over" for path in sorted(set(after) - set(expected))]
    outcome.faults += bool(faults)
    for fault in faults[:5]:
        print(f"  {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
