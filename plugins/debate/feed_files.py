"""Which feeds a site has, and their paths: site-wide, one a thread, one a stance; none that would be empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from .contents import Debate, Entry, Stance, Thread
from .discussions import DebateState, Discussion
from .feeds import FeedHead, FeedType, Replies, comment_feed, newest
from .json_feeds import comment_json_feed
from .settings import DebateSettings

KINDS: tuple[FeedType, ...] = ("atom", "rss", "json")
_Pairs = Sequence[tuple[Thread, Entry]]
_Plan = tuple[Callable[[FeedType], str | None], str, str, _Pairs]


@dataclass(frozen=True, slots=True)
class Site:
    """What feeds need to know of the site: name, address without a trailing slash, how many entries a feed has.

    `styles` is the address of the feeds' stylesheets without their suffix, `language` that of the site.
    """

    name: str
    url: str
    feed_items: int | None = None
    styles: str = ""
    language: str | None = None


def site_feed(config: DebateSettings, kind: FeedType, threads: Sequence[Thread]) -> str | None:
    """Return the path of the feed of all comments, None where it is off or would be empty."""
    path: str | None = getattr(config, f"comments_feed_{kind}")
    return path if any(len(thread) for thread in threads) else None


def thread_feed(config: DebateSettings, kind: FeedType, thread: Thread) -> str | None:
    """Return the path of a thread's feed, None where it is off or would be empty."""
    pattern: str | None = getattr(config, f"thread_feed_{kind}")
    return pattern.format(slug=thread.essay.slug) if pattern and len(thread) else None


def stance_feed(config: DebateSettings, kind: FeedType, debate: Debate, stance: Stance) -> str | None:
    """Return the path of a stance's feed, None where it is off or the debate shows aggregates only."""
    pattern: str | None = getattr(config, f"stance_feed_{kind}")
    return pattern.format(key=debate.key, stance=stance.key) if pattern and not debate.aggregates_only else None


def replies_of(config: DebateSettings, discussion: Discussion, site: Site) -> Replies:
    """Return what an essay's entry in a feed says of its discussion."""
    thread, summary = discussion.thread, discussion.summary
    paths = {kind: thread_feed(config, kind, thread) for kind in KINDS}
    feeds = {kind: f"{site.url}/{path}" for kind, path in paths.items() if path}
    words = summary.words if summary and len(thread) else ""
    return Replies(len(thread), f"{site.url}/{thread.essay.url}", **feeds, words=words)


def feed_files(
    config: DebateSettings, site: Site, discussions: Sequence[Discussion], states: Sequence[DebateState]
) -> Iterator[tuple[str, str]]:
    """Yield path and text of every feed of comments. O(comments log comments)."""
    debate_of = {d.thread.essay.slug: d.debate for d in discussions if d.debate and not d.debate.aggregates_only}
    for path_of, title, link, pairs in _plans(config, site, discussions, states):
        for kind in KINDS:
            path = path_of(kind)
            if path and pairs:
                head = FeedHead(title, title, f"{site.url}/{link}", f"{site.url}/{path}", site.styles, site.language)
                yield path, _text(kind, head, pairs[: site.feed_items], site, debate_of)


def _text(kind: FeedType, head: FeedHead, pairs: _Pairs, site: Site, debate_of: Mapping[str, Debate]) -> str:
    if kind == "json":
        return comment_json_feed(head, pairs, site_url=site.url, debate_of=debate_of)
    return comment_feed(kind, head, pairs, site_url=site.url, debate_of=debate_of)


def _plans(
    config: DebateSettings, site: Site, discussions: Sequence[Discussion], states: Sequence[DebateState]
) -> Iterator[_Plan]:
    """Yield each feed that may be written: its path by kind, title, page, and comments."""
    listed = [discussion.thread for discussion in discussions if discussion.listed]
    yield partial(site_feed, config, threads=listed), f"{site.name}: comments", "", newest(listed)
    for discussion in discussions:
        thread = discussion.thread
        title = f"Comments on {thread.essay.title}"
        yield partial(thread_feed, config, thread=thread), title, thread.essay.url, newest([thread])
    for state in states:
        yield from _stance_plans(config, state)


def _stance_plans(config: DebateSettings, state: DebateState) -> Iterator[_Plan]:
    debate, pairs = state.debate, newest(state.threads)
    for stance in debate.stances:
        page = config.stance_url.format(key=debate.key, stance=stance.key)
        title = f"{debate.question} Comments arguing: {stance.name}"
        path_of = partial(stance_feed, config, debate=debate, stance=stance)
        yield path_of, title, page, comments_of(pairs, stance.key)


def comments_of(pairs: _Pairs, stance: str) -> list[tuple[Thread, Entry]]:
    """Return the comments whose tag is the stance."""
    return [(thread, entry) for thread, entry in pairs if entry.tag and entry.tag.stance == stance]


def surest(pairs: _Pairs) -> list[tuple[Thread, Entry]]:
    """Return the comments a person tagged, then the machine's by confidence: best evidence first."""
    return sorted(pairs, key=lambda pair: _confidence(pair[1]), reverse=True)


def _confidence(entry: Entry) -> float:
    return 1.0 if entry.tag is None or entry.tag.confidence is None else entry.tag.confidence
