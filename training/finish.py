"""Put the tuned encoder to work: `PYTHONPATH=plugins python training/finish.py DATA OOF HEAD`.

DATA are the passages the encoder was tuned on, OOF the held-out scores of training/tune.py on some folds, HEAD head.npz
of training/export.py. N-grams are held out on the same folds; mixture, temperature and threshold are chosen on those rows
alone, then the n-grams are fitted on all passages. Writes the model; `training/pack.py` must have packed the encoder.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from build import LABELS, MODEL, OPPOSITES, examples_of
from debate.stance.decision import choose_threshold, fit_temperature, log_loss, probabilities_of
from debate.stance.encoder import TUNED, VectorScorer, shipped_encoder
from debate.stance.evaluation import measure
from debate.stance.fitting import fit_ngrams
from debate.stance.language import everyday_words
from debate.stance.model import Decision, StanceModel
from debate.stance.storage import save, stamped
from debate.stance.text import own_sentences
from debate.stance.training import NGRAM_WEIGHTS, _tags


def main():
    path, oof, head = Path(sys.argv[1]), np.load(sys.argv[2]), np.load(sys.argv[3])
    texts_of = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    place = {text: row for row, text in enumerate(texts_of)}
    examples = examples_of(path)
    rows = np.array([place[example.text] for example in examples])
    fold, tuned = oof["fold"][rows], oof["scores"][rows]
    judged = ~np.isnan(tuned[:, 0]) & np.array([example.weight >= 0.5 for example in examples])
    parts = [own_sentences(example.text) or ("",) for example in examples]
    gold = np.array([LABELS.index(example.label) for example in examples])
    weights = np.array([example.weight for example in examples])

    def ngrams(seen):
        return fit_ngrams([parts[i] for i in seen], gold[seen].tolist(), weights[seen].tolist(), 4)

    scores = np.zeros((len(examples), 4), np.float32)
    for part in sorted(set(fold[judged].tolist())):
        unseen = np.flatnonzero((fold == part) & judged)
        scores[unseen] = [one[0] for one in ngrams(np.flatnonzero(fold != part)).scores([parts[i] for i in unseen])]
    truth = gold[judged].tolist()
    shift = -np.log(np.bincount(truth) / len(truth))

    def loss(weight):
        mixed = tuned[judged] + weight * scores[judged]
        return log_loss(probabilities_of(mixed, fit_temperature(mixed, truth)), truth)

    for weight in NGRAM_WEIGHTS:
        mixed = tuned[judged] + weight * scores[judged]
        print(weight, round(loss(weight), 4), "accuracy", (mixed.argmax(1) == np.array(truth)).mean())
    weight = min(NGRAM_WEIGHTS, key=loss)
    mixed = tuned[judged] + weight * scores[judged]
    temperature = fit_temperature(mixed + shift, truth)
    threshold = choose_threshold(probabilities_of(mixed + shift, temperature), truth, (0, 1))
    decision = Decision((1.0, weight), tuple(shift.round(4).tolist()), temperature, threshold, (0, 1))
    scorer = VectorScorer(shipped_encoder(TUNED), head["weights"], head["bias"])
    everyday = frozenset(everyday_words(example.text for example in examples))
    model = StanceModel("networking", LABELS, (scorer, ngrams(np.arange(len(examples)))), decision, everyday)
    figures = measure(_tags(mixed, model), [LABELS[label] for label in truth], LABELS, OPPOSITES).as_dict()
    model = stamped(
        replace(model, figures=MappingProxyType({"data": "cross-validation, two of five folds", **figures}))
    )
    save(model, Path(sys.argv[4]) if len(sys.argv) > 4 else MODEL)
    print(model.version, decision)
    for key in ("n", "macro_f1", "accuracy", "coverage", "shown", "share_error", "calibration_error"):
        print("held out", key, figures[key])


if __name__ == "__main__":
    main()
