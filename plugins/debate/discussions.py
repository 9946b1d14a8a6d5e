"""Essays, debates and comments to tagged and summarised discussions: the whole way but for Pelican."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import stance, summaries
from .cache import Cache, code_digest, digest_of
from .codec import Codec
from .contents import OFF, Comment, Debate, Essay, Thread
from .languages import ENGLISH, Language
from .listening import listening
from .stance.card import shipped_figures
from .summaries.values import DebateSummary, TaggedComment
from .tagging import CachedTagger, tag_threads
from .threads import build_thread

if TYPE_CHECKING:
    from .stance.model import StanceModel
    from .summaries.summary import Read

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
    """What stands under one essay: its thread, and where the thread stands in the debate (None outside of any).

    `digest` changes with anything in it; where it is empty, nothing that is made of the discussion can be kept.
    """

    thread: Thread
    debate: Debate | None = None
    summary: DebateSummary | None = None
    closed: bool = False
    listed: bool = True
    digest: str = ""


@dataclass(frozen=True, slots=True)
class DebateState:
    """One debate over all its essays; `tagger` is None while there are not enough labelled comments to train one."""

    debate: Debate
    discussions: tuple[Discussion, ...]
    summary: DebateSummary
    tagger: stance.Tagger | None = None
    digest: str = ""

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
    cache: Cache,
    digests: Mapping[str, str] | None = None,
    language: Language = ENGLISH,
    jobs: int = 1,
) -> tuple[list[Discussion], list[DebateState]]:
    """Return a discussion for every topic, in order, and the state of every debate that a topic names.

    `digests` say by slug what `comments` hold; then a discussion that was worked out before is taken from the cache and
    its comments are not asked for. Without them only tags are kept. `jobs` processes tag the comments that no earlier
    build has tagged; their number changes no tag.
    """
    found: dict[str, Discussion] = {}
    states = []
    for debate in (None, *_debates(topics)):
        members = [topic for topic in topics if topic.debate == debate]
        work = Work(debate, _Surroundings(debates_path, cache, digests, language, jobs))
        discussions = work.discussions(members, comments)
        found |= {discussion.thread.essay.slug: discussion for discussion in discussions}
        states += [work.state(debate, discussions)] if debate else []
    return [found[topic.essay.slug] for topic in topics], states


def prepare(debates: Iterable[Debate], debates_path: Path, jobs: int) -> None:
    """Begin to load the built-in models of the debates, beside what goes on: there will be something to tag."""
    for model in {debate.model for debate in debates if debate.model}:
        if stance.is_shipped(model, debates_path):
            stance.shipped_tagger(model, jobs).prepare()


def _debates(topics: Sequence[Topic]) -> list[Debate]:
    debates = {topic.debate.key: topic.debate for topic in topics if topic.debate}
    return [debate for _, debate in sorted(debates.items())]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What all debates of a build share (see `discuss`)."""

    debates_path: Path
    cache: Cache
    digests: Mapping[str, str] | None
    language: Language
    jobs: int


