"""Values that pass between the stages: frozen, slotted, and free of Pelican.

A comment file becomes a `Comment`, comments become a `Thread`, a tagger turns the thread into a tagged one, and
`summaries` turns tagged threads into figures. No stage changes what an earlier one made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup

NONE = "none"
"""The label of a comment that takes no side."""

OFF = "off"
"""The `Stance:` of a comment that must not be tagged at all."""

MACHINE = "machine"
"""The `by` of a tag that no person has confirmed."""

Status = Literal["published", "pending", "deleted"]


@dataclass(frozen=True, slots=True)
class Stance:
    """One position in a debate; `colour` names a token of the theme, never a colour."""

    key: str
    name: str
    meaning: str
    colour: str


@dataclass(frozen=True, slots=True)
class Debate:
    """A question and its stances, in the order in which pages and charts show them.

    `opposites` are the two stances whose confusion is the harm (the wrong side). `model` names the shipped model or a
    model file; without it the debate's own labelled comments are the training data.
    """

    key: str
    question: str
    stances: tuple[Stance, ...]
    opposites: tuple[str, str]
    none_name: str = "takes no side"
    unsure_name: str = "not sure"
    model: str | None = None
    examples: str | None = None
    aggregates_only: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label a tag may carry: the stances in order, then `none`."""
        return (*(stance.key for stance in self.stances), NONE)

    def name_of(self, label: str | None) -> str:
        """Return the words for a label; None is "not sure"."""
        if label is None:
            return self.unsure_name
        return next((stance.name for stance in self.stances if stance.key == label), self.none_name)

    def colour_of(self, label: str | None) -> str:
        """Return the colour token of a label; "none" and "unsure" are tokens of their own."""
        if label is None:
            return "unsure"
        return next((stance.colour for stance in self.stances if stance.key == label), NONE)


@dataclass(frozen=True, slots=True)
class StanceTag:
    """What a comment argues: `stance` is a stance key, "none", or None for "not sure".

    `confidence` is the probability of the likeliest label (None when a person decided), `probabilities` maps every
    label to its probability, `evidence` holds exact substrings of the text that carried the decision, `by` says who
    decided. `likeliest` is what the machine would have said had it not abstained.
    """

    stance: str | None
    confidence: float | None = None
    probabilities: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    evidence: tuple[str, ...] = ()
    by: str = MACHINE

    @property
    def likeliest(self) -> str | None:
        """Return the label with the highest probability, shown or not."""
        return max(self.probabilities, key=lambda label: self.probabilities[label], default=self.stance)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as its file states it.

    `text` is plain: paragraphs separated by an empty line, lines quoted from others led by "> ". `html` is sanitised.
    `author` is None where the source gives none. `stance` is what a person wrote into the file, or "off".
    """

    id: str
    essay: str
    date: datetime | None
    author: str | None = None
    in_reply_to: str | None = None
    website: str | None = None
    status: Status = "published"
    stance: str | None = None
    stance_by: str | None = None
    html: Markup = field(default_factory=Markup)
    text: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment in its place: `depth` 0 is a root, `parent` the id it answers and `answers` that one's author.

    Both are None for a root. `orphan` marks a comment whose parent is missing. `tag` is the tag that counts (a person's
    before a machine's; None where nothing is tagged), `machine` what the tagger said, kept so that corrections can be
    shown.
    """

    comment: Comment
    depth: int = 0
    parent: str | None = None
    answers: str | None = None
    orphan: bool = False
    tag: StanceTag | None = None
    machine: StanceTag | None = None

    @property
    def visible(self) -> bool:
        """Say whether the comment has content to show; a deleted one is only a tombstone."""
        return self.comment.status == "published"


@dataclass(frozen=True, slots=True)
class Essay:
    """What the stages need to know of an essay or page: no Pelican object, no file."""

    slug: str
    title: str
    url: str
    date: datetime | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """The discussion under one essay: entries in reading order (pre-order), so no walk ever recurses."""

    essay: Essay
    entries: tuple[Entry, ...] = ()

    @property
    def visible(self) -> tuple[Entry, ...]:
        """Return the published entries in reading order."""
        return tuple([entry for entry in self.entries if entry.comment.status == "published"])

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.visible)
