"""How good a tagger is on labelled texts: every figure of the model card, from tags and gold labels alone."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..contents import NONE, StanceTag
from .corpus import Example
from .decision import sureness, wrong_side
from .tagger import Tagger

Array = NDArray[np.float64]

LEVELS = (100, 70, 50, 30)
_BINS = 10
_SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of a tagger on `n` gold texts; shares and rates are fractions from 0 to 1.

    `confusion[gold][said]` counts texts by the likeliest label, shown or not. `coverage[percent]` holds accuracy and
    wrong side among the surest texts; `shown` the same among the tags that are not "not sure". `share_error` is the
    mean absolute error of the estimated share a label (`share_errors` signed, a label), `calibration_error` the
    expected calibration error in ten bins. `intervals` are 90 % bootstrap intervals. `texts_per_second`: None
    where not measured.
    """

    labels: tuple[str, ...]
    opposites: tuple[str, str] | None
    n: int
    accuracy: float
    macro_f1: float
    per_label: Mapping[str, Mapping[str, float]]
    confusion: Mapping[str, Mapping[str, int]]
    coverage: Mapping[str, Mapping[str, float]]
    shown: Mapping[str, float]
    share_error: float
    share_errors: Mapping[str, float]
    calibration_error: float
    intervals: Mapping[str, tuple[float, float]]
    texts_per_second: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values for JSON."""
        return asdict(self)


def evaluate(
    tagger: Tagger, examples: Sequence[Example], opposites: tuple[str, str] | None = None, *, timed: bool = False
) -> Evaluation:
    """Tag the examples and compare; `opposites` None takes the first two labels that are stances."""
    started = time.perf_counter()
    tags = tagger.tag([example.text for example in examples])
    seconds = time.perf_counter() - started
    speed = round(len(tags) / seconds, 1) if timed and seconds > 0 else None
    return measure(
        tags, [example.label for example in examples], tagger.labels, opposites or usual_opposites(tagger.labels), speed
    )


def usual_opposites(labels: Sequence[str]) -> tuple[str, str] | None:
    """Return the first two labels that are stances; None where there are not two."""
    sides = [label for label in labels if label.casefold() != NONE]
    return (sides[0], sides[1]) if len(sides) > 1 else None


def measure(
    tags: Sequence[StanceTag],
    gold: Sequence[str],
    labels: Sequence[str],
    opposites: tuple[str, str] | None,
    speed: float | None = None,
) -> Evaluation:
    """Return the figures of given tags."""
    names = list(labels)
    sheet = _Sheet(
        np.array([names.index(label) for label in gold]),
        np.array([[tag.probabilities[label] for label in names] for tag in tags]),
        np.array([tag.stance is not None for tag in tags]),
        (names.index(opposites[0]), names.index(opposites[1])) if opposites else None,
    )
    errors = sheet.share_errors()
    return Evaluation(
        labels=tuple(names),
        opposites=opposites,
        n=len(gold),
        accuracy=_rounded(sheet.accuracy()),
        macro_f1=_rounded(sheet.macro_f1()),
        per_label=_per_label(sheet, names),
        confusion=_confusion(sheet, names),
        coverage=_coverage(sheet),
        shown=_shown(sheet),
        share_error=_rounded(float(np.abs(errors).mean())),
        share_errors={name: _rounded(error) for name, error in zip(names, errors.tolist(), strict=True)},
        calibration_error=_rounded(sheet.calibration_error()),
        intervals=_intervals(sheet),
        texts_per_second=speed,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Gold label numbers, probabilities (texts x labels), which tags are shown, and the numbers of the opposites."""

    gold: NDArray[np.intp]
    probabilities: Array
    is_shown: NDArray[np.bool_]
    opposites: tuple[int, int] | None

    @property
    def said(self) -> NDArray[np.intp]:
        """The number of the likeliest label of each text."""
        return np.asarray(self.probabilities.argmax(axis=1))

    def take(self, rows: NDArray[Any]) -> _Sheet:
        """Return the sheet of some of the texts, given by their numbers or by a mask; a number may come twice."""
        return _Sheet(self.gold[rows], self.probabilities[rows], self.is_shown[rows], self.opposites)

    def accuracy(self) -> float:
        """Return the share of texts whose likeliest label is the gold one; 0 without texts."""
        return float((self.gold == self.said).mean()) if len(self.gold) else 0.0

    def wrong_side(self) -> float:
        """Return the share of texts put on the side opposite to the gold one; 0 without texts."""
        return (
            float(wrong_side(self.gold.tolist(), self.said.tolist(), self.opposites).mean()) if len(self.gold) else 0.0
        )

    def scores(self, label: int) -> tuple[float, float, float]:
        """Return precision, recall and F1 of one label; 0 where it was never said or never right."""
        hits = float(((self.gold == label) & (self.said == label)).sum())
        precision = hits / max(float((self.said == label).sum()), 1.0)
        recall = hits / max(float((self.gold == label).sum()), 1.0)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)

    def macro_f1(self) -> float:
        """Return the mean of all labels' F1."""
        return float(np.mean([self.scores(label)[2] for label in range(self.probabilities.shape[1])]))

    def share_errors(self) -> Array:
        """Return, for each label, its mean probability less its share among the gold labels."""
        truth = np.bincount(self.gold, minlength=self.probabilities.shape[1]) / max(len(self.gold), 1)
        return np.asarray(self.probabilities.mean(axis=0) - truth)

    def calibration_error(self) -> float:
        """Return the expected calibration error over _BINS bins of equal width (Naeini, Cooper and Hauskrecht 2015)."""
        sure, right = self.probabilities.max(axis=1), self.gold == self.said
        bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
        gaps = [
            abs(sure[bins == place].mean() - right[bins == place].mean()) * (bins == place).mean()
            for place in np.unique(bins)
        ]
        return float(sum(gaps))


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _per_label(sheet: _Sheet, names: Sequence[str]) -> dict[str, dict[str, float]]:
    counts = Counter(sheet.gold.tolist())
    return {
        name: dict(zip(("precision", "recall", "f1"), map(_rounded, sheet.scores(label)), strict=True))
        | {"n": counts[label]}
        for label, name in enumerate(names)
    }