class Work:
    """The work on one debate, or on the essays outside of any: each discussion is found in the cache or made."""

    def __init__(self, debate: Debate | None, shared: _Surroundings) -> None:
        self._debate, self._shared, self._cache, self._digests = debate, shared, shared.cache, shared.digests
        self._codec = Codec({Debate: debate})
        self._tagger: stance.Tagger | None = None

    def discussions(self, topics: Sequence[Topic], comments: Mapping[str, tuple[Comment, ...]]) -> list[Discussion]:
        """Return the discussion of every topic, in order."""
        learns = self._debate is not None and not self._debate.model
        threads = {topic.essay.slug: self._thread(topic, comments) for topic in topics if learns}
        self._tagger = self._tagger_of([thread for thread, _ in threads.values()])
        kept = {topic.essay.slug: self._kept(topic) for topic in topics}
        missing = [topic for topic in topics if not kept[topic.essay.slug]]
        fresh = {topic.essay.slug: threads.get(topic.essay.slug) or self._thread(topic, comments) for topic in missing}
        made = self._made(missing, fresh)
        discussions = [kept[topic.essay.slug] or made[topic.essay.slug] for topic in topics]
        self._touch_tags(discussions)
        return discussions

    def state(self, debate: Debate, discussions: Sequence[Discussion]) -> DebateState:
        """Return the whole debate: the summary spans the essays that are listed."""
        listed = tuple(discussion for discussion in discussions if discussion.listed)
        known = all(discussion.digest for discussion in listed)
        digest = digest_of(self._made_by(), [discussion.digest for discussion in listed]) if known else ""
        row = self._cache.read("debate", debate.key, digest) if digest else None
        if row:
            return DebateState(debate, listed, self._codec.decode(DebateSummary, row), self._tagger, digest)
        summary = self._summary(debate, [discussion.thread for discussion in listed])
        self._cache.keep("debate", debate.key, digest, self._codec.encode(summary))
        return DebateState(debate, listed, summary, self._tagger, digest)

    def _thread(self, topic: Topic, comments: Mapping[str, tuple[Comment, ...]]) -> tuple[Thread, bool]:
        """Return a topic's thread and whether it is faultless: what a warning was given of must be read again."""
        if self._digests is None:
            return build_thread(topic.essay, comments.get(topic.essay.slug, ())), False
        with listening() as heard:
            thread = build_thread(topic.essay, comments.get(topic.essay.slug, ()))
        return thread, heard.warnings == 0

    def _made(self, topics: Sequence[Topic], threads: Mapping[str, tuple[Thread, bool]]) -> dict[str, Discussion]:
        plain = [thread for thread, _ in threads.values()]
        tagger = CachedTagger(self._tagger, self._cache) if self._tagger else None
        tagged = tag_threads(plain, tagger) if self._debate else plain
        made = (self._discussion(topic, thread) for topic, thread in zip(topics, tagged, strict=True))
        found = {discussion.thread.essay.slug: discussion for discussion in made}
        for topic in topics:
            slug = topic.essay.slug
            found[slug] = self._keep(found[slug], self._digest(topic) if threads[slug][1] else "")
        return found

    def _discussion(self, topic: Topic, thread: Thread) -> Discussion:
        essay = topic.essay.slug
        summary = self._summary(self._debate, [thread], essay=essay, brief=True) if self._debate else None
        return Discussion(thread, self._debate, summary, topic.closed, topic.listed)

    def _keep(self, discussion: Discussion, digest: str) -> Discussion:
        row = self._codec.encode(discussion) if digest else None
        self._cache.keep("discussion", discussion.thread.essay.slug, digest, row)
        return replace(discussion, digest=digest)

    def _kept(self, topic: Topic) -> Discussion | None:
        digest = self._digest(topic)
        row = self._cache.read("discussion", topic.essay.slug, digest) if digest else None
        return replace(self._codec.decode(Discussion, row), digest=digest) if row else None

    def _digest(self, topic: Topic) -> str:
        """Return the digest of all that a topic's discussion is made of, empty where that is not known."""
        if self._digests is None:
            return ""
        own = (topic.essay, topic.closed, topic.listed, self._digests.get(topic.essay.slug))
        return digest_of(self._made_by(), *own)

    def _made_by(self) -> tuple[Any, ...]:
        tagger = self._tagger
        return (
            code_digest(),
            self._debate,
            self._shared.language.digest,
            tagger and tagger.name,
            tagger and tagger.version,
        )

    def _touch_tags(self, discussions: Sequence[Discussion]) -> None:
        """Keep the tags of discussions that were found whole: one changed comment must not have all tagged again."""
        if self._tagger and self._cache.is_fresh:
            entries = (entry for discussion in discussions for entry in discussion.thread.visible)
            CachedTagger(self._tagger, self._cache).touch(entry.comment.text for entry in entries)

    def _summary(
        self, debate: Debate, threads: Sequence[Thread], *, essay: str = "", brief: bool = False
    ) -> DebateSummary:
        return summaries.summarize(
            debate,
            threads,
            confusion=self._tagger.figures.get("confusion") if self._tagger else None,
            language=self._shared.language,
            brief=brief,
            keep=partial(self._read, f"{debate.key}/{essay}"),
        )

    def _read(self, name: str, kind: type[Read], comments: Sequence[TaggedComment], read: Callable[[], Read]) -> Read:
        """Return what is read in comments, from the cache where just these were read: few of many thousands change."""
        essence = [(one.key, one.person, one.parent, one.tag, one.comment.author, one.comment.text) for one in comments]
        digest = digest_of(self._made_by(), essence)
        row = self._cache.read(kind.__name__, name, digest)
        found: Read = self._codec.decode(kind, row) if row else read()
        if not row:
            self._cache.keep(kind.__name__, name, digest, self._codec.encode(found))
        return found

    def _tagger_of(self, threads: Iterable[Thread]) -> stance.Tagger | None:
        """Return the debate's tagger; a built-in one is not read from its file before there is something to tag."""
        debate, jobs = self._debate, self._shared.jobs
        if debate is None:
            return None
        if debate.model and stance.is_shipped(debate.model, self._shared.debates_path):
            return stance.shipped_tagger(debate.model, jobs)
        model = tagger_for(debate, threads, self._shared.debates_path)
        return stance.SideBySide(model, jobs) if model else None


def tagger_for(debate: Debate, threads: Iterable[Thread], debates_path: Path) -> StanceModel | None:
    """Return the debate's model, or one trained from its labelled comments; None while these are too few."""
    if debate.model:
        shipped = stance.is_shipped(debate.model, debates_path)
        return stance.load(debate.model if shipped else debates_path / debate.model)
    given = stance.read_examples(debates_path / debate.examples, debate.labels) if debate.examples else ()
    examples = [*given, *_labelled(threads)]
    if len({example.label for example in examples}) < 2:
        return None
    try:
        return stance.train(examples, labels=debate.labels, opposites=debate.opposites)
    except stance.NotEnoughLabels as error:
        log.info("debate %s: %s", debate.key, error.message)
        return None


def _labelled(threads: Iterable[Thread]) -> list[stance.Example]:
    return [
        stance.Example(entry.comment.text, entry.comment.stance)
        for thread in threads
        for entry in thread.visible
        if entry.comment.stance and entry.comment.stance != OFF
    ]
