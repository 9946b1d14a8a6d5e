"""Learning curve and model comparison by grouped cross-validation: `PYTHONPATH=plugins python training/curve.py DATA VECTORS OUT`.

VECTORS are the mean vectors (texts, width) of layer 7 as `training/cache.py` gives them, before any tuning. Writes rows
of {"name", "n", "macro_f1", "accuracy", "wrong_side", "interval"} for the learning curve (parts of the training folds,
the held-out folds whole) and for what each part of the tagger gains.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from build import examples_of
from common import LABELS, OPPOSITES, read
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


def sheet_of(records, examples, vectors):
    """Return the sheet on which scorers are fitted and held out, with the vector of each example's passage."""
    place = {record["text"]: row for row, record in enumerate(records)}
    return _Sheet(
        [own_sentences(example.text) or ("",) for example in examples],
        vectors[[place[example.text] for example in examples]],
        np.array([LABELS.index(example.label) for example in examples]),
        np.array([example.weight for example in examples]),
        len(LABELS),
        list(folds(examples, FOLDS)),
    )


def curve_rows(part, sheet, examples):
    """Return the figures of n-grams, vectors and both, fitted on a part of the training folds."""
    ngrams = sheet.held_out(lambda rows: sheet.ngrams(some(rows, part)))
    vectors = sheet.held_out(lambda rows: sheet.linear(STRENGTH)(some(rows, part)))
    scored = {"n-grams": ngrams, "vectors": vectors, "both": vectors + NGRAMS * ngrams}
    count = int(part * len(examples) * (1 - 1 / FOLDS))
    return [{"name": name, "n": count, **figures(scores, sheet, examples)} for name, scores in scored.items()]


def main(data, vectors, out):
    """Measure every part, print and write the rows."""
    records = read(data)
    examples = examples_of(records)
    sheet = sheet_of(records, examples, np.load(vectors))
    made = []
    for part in PARTS:
        made += curve_rows(part, sheet, examples)
        print(made[-3:], flush=True)
    Path(out).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