def _confusion(sheet: _Sheet, names: Sequence[str]) -> dict[str, dict[str, int]]:
    pairs = Counter(zip(sheet.gold.tolist(), sheet.said.tolist(), strict=True))
    return {gold: {said: pairs[row, column] for column, said in enumerate(names)} for row, gold in enumerate(names)}


def _coverage(sheet: _Sheet) -> dict[str, dict[str, float]]:
    order = np.argsort(-sureness(sheet.probabilities, sheet.opposites), kind="stable")
    parts = {level: sheet.take(order[: max(1, round(len(order) * level / 100))]) for level in LEVELS}
    return {
        str(level): {"wrong_side": _rounded(part.wrong_side()), "accuracy": _rounded(part.accuracy())}
        for level, part in parts.items()
    }


def _shown(sheet: _Sheet) -> dict[str, float]:
    part = sheet.take(sheet.is_shown)
    figures = {"coverage": sheet.is_shown.mean(), "wrong_side": part.wrong_side(), "accuracy": part.accuracy()}
    return {name: _rounded(value) for name, value in figures.items()}


def _intervals(sheet: _Sheet) -> dict[str, tuple[float, float]]:
    """Return 5 % and 95 % quantiles over resampled texts; the seed is fixed."""
    random = np.random.default_rng(7)
    samples = [sheet.take(random.integers(0, len(sheet.gold), len(sheet.gold))) for _ in range(_SAMPLES)]
    figures: dict[str, Callable[[_Sheet], float]] = {
        "accuracy": _Sheet.accuracy,
        "macro_f1": _Sheet.macro_f1,
        "calibration_error": _Sheet.calibration_error,
        "share_error": lambda part: float(np.abs(part.share_errors()).mean()),
        "shown_coverage": lambda part: float(part.is_shown.mean()),
        "shown_wrong_side": lambda part: part.take(part.is_shown).wrong_side(),
        "shown_accuracy": lambda part: part.take(part.is_shown).accuracy(),
    }
    return {name: _quantiles([figure(part) for part in samples]) for name, figure in figures.items()}


def _quantiles(values: Sequence[float]) -> tuple[float, float]:
    low, high = np.quantile(values, (0.05, 0.95))
    return _rounded(low), _rounded(high)
