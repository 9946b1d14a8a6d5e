"""Train the tagger over an untuned encoder: `PYTHONPATH=plugins python training/build.py DATA [DEV]`; writes the model and prints figures.

A passage whose two annotators differ goes in under both labels, weighted; the texts written from scratch weigh less.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from common import LABELS, OPPOSITES, read, site
from debate.stance import Example, evaluate, read_examples, save, train

WRITTEN, FIRST, SECOND = 0.3, 0.3, 0.5
MODEL = Path("plugins/debate/stance/data/networking.stance")
TOLD = ("n", "macro_f1", "accuracy", "coverage", "shown", "share_error", "calibration_error")


def examples_of(records: list[dict]) -> tuple[Example, ...]:
    """Return weighted examples grouped by site."""
    return tuple(example for record in records for example in _weighted(record))


def _weighted(record: dict) -> list[Example]:
    """Return the passage under its majority label; two annotators who differ, and no third, count 0.3 and 0.5."""
    text, group, labels = record["text"], site(record), record["labels"]
    if record["set"] == "written":
        return [Example(text, labels[0], group, WRITTEN)]
    if len(labels) == 2 and labels[0] != labels[1]:
        return [Example(text, label, group, weight) for label, weight in zip(labels, (FIRST, SECOND), strict=True)]
    label, count = Counter(reversed(labels)).most_common(1)[0]
    return [Example(text, label, group, 1.0 if count > len(labels) / 2 else SECOND)]


def tell(heading: str, figures) -> None:
    """Print the figures of a model on texts it had not seen."""
    for key in TOLD:
        print(heading, key, figures[key])


def main(data: str, dev: str = "") -> None:
    """Train, write the model, print its figures, and those on DEV."""
    examples = examples_of(read(data))
    model = train(examples, labels=LABELS, opposites=OPPOSITES, name="networking", equal_shares=True)
    save(model, MODEL)
    print(model.version, model.decision, MODEL.stat().st_size)
    tell("cross-validation", model.figures)
    if dev:
        print(json.dumps(evaluate(model, read_examples(dev, LABELS), OPPOSITES, timed=True).as_dict()))


if __name__ == "__main__":
    main(*sys.argv[1:3])
