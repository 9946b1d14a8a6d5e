"""Which feeds a site has, and their paths: site-wide, one a thread, one a stance; none that would be empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .contents import Debate, Entry, Stance, Thread
from .discussions import DebateState, Discussion
from .feeds import FeedHead, FeedType, Replies, comment_feed, newest
from .settings import DebateSettings

KINDS: tuple[FeedType, ...] = ("atom", "rss")
_Pairs = Sequence[tuple[Thread, Entry]]


@dataclass(frozen=True, slots=True)
class Site:
    """What feeds need to know of the site: name, address without a trailing slash, how many entries a feed has."""

    name: str
    url: str
    feed_items: int | None = None


def site_feed(config: DebateSettings, kind: FeedType, threads: Sequence[Thread]) -> str | None:
    """Return the path of the feed of all comments, None where it is off or would be empty."""
    path = config.comments_feed_atom if kind == "atom" else config.comments_feed_rss
    return path if any(len(thread) for thread in threads) else None


def thread_feed(config: DebateSettings, kind: FeedType, thread: Thread) -> str | None:
    """Return the path of a thread's feed, None where it is off or would be empty."""
    pattern = config.thread_feed_atom if kind == "atom" else config.thread_feed_rss
    return pattern.format(slug=thread.essay.slug) if pattern and len(thread) else None


def stance_feed(config: DebateSettings, kind: FeedType, debate: Debate, stance: Stance) -> str | None:
    """Return the path of a stance's feed, None where it is off or the debate shows aggregates only."""
    pattern = config.stance_feed_atom if kind == "atom" else config.stance_feed_rss
    return pattern.format(key=debate.key, stance=stance.key) if pattern and not debate.aggregates_only else None


def replies_of(config: DebateSettings, discussion: Discussion, site: Site) -> Replies:
    """Return what an essay's entry in a feed says of its discussion."""
    thread, summary = discussion.thread, discussion.summary
    atom, rss = (thread_feed(config, kind, thread) for kind in KINDS)
    page = f"{site.url}/{thread.essay.url}"
    return Replies(
        len(thread),
        page,
        atom and f"{site.url}/{atom}",
        rss and f"{site.url}/{rss}",
        summary.words if summary and len(thread) else "",
    )


def feed_files(
    config: DebateSettings, site: Site, discussions: Sequence[Discussion], states: Sequence[DebateState]
) -> Iterator[tuple[str, str]]:
    """Yield path and XML of every feed of comments. O(comments log comments)."""
    debate_of = {d.thread.essay.slug: d.debate for d in discussions if d.debate and not d.debate.aggregates_only}
    for kind in KINDS:
        for path, title, link, pairs in _plans(config, site, kind, discussions, states):
            if path and pairs:
                head = FeedHead(title, title, f"{site.url}/{link}", f"{site.url}/{path}")
                shown = pairs[: site.feed_items]
                yield path, comment_feed(kind, head, shown, site_url=site.url, debate_of=debate_of)


def _plans(
    config: DebateSettings,
    site: Site,
    kind: FeedType,
    discussions: Sequence[Discussion],
    states: Sequence[DebateState],
) -> Iterator[tuple[str | None, str, str, _Pairs]]:
    """Yield path, title, page and comments of each feed that may be written."""
    listed = [discussion.thread for discussion in discussions if discussion.listed]
    yield site_feed(config, kind, listed), f"{site.name}: comments", "", newest(listed)
    for discussion in discussions:
        thread = discussion.thread
        title = f"Comments on {thread.essay.title}"
        yield thread_feed(config, kind, thread), title, thread.essay.url, newest([thread])
    for state in states:
        yield from _stance_plans(config, kind, state)


def _stance_plans(
    config: DebateSettings, kind: FeedType, state: DebateState
) -> Iterator[tuple[str | None, str, str, _Pairs]]:
    debate, pairs = state.debate, newest(state.threads)
    for stance in debate.stances:
        page = config.stance_url.format(key=debate.key, stance=stance.key)
        title = f"{debate.question} Comments arguing: {stance.name}"
        yield stance_feed(config, kind, debate, stance), title, page, comments_of(pairs, stance.key)


def comments_of(pairs: _Pairs, stance: str) -> list[tuple[Thread, Entry]]:
    """Return the comments whose tag is the stance."""
    return [(thread, entry) for thread, entry in pairs if entry.tag and entry.tag.stance == stance]


def surest(pairs: _Pairs) -> list[tuple[Thread, Entry]]:
    """Return the comments a person tagged, then the machine's by confidence: best evidence first."""
    return sorted(pairs, key=lambda pair: _confidence(pair[1]), reverse=True)


def _confidence(entry: Entry) -> float:
    return 1.0 if entry.tag is None or entry.tag.confidence is None else entry.tag.confidence
