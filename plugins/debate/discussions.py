"""Essays, debates and comments to tagged and summarised discussions: the whole way but for Pelican."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from .contents import OFF, Comment, Debate, Essay, Thread
from .languages import ENGLISH, Language
from .stance import Example, NotEnoughLabels, Tagger, load, read_examples, train
from .stance.card import shipped_figures
from .stance.model import StanceModel
from .stance.parallel import SideBySide
from .summaries import DebateSummary, summarize
from .tagging import CachedTagger, tag_threads
from .threads import build_thread

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Topic:
    """An essay or page as its owner filed it: its debate, whether its comments are closed, whether others show it.

    One that is not listed (Pelican's `Status: hidden`) has its thread, but stands in no feed, sidebar or debate page.
    """

    essay: Essay
    debate: Debate | None = None
    closed: bool = False
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Discussion:
    """What stands under one essay: its thread, and where the thread stands in the debate (None outside of any)."""

    thread: Thread
    debate: Debate | None = None
    summary: DebateSummary | None = None
    closed: bool = False
    listed: bool = True


@dataclass(frozen=True, slots=True)
class DebateState:
    """One debate over all its essays; `tagger` is None while there are not enough labelled comments to train one."""

    debate: Debate
    discussions: tuple[Discussion, ...]
    summary: DebateSummary
    tagger: Tagger | None = None

    @property
    def threads(self) -> tuple[Thread, ...]:
        """Return the threads of the debate in the order of its essays."""
        return tuple(discussion.thread for discussion in self.discussions)

    @property
    def card(self) -> Mapping[str, Any] | None:
        """Return everything measured of the built-in model (docs/stance-model.md); None for another tagger."""
        card = shipped_figures()
        return card if self.tagger and self.tagger.version == card["model"]["version"] else None

    @property
    def held_out(self) -> Mapping[str, Any]:
        """Return the tagger's figures on texts it never saw: those of the card, else of its cross-validation."""
        return self.card["dev"] if self.card else (self.tagger.figures if self.tagger else {})

    @property
    def updated(self) -> datetime | None:
        """Return the date of the newest comment: the build's own clock would change pages without a change in them."""
        dates = (entry.comment.date for thread in self.threads for entry in thread.visible)
        return max((date for date in dates if date), default=None)


def discuss(
    topics: Sequence[Topic],
    comments: Mapping[str, tuple[Comment, ...]],
    *,
    debates_path: Path,
    cache_path: Path,
    language: Language = ENGLISH,
    jobs: int = 1,
) -> tuple[list[Discussion], list[DebateState]]:
    """Return a discussion for every topic, in order, and the state of every debate that a topic names.

    `jobs` processes tag the comments that no earlier build has tagged; their number changes no tag.
    """
    threads = {topic.essay.slug: build_thread(topic.essay, comments.get(topic.essay.slug, ())) for topic in topics}
    debates = {topic.debate.key: topic.debate for topic in topics if topic.debate}
    plain = {
        topic.essay.slug: Discussion(threads[topic.essay.slug], closed=topic.closed, listed=topic.listed)
        for topic in topics
    }
    states = []
    for key, debate in sorted(debates.items()):
        members = [topic for topic in topics if topic.debate and topic.debate.key == key]
        discussions, tagger = _tagged(debate, members, threads, debates_path, cache_path, language, jobs)
        listed = tuple(discussion for discussion in discussions if discussion.listed)
        shown = [discussion.thread for discussion in listed]
        summary = summarize(debate, shown, confusion=_confusion(tagger), language=language)
        states.append(DebateState(debate, listed, summary, tagger))
        plain |= {discussion.thread.essay.slug: discussion for discussion in discussions}
    return [plain[topic.essay.slug] for topic in topics], states


def _tagged(
    debate: Debate,
    topics: Sequence[Topic],
    threads: Mapping[str, Thread],
    debates_path: Path,
    cache_path: Path,
    language: Language,
    jobs: int,
) -> tuple[list[Discussion], Tagger | None]:
    own = [threads[topic.essay.slug] for topic in topics]
    tagger = tagger_for(debate, own, debates_path)
    cached = CachedTagger(SideBySide(tagger, jobs), cache_path / f"tags-{debate.key}.json") if tagger else None
    tagged = tag_threads(own, cached)
    if cached:
        cached.save()
    summaries = [summarize(debate, [thread], confusion=_confusion(tagger), language=language) for thread in tagged]
    return [
        Discussion(thread, debate, summary, topic.closed, topic.listed)
        for topic, thread, summary in zip(topics, tagged, summaries, strict=True)
    ], tagger


def _confusion(tagger: Tagger | None) -> Mapping[str, Mapping[str, float]] | None:
    return tagger.figures.get("confusion") if tagger else None


def tagger_for(debate: Debate, threads: Iterable[Thread], debates_path: Path) -> StanceModel | None:
    """Return the debate's model, or one trained from its labelled comments; None while these are too few."""
    if debate.model:
        file = debates_path / debate.model
        return load(file if file.is_file() else debate.model)
    given = read_examples(debates_path / debate.examples, debate.labels) if debate.examples else ()
    examples = [*given, *_labelled(threads)]
    if len({example.label for example in examples}) < 2:
        return None
    try:
        return train(examples, labels=debate.labels, opposites=debate.opposites)
    except NotEnoughLabels as error:
        log.info("debate %s: %s", debate.key, error.message)
        return None


def _labelled(threads: Iterable[Thread]) -> list[Example]:
    return [
        Example(entry.comment.text, entry.comment.stance)
        for thread in threads
        for entry in thread.visible
        if entry.comment.stance and entry.comment.stance != OFF
    ]
