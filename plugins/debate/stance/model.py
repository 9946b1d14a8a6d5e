"""The built-in tagger: scorers, their mixture, and the decision, in one file without pickle."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..contents import StanceTag
from .decision import probabilities_of, sureness
from .encoder import VectorScorer
from .evidence import evidence
from .language import is_familiar
from .ngrams import NgramScorer
from .text import own_sentences, plain, words

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Decision:
    """How scores become tags; everything in it was chosen on training folds.

    `mixture` weighs the scorers, `bias` is added to the scores, `threshold` is the least sureness that is shown.
    """

    mixture: tuple[float, ...]
    bias: tuple[float, ...]
    temperature: float
    threshold: float
    opposites: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class StanceModel:
    """A trained tagger (see `Tagger` for the contract)."""

    name: str
    labels: tuple[str, ...]
    scorers: tuple[VectorScorer, NgramScorer]
    decision: Decision
    everyday: frozenset[str]
    figures: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""

    def tag(self, texts: Sequence[str]) -> list[StanceTag]:
        """Return one tag a text, in order."""
        sentences = [own_sentences(text) for text in texts]
        readable = [place for place, parts in enumerate(sentences) if self._is_known(parts)]
        rows = dict(zip(readable, self._probabilities([sentences[place] for place in readable]), strict=True))
        nothing = self._unsure(np.full((1, len(self.labels)), 1 / len(self.labels)))
        return [self._tag(parts, rows[place]) if place in rows else nothing for place, parts in enumerate(sentences)]

    def mixed(self, texts: Sequence[Sequence[str]]) -> list[Array]:
        """Return the weighted sum of the scorers' scores, before bias and temperature.

        A scorer without weight is not asked: a model of n-grams alone needs no encoder.
        """
        scorers: tuple[VectorScorer | NgramScorer, ...] = self.scorers
        asked = [place for place, weight in enumerate(self.decision.mixture) if weight]
        each = [[self.decision.mixture[place] * part for part in scorers[place].scores(texts)] for place in asked]
        return [np.asarray(sum(parts), dtype=np.float32) for parts in zip(*each, strict=True)]

    def _probabilities(self, texts: Sequence[Sequence[str]]) -> list[NDArray[np.float64]]:
        decision = self.decision
        return [
            probabilities_of(scores + np.asarray(decision.bias), decision.temperature) for scores in self.mixed(texts)
        ]

    def _is_known(self, sentences: Sequence[str]) -> bool:
        return is_familiar(words(plain(" ".join(sentences))), self.everyday)

    def _tag(self, sentences: Sequence[str], rows: NDArray[np.float64]) -> StanceTag:
        tag = self._unsure(rows)
        if sureness(rows[:1], self.decision.opposites)[0] < self.decision.threshold:
            return tag
        label = int(rows[0].argmax())
        return replace(tag, stance=self.labels[label], evidence=evidence(sentences, rows, label))

    def _unsure(self, rows: NDArray[np.float64]) -> StanceTag:
        likely = {label: round(float(share), 4) for label, share in zip(self.labels, rows[0], strict=True)}
        return StanceTag(None, max(likely.values()), MappingProxyType(likely))


def version_of(parts: Mapping[str, bytes]) -> str:
    """Return the first twelve digits of the SHA-256 over all parts: what changes an answer changes it."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(name.encode() + b"\0" + parts[name])
    return digest.hexdigest()[:12]
