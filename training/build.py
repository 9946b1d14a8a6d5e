"""Train the shipped tagger: `PYTHONPATH=plugins python training/build.py DATA [DEV]`; writes the model and prints figures.

A passage whose two annotators differ goes in under both labels, weighted; the texts written from scratch weigh less.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from debate.stance import Example, evaluate, read_examples, save, train

LABELS = ("online", "face-to-face", "spectrum", "none")
OPPOSITES = ("online", "face-to-face")
WRITTEN, FIRST, SECOND = 0.3, 0.3, 0.5
MODEL = Path("plugins/debate/stance/data/networking.stance")


def examples_of(path: Path) -> tuple[Example, ...]:
    """Return weighted examples grouped by site."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(example for record in records for example in _weighted(record))


def _weighted(record: dict) -> list[Example]:
    """Return the passage under its majority label; two annotators who differ, and no third, count 0.3 and 0.5."""
    group = (urlsplit(record["source"]).hostname or record["id"]).removeprefix("www.")
    labels = record["labels"]
    if record["set"] == "written":
        return [Example(record["text"], labels[0], group, WRITTEN)]
    if len(labels) == 2 and labels[0] != labels[1]:
        return [
            Example(record["text"], label, group, weight) for label, weight in zip(labels, (FIRST, SECOND), strict=True)
        ]
    label, count = Counter(reversed(labels)).most_common(1)[0]
    return [Example(record["text"], label, group, 1.0 if count > len(labels) / 2 else SECOND)]


if __name__ == "__main__":
    model = train(
        examples_of(Path(sys.argv[1])), labels=LABELS, opposites=OPPOSITES, name="networking", equal_shares=True
    )
    save(model, MODEL)
    print(model.version, model.decision, MODEL.stat().st_size)
    for key in ("n", "macro_f1", "accuracy", "coverage", "shown", "share_error", "calibration_error"):
        print("cross-validation", key, model.figures[key])
    if len(sys.argv) > 2:
        found = evaluate(model, read_examples(sys.argv[2], LABELS), OPPOSITES, timed=True)
        print(json.dumps(found.as_dict()))
