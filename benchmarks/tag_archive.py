"""Tag an archive of synthetic comments by Dask or by processes, kill a worker half-way, and compare with one process.

    python3 benchmarks/tag_archive.py [--comments 1000000] [--model n-grams] [--engine dask|jobs] [--compare N]

The texts come from a word model of the comments in content/, with a fixed seed. `n-grams` is the n-gram half of the
shipped model alone, `networking` the whole model. Two workers are started as processes of their own and one is killed
(SIGKILL) when half of the parts are done; Dask's is replaced by hand, that of `--jobs` by the pool itself. Then one
process tags the first N comments (all by default) into another folder, and every part is compared byte for byte.
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
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))
SENTENCES = 30_000
PART_SIZE = 5000
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


def tag(source: Path, into: Path, site: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start `invoke tag-archive`."""
    fixed = ("--debate", "networking", "--content", str(site), "--into", str(into), "--part-size", str(PART_SIZE))
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


def peak(pid: int) -> int:
    """Return the peak memory of a process in MiB, 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024
    except (OSError, TypeError):
        return 0


def watch(process: subprocess.Popen[bytes], into: Path, parts: int, cluster: Dask | None) -> tuple[float, int, str]:
    """Wait for the command; kill a worker when half is done. Return seconds, the workers' peak MiB, what was killed."""
    begin, most, killed = time.monotonic(), 0, "nothing"
    while process.poll() is None:
        workers = cluster.workers if cluster else list(children(process.pid))
        most = max([most, *map(peak, workers)])
        done = len(list((into / "receipts").glob("part-*.json")))
        if killed == "nothing" and done >= parts // 2 and workers:
            killed = f"worker killed after {done} of {parts} parts, {time.monotonic() - begin:.0f} s"
            cluster.kill_one() if cluster else os.kill(workers[0], signal.SIGKILL)
        time.sleep(0.2)
    if process.returncode:
        sys.exit(process.returncode)
    return time.monotonic() - begin, most, killed


def same(first: Path, second: Path) -> tuple[int, int]:
    """Return how many parts of the second folder there are, and how many differ from the first folder's."""
    parts = sorted(second.glob("part-*"))
    return len(parts), sum((first / part.name).read_bytes() != part.read_bytes() for part in parts)


def head(source: Path, target: Path, lines: int) -> Path:
    """Copy the first lines of a file to a file of the same name."""
    target.mkdir()
    with source.open("rb") as file, (target / source.name).open("wb") as copy:
        copy.writelines(line for _, line in zip(range(lines), file, strict=False))
    return target / source.name


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--model", choices=("n-grams", "networking"), default="n-grams")
    parser.add_argument("--engine", choices=("dask", "jobs"), default="dask")
    parser.add_argument("--compare", type=int)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    source, into, alone = folder / "comments.jsonl", folder / "tags", folder / "alone"
    generate(source, options.comments)
    site = content(folder, options.model)
    size = source.stat().st_size / 1e6
    print(f"archive: {options.comments:,} comments, {size:.0f} MB, model {options.model}", flush=True)
    cluster = Dask() if options.engine == "dask" else None
    engine = ("--scheduler", cluster.address) if cluster else ("--jobs", str(WORKERS))
    seconds, most, killed = watch(tag(source, into, site, *engine), into, -(-options.comments // PART_SIZE), cluster)
    if cluster:
        cluster.stop()
    print(f"{options.engine}, {WORKERS} workers: {seconds:.0f} s, {options.comments / seconds:,.0f} comments a second")
    print(f"  {killed}; peak memory of a worker {most} MiB", flush=True)
    some = options.compare or options.comments
    one = head(source, folder / "head", some)
    process = tag(one, alone, site)
    begin, most = time.monotonic(), 0
    while process.poll() is None:
        most = max([most, *(peak(pid) for pid in (process.pid, *children(process.pid)))])
        time.sleep(0.2)
    seconds = time.monotonic() - begin
    print(f"one process: {some:,} comments, {seconds:.0f} s, {some / seconds:,.0f} a second, peak memory {most} MiB")
    print("parts compared: {}, different: {}".format(*same(into, alone)))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
