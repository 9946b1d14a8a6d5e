"""Put the tuned encoder to work: `PYTHONPATH=plugins python training/finish.py DATA OOF HEAD [OUT]`.

DATA are the passages the encoder was tuned on, OOF the held-out scores of training/tune.py on some folds, HEAD head.npz
of training/export.py. N-grams are held out on the same folds; mixture, temperature and threshold are chosen on those rows
alone, then the n-grams are fitted on all passages. Writes the model; `training/pack.py` must have packed the encoder.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from build import MODEL, examples_of, tell
from common import LABELS, OPPOSITES, read
from debate.stance import Example
from debate.stance.decision import choose_threshold, fit_temperature, log_loss, probabilities_of
from debate.stance.encoder import TUNED, VectorScorer, shipped_encoder
from debate.stance.evaluation import measure
from debate.stance.fitting import fit_ngrams
from debate.stance.language import everyday_words
from debate.stance.model import Decision, StanceModel
from debate.stance.storage import save, stamped
from debate.stance.text import own_sentences
from debate.stance.training import NGRAM_WEIGHTS, _tags

SIDES = tuple(LABELS.index(label) for label in OPPOSITES)


class NgramTexts:
    """The weighted examples as sentences, labels and weights, from which n-grams are fitted."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.parts = [own_sentences(example.text) or ("",) for example in examples]
        self.gold = np.array([LABELS.index(example.label) for example in examples])
        self.weights = np.array([example.weight for example in examples])

    def fitted(self, rows):
        """Return n-grams fitted on some rows."""
        parts = [self.parts[row] for row in rows]
        return fit_ngrams(parts, self.gold[rows].tolist(), self.weights[rows].tolist(), len(LABELS))

    def held_out(self, fold, judged):
        """Return scores (examples x labels) of the judged rows, each by n-grams that saw nothing of its fold."""
        scores = np.zeros((len(self.parts), len(LABELS)), np.float32)
        for part in sorted(set(fold[judged].tolist())):
            unseen = np.flatnonzero((fold == part) & judged)
            ngrams = self.fitted(np.flatnonzero(fold != part))
            scores[unseen] = [one[0] for one in ngrams.scores([self.parts[row] for row in unseen])]
        return scores


@dataclass(frozen=True)
class Judged:
    """What both scorers said of the rows that judge (rows x labels), and their labels."""

    tuned: np.ndarray
    ngrams: np.ndarray
    truth: list[int]

    def mixed(self, weight):
        """Return the scores with the n-grams at a weight."""
        return self.tuned + weight * self.ngrams

    def loss(self, weight):
        """Return the log loss of a mixture at its best temperature."""
        mixed = self.mixed(weight)
        return log_loss(probabilities_of(mixed, fit_temperature(mixed, self.truth)), self.truth)


def judged_rows(records, examples, texts, oof):
    """Return the held-out rows: those of a fold that was run whose example counts half or more."""
    place = {record["text"]: row for row, record in enumerate(records)}
    rows = np.array([place[example.text] for example in examples])
    fold, tuned = oof["fold"][rows], oof["scores"][rows]
    judged = ~np.isnan(tuned[:, 0]) & (texts.weights >= 0.5)
    return Judged(tuned[judged], texts.held_out(fold, judged)[judged], texts.gold[judged].tolist())


def print_mixtures(rows):
    """Print what each weight of the n-grams would give."""
    for weight in NGRAM_WEIGHTS:
        right = rows.mixed(weight).argmax(1) == np.array(rows.truth)
        print(weight, round(rows.loss(weight), 4), "accuracy", right.mean())


def decision_of(rows):
    """Return mixture, shift (labels expected equally often), temperature and threshold chosen on the held-out rows."""
    weight = min(NGRAM_WEIGHTS, key=rows.loss)
    shift = -np.log(np.bincount(rows.truth) / len(rows.truth))
    shifted = rows.mixed(weight) + shift
    temperature = fit_temperature(shifted, rows.truth)
    threshold = choose_threshold(probabilities_of(shifted, temperature), rows.truth, SIDES)
    return Decision((1.0, weight), tuple(shift.round(4).tolist()), temperature, threshold, SIDES)


def with_figures(model, rows):
    """Return the model stamped, with its figures on the held-out rows."""
    tags = _tags(rows.mixed(model.decision.mixture[1]), model)
    found = measure(tags, [LABELS[label] for label in rows.truth], LABELS, OPPOSITES).as_dict()
    figures = {"data": "cross-validation, two of five folds", **found}
    return stamped(replace(model, figures=MappingProxyType(figures)))


def main(data, oof, head, out=MODEL):
    """Choose on the held-out rows, fit the n-grams on all, write the model and print its figures."""
    records, head = read(data), np.load(head)
    examples = examples_of(records)
    texts = NgramTexts(examples)
    rows = judged_rows(records, examples, texts, np.load(oof))
    print_mixtures(rows)
    scorers = (
        VectorScorer(shipped_encoder(TUNED), head["weights"], head["bias"]),
        texts.fitted(np.arange(len(examples))),
    )
    everyday = frozenset(everyday_words(example.text for example in examples))
    model = with_figures(StanceModel("networking", LABELS, scorers, decision_of(rows), everyday), rows)
    save(model, Path(out))
    print(model.version, model.decision)
    tell("held out", model.figures)


if __name__ == "__main__":
    main(*sys.argv[1:5])
