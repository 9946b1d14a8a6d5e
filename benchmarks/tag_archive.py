"""Tag an archive of synthetic comments by Dask or by processes, kill a worker half-way, and compare with one process.

    python3 benchmarks/tag_archive.py [--comments 1000000] [--model n-grams] [--engine dask|jobs] [--every N]

The texts come from a word model of the comments in content/, with a fixed seed. `n-grams` is the n-gram half of the
shipped model alone, `networking` the whole model. Two workers are started as processes of their own and one is killed
(SIGKILL) when half of the parts are done; Dask's is replaced by hand, that of `--jobs` by the pool itself. Then one
process tags every N-th part (each by default) into another folder, and these parts are compared byte for byte.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))
SENTENCES = 30_000
WORKERS = 2


def sentences(chance: random.Random) -> list[str]:
    """Return sentences from a model of which word follows which in the shipped comments."""
    follows: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "content/comments").rglob("*.md")):
        body = path.read_text(encoding="utf-8").partition("\n\n")[2]
        for sentence in re.split(r"(?<=[.!?])\s+", body.replace("\n", " ")):
            for word, following in pairwise(["", *sentence.split(), ""]):
                follows[word].append(following)
    return [_sentence(follows, chance) for _ in range(SENTENCES)]


def _sentence(follows: dict[str, list[str]], chance: random.Random) -> str:
    words: list[str] = []
    while len(words) < 40 and (word := chance.choice(follows[words[-1] if words else ""])):
        words.append(word)
    return " ".join(words).rstrip(".,;:!?") + "."


def generate(path: Path, comments: int) -> None:
    """Write comments of two to eight sentences as JSON Lines."""
    chance = random.Random(7)
    pool = sentences(chance)
    with path.open("w", encoding="utf-8") as file:
        for number in range(comments):
            text = " ".join(chance.choices(pool, k=chance.randint(2, 8)))
            file.write(json.dumps({"id": f"c{number}", "text": text}, ensure_ascii=False) + "\n")


def content(folder: Path, model: str) -> Path:
    """Write a content folder whose debate has the model wanted."""
    from debate.stance import load, save

    shipped = load("networking")
    if model == "n-grams":
        shipped = replace(shipped, name="n-grams", decision=replace(shipped.decision, mixture=(0.0, 1.0)))
    debates = folder / "content/debates"
    save(shipped, debates / "chosen.stance")
    debate = (ROOT / "content/debates/networking.toml").read_text(encoding="utf-8")
    text = debate.replace('model = "networking"', 'model = "chosen.stance"')
    (debates / "networking.toml").write_text(text, encoding="utf-8")
    return folder / "content"


def start(*command: str) -> subprocess.Popen[bytes]:
    """Start a process that finds the plugin, with one thread for each library."""
    more = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT / "plugins")}
    return subprocess.Popen(command, env=os.environ | more | {"DASK_LOGGING__DISTRIBUTED": "critical"}, cwd=ROOT)


def tag(source: Path, into: Path, site: Path, size: int, *options: str) -> subprocess.Popen[bytes]:
    """Start `invoke tag-archive`."""
    fixed = ("--debate", "networking", "--content", str(site), "--into", str(into), "--part-size", str(size))
    return start(sys.executable, "-m", "invoke", "tag-archive", str(source), *fixed, *options)


class Dask:
    """A scheduler and two workers."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rsplit(":", 1)[1]
        where = ("--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self._scheduler = start(sys.executable, "-m", "distributed.cli.dask_scheduler", *where)
        self._workers = [self._worker() for _ in range(WORKERS)]

    def _worker(self) -> subprocess.Popen[bytes]:
        module = "distributed.cli.dask_worker"
        return start(sys.executable, "-m", module, self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    @property
    def workers(self) -> list[int]:
        """Return the workers' process ids."""
        return [worker.pid for worker in self._workers]

    def kill_one(self) -> None:
        """Kill a worker and start another in its place."""
        self._workers[0].send_signal(signal.SIGKILL)
        self._workers[0].wait()
        self._workers[0] = self._worker()

    def stop(self) -> None:
        """End all processes."""
        for process in (*self._workers, self._scheduler):
            process.terminate()
            process.wait()


def children(pid: int) -> Iterator[int]:
    """Yield the processes below one that are workers of a pool: the spawned ones."""
    with contextlib.suppress(OSError):
        for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                yield child
            yield from children(child)


class Meter:
    """Peak memory (MiB) and processor seconds of processes, read while they live."""

    def __init__(self) -> None:
        self.peaks: dict[int, int] = {}
        self.busy: dict[int, float] = {}

    def read(self, pid: int) -> None:
        """Note what a process has used up to now."""
        with contextlib.suppress(OSError, TypeError, IndexError):
            status = Path(f"/proc/{pid}/status").read_text()
            self.peaks[pid] = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024
            ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            self.busy[pid] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def told(self, comments: int, seconds: float) -> str:
        """Return the figures as a line."""
        busy = sum(self.busy.values())
        return (
            f"{seconds:.0f} s, {comments / seconds:,.0f} comments a second; {busy:.0f} s of processor time, "
            f"{comments / busy:,.0f} a second of it; peak memory of a process {max(self.peaks.values())} MiB"
        )


def watch(
    process: subprocess.Popen[bytes], into: Path, parts: int, workers: Callable[[], list[int]], kill: Callable[[], None]
) -> tuple[float, Meter]:
    """Wait for the command, kill once half is done, measure the workers."""
    begin, meter, killed = time.monotonic(), Meter(), False
    while process.poll() is None:
        for pid in workers():
            meter.read(pid)
        done = len(list((into / "receipts").glob("part-*.json")))
        if not killed and done >= parts // 2 and workers():
            kill()
            killed = True
            print(f"  a worker killed after {done} of {parts} parts, {time.monotonic() - begin:.0f} s", flush=True)
        time.sleep(0.2)
    if process.returncode:
        sys.exit(process.returncode)
    return time.monotonic() - begin, meter


def same(tags: Path, alone: Path, every: int) -> tuple[int, int]:
    """Return how many parts one process wrote, and how many of them differ from the parts they stand for."""
    parts = sorted(alone.glob("part-*"))
    pairs = ((tags / f"part-{number * every:05}.jsonl", part) for number, part in enumerate(parts))
    return len(parts), sum(many.read_bytes() != one.read_bytes() for many, one in pairs)


def sample(source: Path, target: Path, size: int, every: int) -> Path:
    """Copy the lines of every n-th part to a file of the same name."""
    target.mkdir()
    with source.open("rb") as file, (target / source.name).open("wb") as copy:
        copy.writelines(line for number, line in enumerate(file) if number // size % every == 0)
    return target / source.name


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--model", choices=("n-grams", "networking"), default="n-grams")
    parser.add_argument("--engine", choices=("dask", "jobs"), default="dask")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--part-size", type=int, default=5000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    source, into, alone = folder / "comments.jsonl", folder / "tags", folder / "alone"
    generate(source, options.comments)
    site = content(folder, options.model)
    megabytes, size = source.stat().st_size / 1e6, options.part_size
    print(f"archive: {options.comments:,} comments, {megabytes:.0f} MB, model {options.model}", flush=True)
    cluster = Dask() if options.engine == "dask" else None
    process = tag(
        source, into, site, size, *(("--scheduler", cluster.address) if cluster else ("--jobs", str(WORKERS)))
    )
    workers = (lambda: cluster.workers) if cluster else (lambda: list(children(process.pid)))
    kill = cluster.kill_one if cluster else (lambda: os.kill(workers()[0], signal.SIGKILL))
    parts = -(-options.comments // size)
    seconds, meter = watch(process, into, parts, workers, kill)
    if cluster:
        cluster.stop()
    print(f"{options.engine}, {WORKERS} workers: {meter.told(options.comments, seconds)}", flush=True)
    one = sample(source, folder / "sample", size, options.every)
    process = tag(one, alone, site, size)
    seconds, meter = watch(process, alone, 2**31, lambda: [process.pid], lambda: None)
    count = sum(1 for _ in one.open("rb"))
    print(f"one process, every part of {options.every}: {count:,} comments, {meter.told(count, seconds)}")
    print("parts compared: {}, different: {}".format(*same(into, alone, options.every)))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
