"""Time from saving a comment to its page on disk under `livereload`: python benchmarks/live.py [ESSAYS] (default 100).

The site stands in the working folder's place of a real one; each save is one build in a process that goes on running.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from made_up import FIRST_DAY, comment, words_of, write_site, write_text
from settings import ROOT, write_settings

SAVES = 8
sys.path.insert(0, str(ROOT / "plugins"))


def main() -> None:
    """Build once, save comments one after the other, print the seconds of each build."""
    essays = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        write_site(Path(folder), ROOT / "content", essays, 10 * essays)
        write_settings(Path(folder))
        os.chdir(folder)
        _build()
        costs = sorted(_saved(number) for number in range(SAVES))
    wall, processor = ([cost[place] for cost in costs] for place in (0, 1))
    print(f"{essays} essays, one comment saved: median {wall[SAVES // 2]:.2f} s, worst {wall[-1]:.2f} s", end="")
    print(f" (of the processor: {sorted(processor)[SAVES // 2]:.2f} s)")


def _saved(number: int) -> tuple[float, float]:
    words, chance = words_of(ROOT / "content"), random.Random(number)
    path = Path("content", "comments", "essay-00003", f"saved-{number}.md")
    started, used = time.perf_counter(), time.process_time()
    write_text(path, comment(words, chance, FIRST_DAY, None))
    _build()
    if f"comment-saved-{number}" not in Path("output", "essays", "essay-00003", "index.html").read_text("utf-8"):
        raise SystemExit("the comment is not on its page")
    return time.perf_counter() - started, time.process_time() - used


def _build() -> None:
    from pelican import Pelican
    from pelican.settings import read_settings

    Pelican(read_settings("ours.py", {"OUTPUT_PATH": "output"})).run()


if __name__ == "__main__":
    main()
