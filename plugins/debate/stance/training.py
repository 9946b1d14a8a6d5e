"""Train a tagger from labelled texts: any debate, any label set; sentence vectors and n-grams.

Every choice (strength of the layer over vectors, weight of the n-grams, temperature, threshold) is made on held-out
folds in which no site, essay or other group of the training folds occurs. Examples of less than half weight train but
do not judge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ..contents import StanceTag
from .corpus import Example, check_trainable, folds
from .decision import choose_threshold, fit_temperature, log_loss, probabilities_of, sureness
from .encoder import Encoder, VectorScorer, means, shipped_encoder
from .evaluation import measure
from .fitting import fit_ngrams, fit_vectors
from .language import everyday_words
from .model import Decision, StanceModel
from .storage import stamped
from .text import own_sentences

Array = NDArray[np.float32]

FOLDS = 5
LEAST_JUDGE = 0.5
DEVIATIONS = 0.84
"""The threshold is chosen at Wilson's 80 % bound: with the hundred labels of a young debate 95 % would show nothing."""
STRENGTHS = (0.0003, 0.001, 0.003, 0.01, 0.03)
NGRAM_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What training reads of the examples: sentences, mean vectors, label numbers, weights, folds."""

    texts: Sequence[Sequence[str]]
    vectors: Array
    gold: NDArray[np.intp]
    weights: NDArray[np.float64]
    count: int
    folds: Sequence[tuple[list[int], list[int]]]

    @property
    def judges(self) -> NDArray[np.bool_]:
        """Say which rows count when figures are taken."""
        return np.asarray(self.weights >= LEAST_JUDGE)

    def held_out(self, fit: Callable[[list[int]], Callable[[list[int]], Array]]) -> Array:
        """Return a row of scores for every text, from scores fitted on the other folds."""
        scores = np.zeros((len(self.gold), self.count), dtype=np.float32)
        for seen, unseen in self.folds:
            scores[unseen] = fit(seen)(unseen)
        return scores

    def ngrams(self, seen: list[int]) -> Callable[[list[int]], Array]:
        """Return n-gram scores fitted on some rows, to be asked for others."""
        scorer = fit_ngrams(
            [self.texts[row] for row in seen], self.gold[seen].tolist(), self.weights[seen].tolist(), self.count
        )
        return lambda rows: np.array([scores[0] for scores in scorer.scores([self.texts[row] for row in rows])])

    def linear(self, strength: float) -> Callable[[list[int]], Callable[[list[int]], Array]]:
        """Return how to fit scores over vectors with a given strength."""

        def fit(seen: list[int]) -> Callable[[list[int]], Array]:
            layer, bias = fit_vectors(
                self.vectors[seen], self.gold[seen].tolist(), self.weights[seen].tolist(), self.count, strength
            )
            return lambda rows: np.asarray(self.vectors[rows] @ layer + bias)

        return fit


def train(
    examples: Sequence[Example],
    *,
    labels: Sequence[str],
    opposites: tuple[str, str] | None,
    name: str = "trained",
    encoder: Encoder | None = None,
    equal_shares: bool = False,
) -> StanceModel:
    """Return a tagger trained on the examples alone, its `figures` those of the held-out folds.

    `labels` are all labels of the debate, `opposites` the two whose confusion is the harm, `encoder` the one that is
    shipped unless another is given. `equal_shares` expects every label equally often where the tagger will be used,
    else as often as in the examples. Raises LabelError for an unknown label (naming its line) or one label only,
    NotEnoughLabels when a stance has too few texts.
    """
    check_trainable(examples, labels)
    encoder = encoder or shipped_encoder()
    sheet = _sheet(examples, list(labels), encoder)
    sides = (list(labels).index(opposites[0]), list(labels).index(opposites[1])) if opposites else None
    strength, mixture, held_out = _choose(sheet)
    judges = np.flatnonzero(sheet.judges).tolist()
    draft = Decision(mixture, _shift(sheet) if equal_shares else (0.0,) * sheet.count, 1.0, 0.0, sides)
    decision = _decide(held_out[judges], sheet.gold[judges].tolist(), draft)
    layer, bias = fit_vectors(sheet.vectors, sheet.gold.tolist(), sheet.weights.tolist(), sheet.count, strength)
    ngrams = fit_ngrams(sheet.texts, sheet.gold.tolist(), sheet.weights.tolist(), sheet.count)
    everyday = frozenset(everyday_words(example.text for example in examples))
    model = StanceModel(name, tuple(labels), (VectorScorer(encoder, layer, bias), ngrams), decision, everyday)
    tags = _tags(held_out[judges], model)
    figures = measure(tags, [examples[row].label for row in judges], labels, opposites).as_dict()
    return stamped(replace(model, figures=MappingProxyType({"data": "cross-validation", **figures})))


def _sheet(examples: Sequence[Example], labels: list[str], encoder: Encoder) -> _Sheet:
    texts = [own_sentences(example.text) or ("",) for example in examples]
    return _Sheet(
        texts,
        np.array([means(sums, counts)[0] for sums, counts in encoder.many(texts)]),
        np.array([labels.index(example.label) for example in examples]),
        np.array([example.weight for example in examples]),
        len(labels),
        list(folds(examples, FOLDS)),
    )


def _choose(sheet: _Sheet) -> tuple[float, tuple[float, float], Array]:
    """Return strength, mixture and held-out scores of the least log loss, each at its best temperature."""
    ngrams = sheet.held_out(sheet.ngrams)
    vectors = {strength: sheet.held_out(sheet.linear(strength)) for strength in STRENGTHS}
    gold = sheet.gold[sheet.judges].tolist()

    def loss(choice: tuple[float, float]) -> float:
        scores = (vectors[choice[0]] + choice[1] * ngrams)[sheet.judges]
        return log_loss(probabilities_of(scores, fit_temperature(scores, gold)), gold)

    strength, weight = min(product(STRENGTHS, NGRAM_WEIGHTS), key=loss)
    return strength, (1.0, weight), vectors[strength] + weight * ngrams


def _shift(sheet: _Sheet) -> tuple[float, ...]:
    """Return what to add to the scores so that no label is expected more often than another."""
    shares = np.bincount(sheet.gold[sheet.judges], minlength=sheet.count) / sheet.judges.sum()
    return tuple((-np.log(shares + 1e-6)).round(4).tolist())


def _decide(scores: Array, gold: Sequence[int], draft: Decision) -> Decision:
    """Return the draft with the temperature and the threshold that held-out scores ask for."""
    shifted = scores + np.asarray(draft.bias)
    temperature = fit_temperature(shifted, gold)
    threshold = choose_threshold(probabilities_of(shifted, temperature), gold, draft.opposites, deviations=DEVIATIONS)
    return replace(draft, temperature=temperature, threshold=threshold)


def _tags(scores: Array, model: StanceModel) -> list[StanceTag]:
    """Return the tags that held-out scores give."""
    shares = probabilities_of(scores + np.asarray(model.decision.bias), model.decision.temperature)
    sure = sureness(shares, model.decision.opposites) >= model.decision.threshold
    named = [dict(zip(model.labels, map(float, row), strict=True)) for row in shares]
    return [
        StanceTag(max(row, key=lambda label: row[label]) if shown else None, max(row.values()), row)
        for row, shown in zip(named, sure, strict=True)
    ]
