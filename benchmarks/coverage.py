"""How often the 90 % intervals hold the true shares, in simulated debates: python benchmarks/coverage.py [DEBATES].

Four minutes for the 200 debates of each line that docs/debate-data.md speaks of.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

from simulated import CHOICES, SIZES, TRUTHS, covered  # noqa: E402 - found by the path above


def main() -> None:
    """Print a line for each way to choose, true shares and size of a debate, and the lowest."""
    debates = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    found = []
    for name, choice in CHOICES.items():
        for truth in TRUTHS:
            by_size = [covered(truth, size, choice, debates) for size in SIZES]
            found += by_size
            told = ", ".join(f"{size}: {part:.3f}" for size, part in zip(SIZES, by_size, strict=True))
            print(f"labelled: {name}; true shares {truth}; comments {told}", flush=True)
    print(f"lowest {min(found):.3f}, highest {max(found):.3f}")


if __name__ == "__main__":
    main()
