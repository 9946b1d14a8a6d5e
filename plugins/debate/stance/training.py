"""Train a tagger from labelled texts: any debate, any label set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .corpus import Example, check_trainable, folds
from .decision import choose_threshold, fit_temperature, probabilities_of
from .fitting import fit_ngrams
from .language import everyday_words
from .model import Decision, Scorer, StanceModel
from .storage import stamped
from .text import own_sentences

_FOLDS = 5


def train(
    examples: Sequence[Example], *, labels: Sequence[str], opposites: tuple[str, str] | None, name: str = "trained"
) -> StanceModel:
    """Return a tagger trained on the examples alone.

    `labels` are all labels of the debate, `opposites` the two whose confusion is the harm. Temperature and threshold
    are chosen on held-out folds (grouped by `Example.group`). Raises LabelError for an unknown label (naming its
    line), NotEnoughLabels when there is one label only or a stance has too few texts.
    """
    check_trainable(examples, labels)
    texts = [own_sentences(example.text) or ("",) for example in examples]
    gold = [list(labels).index(example.label) for example in examples]
    held_out = _held_out_scores(examples, texts, gold, len(labels))
    sides = (list(labels).index(opposites[0]), list(labels).index(opposites[1])) if opposites else None
    decision = _decide(held_out, gold, sides)
    scorer = _fit(texts, gold, [example.weight for example in examples], len(labels))
    everyday = frozenset(everyday_words(example.text for example in examples))
    return stamped(StanceModel(name, tuple(labels), (scorer,), decision, everyday))


def _decide(scores: NDArray[np.float32], gold: Sequence[int], opposites: tuple[int, int] | None) -> Decision:
    temperature = fit_temperature(scores, gold)
    threshold = choose_threshold(probabilities_of(scores, temperature), gold, opposites)
    return Decision((1.0,), (0.0,) * scores.shape[1], temperature, threshold, opposites)


def _held_out_scores(
    examples: Sequence[Example], texts: Sequence[Sequence[str]], gold: Sequence[int], count: int
) -> NDArray[np.float32]:
    """Return a row of scores for every text, from a scorer that saw no text of its group."""
    scores = np.zeros((len(texts), count), dtype=np.float32)
    for seen, held_out in folds(examples, _FOLDS):
        scorer = _fit([texts[i] for i in seen], [gold[i] for i in seen], [examples[i].weight for i in seen], count)
        scores[held_out] = [rows[0] for rows in scorer.scores([texts[i] for i in held_out])]
    return scores


def _fit(texts: Sequence[Sequence[str]], gold: Sequence[int], weights: Sequence[float], count: int) -> Scorer:
    return fit_ngrams(texts, gold, weights, count)
