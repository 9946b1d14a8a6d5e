"""What the training scripts share: the labels, reading passages, the site of a passage, agreement of two annotators."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

LABELS = ("online", "face-to-face", "spectrum", "none")
OPPOSITES = ("online", "face-to-face")


def read(path: str | Path) -> list[dict]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def json_lines(records: Sequence[dict]) -> str:
    """Return records as JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def host(record: dict) -> str:
    """Return the host a passage comes from; empty for a text written from scratch."""
    return (urlsplit(record.get("source", "")).hostname or "").removeprefix("www.")


def site(record: dict) -> str:
    """Return what keeps passages of one site in one fold: the host, or the passage itself."""
    return host(record) or record["id"]


def kappa(pairs: Sequence[Sequence[str]]) -> float:
    """Return Cohen's kappa of the first two annotators; neither saw the other's labels."""
    pairs = [pair[:2] for pair in pairs]
    agree = sum(first == second for first, second in pairs) / len(pairs)
    left, right = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(left[label] * right[label] for label in LABELS) / len(pairs) ** 2
    return (agree - chance) / (1 - chance)


def threads() -> int:
    """Return how many threads PyTorch may use: OMP_NUM_THREADS, else one."""
    return int(os.environ.get("OMP_NUM_THREADS", "1"))
