"""Learning curve and model comparison by grouped cross-validation: `PYTHONPATH=plugins python training/curve.py DATA VECTORS OUT`.

VECTORS are the mean vectors (texts, width) of layer 7 as `training/cache.py` gives them, before any tuning. Writes rows of {"name", "n", "macro_f1", "accuracy", "wrong_side"} for the learning curve (parts of the training folds,
the held-out folds whole) and for what each part of the tagger gains.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from build import LABELS, OPPOSITES, examples_of
from debate.contents import StanceTag
from debate.stance.corpus import folds
from debate.stance.decision import probabilities_of
from debate.stance.evaluation import measure
from debate.stance.text import own_sentences
from debate.stance.training import FOLDS, _Sheet

STRENGTH, NGRAMS = 0.001, 0.5
PARTS = (0.1, 0.2, 0.4, 0.7, 1.0)


def figures(scores, sheet, examples):
    """Return the figures on the rows that judge."""
    rows = np.flatnonzero(sheet.judges)
    shares = probabilities_of(scores[rows])
    tags = [StanceTag(None, None, dict(zip(LABELS, map(float, row), strict=True))) for row in shares]
    found = measure(tags, [examples[row].label for row in rows], LABELS, OPPOSITES)
    return {
        "macro_f1": found.macro_f1,
        "accuracy": found.accuracy,
        "wrong_side": found.coverage["100"]["wrong_side"],
        "interval": found.intervals["macro_f1"],
    }


def some(rows, part):
    """Return the first part of the rows in a fixed shuffled order."""
    return sorted(np.random.default_rng(3).permutation(rows)[: int(part * len(rows))].tolist())


def main():
    examples = examples_of(Path(sys.argv[1]))
    texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    vectors, place = np.load(sys.argv[2]), {text: row for row, text in enumerate(texts)}
    sheet = _Sheet(
        [own_sentences(example.text) or ("",) for example in examples],
        vectors[[place[example.text] for example in examples]],
        np.array([LABELS.index(example.label) for example in examples]),
        np.array([example.weight for example in examples]),
        len(LABELS),
        list(folds(examples, FOLDS)),
    )
    made = {}
    for part in PARTS:
        ngrams = sheet.held_out(lambda rows, part=part: sheet.ngrams(some(rows, part)))
        vectors = sheet.held_out(lambda rows, part=part: sheet.linear(STRENGTH)(some(rows, part)))
        count = int(part * len(examples) * 0.8)
        made[part] = [
            {"name": name, "n": count, **figures(scores, sheet, examples)}
            for name, scores in (("n-grams", ngrams), ("vectors", vectors), ("both", vectors + NGRAMS * ngrams))
        ]
        print(made[part], flush=True)
    Path(sys.argv[3]).write_text(json.dumps([row for rows in made.values() for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
