"""Damage small samples of every format at random, for as long as wanted, and see that nothing crashes, hangs or harms.

`python benchmarks/fuzz.py --seconds 300 --seed 1 [kind ...]`. An input that fails is kept under --keep and can be run
again by `--again FILE kind`. Each input may take SECONDS_EACH of the processor's time, or WAIT_EACH by the clock, at
most; the whole process MEMORY_MIB. By the clock alone a busy machine looked like a hang.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

from fuzz.mutation import mutated, repacked  # noqa: E402
from fuzz.seeds import seeds  # noqa: E402
from fuzz.targets import TARGETS  # noqa: E402

SECONDS_EACH = 10
WAIT_EACH = 120
MEMORY_MIB = 3000


class Hang(Exception):
    """An input took longer than it may."""


def main() -> int:
    """Run until the time is up; print the counts and every fault; return 1 if there was any."""
    options = _options()
    logging.disable(logging.NOTSET)
    logging.getLogger("debate").setLevel(logging.WARNING)
    logging.getLogger("debate").propagate = False
    logging.getLogger("debate").addHandler(logging.NullHandler())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MIB << 20, MEMORY_MIB << 20))
    for alarm in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(alarm, _ring)
    if options.again:
        return _run(options.kinds[0], options.again.read_bytes(), options.keep) is not None
    counts, slowest, failed = Counter(), Counter(), Counter()
    end, chance = time.monotonic() + options.seconds, random.Random(options.seed)
    while time.monotonic() < end:
        kind = chance.choice(options.kinds)
        data = _input(kind, chance)
        began = time.process_time()
        fault = _run(kind, data, options.keep)
        slowest[kind] = max(slowest[kind], time.process_time() - began)
        counts[kind] += 1
        failed[kind] += fault is not None
    for kind in options.kinds:
        print(f"{kind:16} {counts[kind]:7} inputs  slowest {slowest[kind]:6.2f} s  faults {failed[kind]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{'all':16} {counts.total():7} inputs, seed {options.seed}, peak memory {peak} MiB, faults {failed.total()}")
    return 1 if failed.total() else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=None)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "fuzz-faults"))
    parser.add_argument("--again", type=Path)
    options = parser.parse_args()
    options.kinds = options.kinds or list(TARGETS)
    return options


def _input(kind: str, chance: random.Random) -> bytes:
    samples = seeds()
    formats = [name for name in samples if name not in ("comment", "debate", "inbox", "model")]
    sample = samples[chance.choice(formats) if kind == "auto" else kind]
    packed = sample[:2] == b"PK" and chance.random() < 0.8
    return (repacked if packed else mutated)(sample, list(samples.values()), chance)


def _run(kind: str, data: bytes, keep: Path) -> str | None:
    """Return what went wrong, None if nothing did."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    _set_alarms(SECONDS_EACH, WAIT_EACH)
    try:
        TARGETS[kind](data, folder / "site")
        return None
    except Exception as error:
        _set_alarms(0, 0)
        keep.mkdir(parents=True, exist_ok=True)
        name = keep / f"{kind}-{hashlib.sha256(data).hexdigest()[:8]}"
        name.write_bytes(data)
        frames = [f"{Path(at.filename).name}:{at.lineno}" for at in traceback.extract_tb(error.__traceback__)[-7:]]
        print(f"{name}: {type(error).__name__}: {str(error)[:300]} ({' < '.join(reversed(frames))})")
        return str(error)
    finally:
        _set_alarms(0, 0)
        shutil.rmtree(folder, ignore_errors=True)


def _set_alarms(seconds: float, wait: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, wait)


def _ring(*_: object) -> None:
    raise Hang


if __name__ == "__main__":
    sys.exit(main())
