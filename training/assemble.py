"""Merge all labelled passages into one training file: `python training/assemble.py SHARED GATHERED LABELS OUT`.

SHARED holds train.jsonl, written.jsonl, dev.jsonl; GATHERED the gathered *.jsonl; LABELS those
of further annotators (a1-*.jsonl, a2-*.jsonl: id, label; a2-adjudicated decides where the first two differ). Passages from a site of dev, and near-duplicates of a dev passage (at least 30 % of their word
4-grams in common), are dropped and counted. Every line of OUT has the labels of all annotators in `labels`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from common import LABELS, host, json_lines, kappa, read

Grams = set[tuple[str, ...]]


def finished(path: Path) -> list[dict]:
    """Return the objects of a JSON Lines file; a line that is still being written is left out."""
    records = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            records.append(json.loads(line))
        except json.JSONDecodeError:
            print("skipped a broken line in", path.name)
    return records


def grams(text: str, size: int = 4) -> Grams:
    """Return the word n-grams of a text."""
    words = [word.strip(".,;:!?\"'()").lower() for word in text.split()]
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def near(mine: Grams, other: Grams) -> bool:
    """Return whether the shorter of two texts shares 30 % of its n-grams with the other."""
    return len(mine & other) >= 0.3 * max(1, min(len(mine), len(other)))


class Sieve:
    """Decides which passages stay; remembers the texts it let through."""

    def __init__(self, dev: list[dict]) -> None:
        self.hosts = {host(record) for record in dev} - {""}
        self.grams = [grams(record["text"]) for record in dev]
        self.seen: set[str] = set()

    def reason(self, record: dict) -> str:
        """Return why a passage is dropped; empty when it stays."""
        key = " ".join(record["text"].lower().split())
        if record.get("label") not in LABELS:
            return "label"
        if key in self.seen:
            return "twice"
        if host(record) in self.hosts:
            return "site of dev"
        mine = grams(record["text"])
        if any(near(mine, other) for other in self.grams):
            return "near dev"
        self.seen.add(key)
        return ""


def further_labels(folder: Path) -> dict[str, list[str]]:
    """Return the labels of the further annotators by passage, in the order of the files' names."""
    labels = defaultdict(list)
    for path in sorted(folder.glob("a[0-9]-*.jsonl")):
        for record in finished(path):
            if record.get("label") in LABELS:
                labels[record["id"]].append(record["label"])
    return labels


def candidates(shared: Path, gathered: Path) -> Iterator[tuple[str, dict]]:
    """Yield every passage with the set it belongs to."""
    parts = [("train", shared / "train.jsonl"), ("written", shared / "written.jsonl")]
    parts += [("gathered", path) for path in sorted(gathered.glob("*.jsonl"))]
    return ((name, record) for name, path in parts for record in finished(path))


def line_of(name: str, record: dict, further: list[str]) -> dict:
    """Return a passage as it stands in the training file."""
    return {
        "id": record["id"],
        "set": name,
        "text": record["text"],
        "labels": [record["label"], *further],
        "confidence": record.get("confidence", ""),
        "kind": record.get("kind", "written"),
        "source": record.get("source", ""),
    }


def merge(shared: Path, gathered: Path, labels: Path) -> tuple[list[dict], Counter]:
    """Return the lines of the training file, and how many passages were dropped for which reason."""
    sieve, further = Sieve(read(shared / "dev.jsonl")), further_labels(labels)
    merged, dropped = [], Counter()
    for name, record in candidates(shared, gathered):
        if reason := sieve.reason(record):
            dropped[reason] += 1
        else:
            merged.append(line_of(name, record, further.get(record["id"], [])))
    return merged, dropped


def print_agreement(merged: list[dict]) -> None:
    """Print for each set how far its first two annotators agree."""
    for name in ("train", "gathered"):
        pairs = [record["labels"] for record in merged if record["set"] == name and len(record["labels"]) > 1]
        if pairs:
            print(name, "labelled twice:", len(pairs), "Cohen's kappa", round(kappa(pairs), 3))


def main(shared: Path, gathered: Path, labels: Path, out: Path) -> None:
    """Merge, drop what is too near to dev, write, and print what was dropped and how far annotators agree."""
    merged, dropped = merge(shared, gathered, labels)
    out.write_text(json_lines(merged), encoding="utf-8")
    reasons = dict(sorted(dropped.items())) | {"all": sum(dropped.values())}
    out.with_name("dropped.json").write_text(json.dumps(reasons) + "\n", encoding="utf-8")
    print(len(merged), "passages;", dict(Counter(record["set"] for record in merged)), "dropped", dict(dropped))
    print_agreement(merged)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
