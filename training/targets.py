"""What tuning aims at: soft labels of the passages, their weights, and folds over sites."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from common import LABELS, site


@dataclass(frozen=True)
class Targets:
    """The passages as tuning sees them; every array has one row a passage."""

    shares: np.ndarray  # float32, passages x labels: what the model should answer
    weights: np.ndarray  # float32: how much a passage counts
    gold: np.ndarray  # index of the last annotator's label
    agreed: np.ndarray  # whether all annotators gave one label
    written: np.ndarray  # whether the text was written from scratch: trained on, never judged
    sites: list[str]

    @property
    def usable(self) -> np.ndarray:
        """Which passages are trained on."""
        return ~self.written | (self.weights > 0)


def targets_of(records, args) -> Targets:
    """Return the targets; `args` are the options of tune.py."""
    written = np.array([record["set"] == "written" for record in records])
    agreed = np.array([len(set(record["labels"])) == 1 for record in records])
    return Targets(
        shares=taught(smoothed(soft_labels(records, args.second), args.smooth), args).astype(np.float32),
        weights=np.where(written, args.written, np.where(agreed, 1.0, args.differ)).astype(np.float32),
        gold=np.array([LABELS.index(record["labels"][-1]) for record in records]),
        agreed=agreed,
        written=written,
        sites=[site(record) for record in records],
    )


def soft_labels(records, second):
    """Return shares (passages x labels): of two annotators the second counts `second`, of more all count the same."""
    soft = np.zeros((len(records), len(LABELS)), dtype=np.float32)
    for row, given in enumerate(record["labels"] for record in records):
        counts = (1 - second, second) if len(given) == 2 else [1 / len(given)] * len(given)
        for label, count in zip(given, counts, strict=True):
            soft[row, LABELS.index(label)] += count
    return soft


def smoothed(soft, part):
    """Return the shares with `part` handed to the neighbours on the scale online - spectrum - face-to-face; opposites share nothing."""
    near = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]], dtype=np.float32)
    return (1 - part) * soft + part * soft @ (near / near.sum(1, keepdims=True))


def taught(shares, args):
    """Return the shares mixed with a teacher's, for passages on which there are scores of one."""
    if not args.soft:
        return shares
    scores = np.load(args.soft)["scores"] / args.heat
    teacher = np.exp(scores - scores.max(1, keepdims=True))
    teacher /= teacher.sum(1, keepdims=True)
    known = ~np.isnan(teacher[:, :1])
    return np.where(known, args.mix * teacher + (1 - args.mix) * shares, shares)


def folds(sites, count):
    """Return the fold of every passage; a site is never on both sides, the largest sites are dealt out first."""
    sizes = Counter(sites)
    total, fold = [0] * count, {}
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fold[name] = total.index(min(total))
        total[fold[name]] += sizes[name]
    return np.array([fold[name] for name in sites])


def figures(scores, gold):
    """Return macro-F1, accuracy and wrong side in words."""
    said = scores.argmax(1)
    f1 = []
    for label in range(len(LABELS)):
        hit = ((said == label) & (gold == label)).sum()
        f1.append(2 * hit / max(1, (said == label).sum() + (gold == label).sum()))
    wrong = ((said == 0) & (gold == 1) | (said == 1) & (gold == 0)).mean()
    return f"F1 {np.mean(f1):.4f} acc {(said == gold).mean():.4f} wrong {wrong:.4f}"
