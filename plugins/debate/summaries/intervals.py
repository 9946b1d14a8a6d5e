"""How sure a share is: sampling and the tagger's own mistakes, by Monte Carlo, in one 90 % interval.

What the tagger says is a mixture of what is true, q = p C, where C[gold][said] is its held-out confusion matrix (Rogan
and Gladen 1978; Lang and Reiczigel 2014 on the uncertainty of C). So: draw q and the rows of C from their Dirichlet
posteriors (Jeffreys prior), solve for p by least squares, take the 5 % and 95 % quantiles of many draws, cut to [0, 1].
A posterior of p itself (Gibbs sampling) was tried first: under a weak tagger it covered a true share of 90 % only half
the time, because its prior pulls to the middle; the plain solution keeps its promise there (tests/summaries).
Held-out texts are counted by their likeliest label, shown or not, so a machine's "not sure" enters by its likeliest
label too. What people labelled carries no tagger error, and the rest is read in two ways: by its own tags, which is
right where the labelled ones were drawn by lot (people rather label where the machine is wrong, and what they leave
then has fewer errors than the matrix says); and as what all tags of the machine leave over, those of labelled comments
included, which is right however people chose. The interval holds both: each alone missed the truth too often, the first
after corrections, the second where nearly all is labelled (benchmarks/coverage.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .values import Interval, TaggedComment

LEVEL = 0.90
DRAWS = 2_000
SEED = 20_230_717
JEFFREYS = 0.5
"""Prior weight of each outcome of a Dirichlet: the one that favours none (Jeffreys 1946)."""

Confusion = Mapping[str, Mapping[str, float]]
Numbers = NDArray[np.float64]


def intervals_of(
    labels: Sequence[str], comments: Sequence[TaggedComment], confusion: Confusion | None, *, learnt: bool = False
) -> dict[str | None, Interval]:
    """Return the interval of each label's share; that of None ("not sure", a result, not a truth) is sampling alone.

    `confusion[gold][said]` holds counts; without a row for every label, or without any tag of a machine, labels are
    taken at their word and `with_tagger` is False. People who write much count less than their comments (Kish's
    effective sample size). `learnt` says that the tagger was trained on what people labelled here: of these comments it
    knows the answers, so it is not asked. O(comments + draws * labels^3).
    """
    weight = effective_size(tagged.person for tagged in comments) / len(comments)
    size = weight * len(comments)
    shown = Counter(tagged.label for tagged in comments)
    matrix = confusion_matrix(labels, confusion)
    if matrix is None or not any(tagged.by_machine for tagged in comments):
        return {label: sampled_interval(weight * shown[label], size) for label in (*labels, None)}
    readings = _readings(labels, comments, matrix, weight, learnt)
    corrected: dict[str | None, Interval] = {label: _interval(readings[..., i], size) for i, label in enumerate(labels)}
    return corrected | {None: sampled_interval(weight * shown[None], size)}


def confusion_matrix(labels: Sequence[str], confusion: Confusion | None) -> Numbers | None:
    """Return held-out counts, gold labels by said labels, or None where a label has no row."""
    if confusion is None or any(label not in confusion for label in labels):
        return None
    return np.array([[confusion[gold].get(said, 0) for said in labels] for gold in labels], dtype=np.float64)


def effective_size(persons: Iterable[str]) -> float:
    """Return (sum m)^2 / sum m^2 for m comments a person: how many independent voices they are worth (Kish 1965)."""
    counts = Counter(persons).values()
    return sum(counts) ** 2 / sum(count * count for count in counts)


def _readings(
    labels: Sequence[str], comments: Sequence[TaggedComment], matrix: Numbers, weight: float, learnt: bool
) -> Numbers:
    """Return draws of the shares, readings x DRAWS x labels; the last reading is right however people chose."""
    random = np.random.default_rng(SEED)
    labelled = [tagged for tagged in comments if not tagged.by_machine]
    rest = _counts(labels, [tagged.tag.likeliest for tagged in comments if tagged.by_machine])
    by_people = random.dirichlet(weight * _counts(labels, [tagged.label for tagged in labelled]) + JEFFREYS, DRAWS)
    share = rest.sum() / len(comments)
    readings = [corrected_draws(weight * rest, matrix, random)]
    said = [tagged.machine.likeliest for tagged in labelled if tagged.machine and not learnt]
    if said and len(said) == len(labelled):
        everything = corrected_draws(weight * (rest + _counts(labels, said)), matrix, random)
        readings.append((everything - (1 - share) * by_people) / share)
    # No true share lies outside of [0, 1]; left there, a draw would eat into what people said.
    return np.stack([share * np.clip(reading, 0.0, 1.0) + (1 - share) * by_people for reading in readings])


def _counts(labels: Sequence[str], given: Sequence[str | None]) -> Numbers:
    counted = Counter(given)
    return np.array([counted[label] for label in labels], dtype=np.float64)


def corrected_draws(said: Numbers, matrix: Numbers, random: np.random.Generator) -> Numbers:
    """Return draws of the true shares behind what the tagger said (counts); they may leave [0, 1]."""
    rows = random.standard_gamma(np.broadcast_to(matrix + JEFFREYS, (DRAWS, *matrix.shape)))
    rows /= rows.sum(axis=2, keepdims=True)
    observed = random.dirichlet(said + JEFFREYS, DRAWS)
    return np.asarray(np.einsum("dls,ds->dl", np.linalg.pinv(rows.transpose(0, 2, 1)), observed))


def _interval(readings: Numbers, size: float) -> Interval:
    quantiles = np.clip(np.quantile(readings, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2], axis=1), 0.0, 1.0)
    low, estimate, high = quantiles[0].min(), quantiles[1][-1], quantiles[2].max()
    nothing, everything = sampled_interval(0.0, size), sampled_interval(size, size)  # no claim is surer than these
    return Interval(
        low=float(min(low, everything.low)),
        high=float(max(high, nothing.high)),
        estimate=float(estimate),
        with_tagger=True,
    )


def sampled_interval(count: float, size: float) -> Interval:
    """Return Jeffreys' interval, closed at 0 and 1 where nothing or everything was seen (Brown, Cai, DasGupta 2001)."""
    random = np.random.default_rng(SEED)
    draws = random.beta(count + JEFFREYS, max(size - count, 0.0) + JEFFREYS, DRAWS)
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(
        low=0.0 if count <= 0 else float(low),
        high=1.0 if count >= size else float(high),
        estimate=count / size,
        with_tagger=False,
    )
