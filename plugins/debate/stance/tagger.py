"""What a tagger is: the one contract that the rest of the house knows of stance tagging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from ..contents import StanceTag


@runtime_checkable
class Tagger(Protocol):
    """Tag texts with the stance they argue; a new tagger can be written from this text alone.

    `name` and `version` say who tagged and belong into every cache key: whatever changes an answer changes `version`.
    `labels` are all labels a tag may carry, in the order of the debate, `none` (takes no side) last where there is one.
    `figures` holds what was measured on labelled texts kept apart (as `Evaluation.as_dict` gives it), `{}` if unknown.

    `tag(texts)` returns one `StanceTag` a text, in order, and never raises for what a text holds:
    - `stance` is a label, or None for "not sure"; a text without words of its own, of a few words only, or in
      a language the tagger was not trained on is always None, never a guess;
    - `probabilities` maps every label to a number, all of them adding up to 1; `confidence` is the largest of them;
    - `evidence` holds the sentences that carried the decision, the strongest first: exact substrings of the text, none
      of them from lines quoted from others (led by ">"), and none at all where `stance` is None;
    - the same texts give the same tags, whatever else stands in the batch and on whatever day.

    A tagger reads nothing from the network and knows nothing of files of the site, pages, authors or other comments.
    """

    @property
    def name(self) -> str:
        """Return the name under which the site speaks of the tagger."""

    @property
    def version(self) -> str:
        """Return a text that changes whenever an answer may change."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return every label a tag may carry."""

    @property
    def figures(self) -> Mapping[str, Any]:
        """Return the figures on texts kept apart, empty when unknown."""

    def tag(self, texts: Sequence[str]) -> list[StanceTag]:
        """Return one tag a text, in order."""
