"""Essays, debates and comments to tagged and summarised discussions: the whole way but for Pelican."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .contents import OFF, Comment, Debate, Essay, Thread
from .stance import Example, NotEnoughLabels, Tagger, load, read_examples, train
from .summaries import DebateSummary, summarize
from .tagging import CachedTagger, tag_threads
from .threads import build_thread

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Topic:
    """An essay or page as its owner filed it: its debate, and whether its comments are closed."""

    essay: Essay
    debate: Debate | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Discussion:
    """What stands under one essay: its thread, and where the thread stands in the debate (None outside of any)."""

    thread: Thread
    debate: Debate | None = None
    summary: DebateSummary | None = None
    closed: bool = False


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


def discuss(
    topics: Sequence[Topic], comments: Mapping[str, tuple[Comment, ...]], *, debates_path: Path, cache_path: Path
) -> tuple[list[Discussion], list[DebateState]]:
    """Return a discussion for every topic, in order, and the state of every debate that a topic names."""
    threads = {topic.essay.slug: build_thread(topic.essay, comments.get(topic.essay.slug, ())) for topic in topics}
    debates = {topic.debate.key: topic.debate for topic in topics if topic.debate}
    plain = {topic.essay.slug: Discussion(threads[topic.essay.slug], closed=topic.closed) for topic in topics}
    states = []
    for key, debate in sorted(debates.items()):
        members = [topic for topic in topics if topic.debate and topic.debate.key == key]
        state = _debate_state(debate, members, threads, debates_path, cache_path)
        states.append(state)
        plain |= {discussion.thread.essay.slug: discussion for discussion in state.discussions}
    return [plain[topic.essay.slug] for topic in topics], states


def _debate_state(
    debate: Debate, topics: Sequence[Topic], threads: Mapping[str, Thread], debates_path: Path, cache_path: Path
) -> DebateState:
    own = [threads[topic.essay.slug] for topic in topics]
    tagger = _tagger(debate, own, debates_path)
    cached = CachedTagger(tagger, cache_path / f"tags-{debate.key}.json") if tagger else None
    tagged = tag_threads(own, cached)
    if cached:
        cached.save()
    confusion = tagger.figures.get("confusion") if tagger else None
    discussions = tuple(
        Discussion(thread, debate, summarize(debate, [thread], confusion=confusion), topic.closed)
        for topic, thread in zip(topics, tagged, strict=True)
    )
    return DebateState(debate, discussions, summarize(debate, tagged, confusion=confusion), tagger)


def _tagger(debate: Debate, threads: Iterable[Thread], debates_path: Path) -> Tagger | None:
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
