"""Merge all labelled passages into one training file: `python training/assemble.py SHARED GATHERED LABELS OUT`.

SHARED holds train.jsonl, written.jsonl, dev.jsonl; GATHERED the gathered *.jsonl; LABELS those
of further annotators (a1-*.jsonl, a2-*.jsonl: id, label; a2-adjudicated decides where the first two differ). Passages from a site of dev, and near-duplicates of a dev passage (at least 30 % of their word
4-grams in common), are dropped and counted. Every line of OUT has the labels of all annotators in `labels`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

LABELS = ("online", "face-to-face", "spectrum", "none")


def read(path: Path) -> list[dict]:
    """Return the objects of a JSON Lines file; a line that is still being written is left out."""
    records = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            records.append(json.loads(line))
        except json.JSONDecodeError:
            print("skipped a broken line in", path.name)
    return records


def host(record: dict) -> str:
    """Return the site of a passage."""
    return (urlsplit(record.get("source", "")).hostname or "").removeprefix("www.")


def grams(text: str, size: int = 4) -> set[tuple[str, ...]]:
    """Return the word n-grams of a text."""
    words = [word.strip(".,;:!?\"'()").lower() for word in text.split()]
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def main(shared: Path, gathered: Path, labels: Path, out: Path) -> None:
    """Merge, drop what is too near to dev, write, and print what was dropped and how far annotators agree."""
    dev = read(shared / "dev.jsonl")
    dev_hosts, dev_grams = {host(record) for record in dev}, [grams(record["text"]) for record in dev]
    others = defaultdict(list)
    for path in sorted(labels.glob("a[0-9]-*.jsonl")):
        for record in read(path):
            if record.get("label") in LABELS:
                others[record["id"]].append(record["label"])
    parts = [("train", shared / "train.jsonl"), ("written", shared / "written.jsonl")]
    parts += [("gathered", path) for path in sorted(gathered.glob("*.jsonl"))]
    merged, dropped, seen = [], Counter(), set()
    for name, path in parts:
        for record in read(path):
            mine = grams(record["text"])
            key = " ".join(record["text"].lower().split())
            if record.get("label") not in LABELS:
                dropped["label"] += 1
            elif key in seen:
                dropped["twice"] += 1
            elif host(record) and host(record) in dev_hosts:
                dropped["site of dev"] += 1
            elif any(len(mine & other) >= 0.3 * max(1, min(len(mine), len(other))) for other in dev_grams):
                dropped["near dev"] += 1
            else:
                seen.add(key)
                given = [record["label"], *others[record["id"]]]
                merged.append(
                    {
                        "id": record["id"],
                        "set": name,
                        "text": record["text"],
                        "labels": given,
                        "confidence": record.get("confidence", ""),
                        "kind": record.get("kind", "written"),
                        "source": record.get("source", ""),
                    }
                )
    out.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in merged), encoding="utf-8")
    reasons = dict(sorted(dropped.items())) | {"all": sum(dropped.values())}
    out.with_name("dropped.json").write_text(json.dumps(reasons) + "\n", encoding="utf-8")
    print(len(merged), "passages;", dict(Counter(record["set"] for record in merged)), "dropped", dict(dropped))
    for name in ("train", "gathered"):
        pairs = [record["labels"] for record in merged if record["set"] == name and len(record["labels"]) > 1]
        if pairs:
            print(name, "labelled twice:", len(pairs), "Cohen's kappa", round(kappa(pairs), 3))


def kappa(pairs: list[list[str]]) -> float:
    """Return Cohen's kappa of the first two annotators; neither saw the other's labels."""
    pairs = [pair[:2] for pair in pairs]
    agree = sum(first == second for first, second in pairs) / len(pairs)
    left, right = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(left[label] * right[label] for label in LABELS) / len(pairs) ** 2
    return (agree - chance) / (1 - chance)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
