"""Which feeds a site has, and their paths: site-wide, one a thread, one a stance; none that would be empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

from .cache import digest_of
from .contents import Debate, Entry, Stance, Thread
from .discussions import DebateState, Discussion
from .essay_feeds import Replies
from .feeds import FeedHead, FeedItem, FeedType, comment_feed, feed_items, newest, newest_first
from .json_feeds import comment_json_feed
from .languages import ENGLISH, Language
from .settings import DebateSettings

KINDS: tuple[FeedType, ...] = ("atom", "rss", "json")
_Pairs = Sequence[tuple[Thread, Entry]]


@dataclass(frozen=True, slots=True)
class Site:
    """What feeds need to know of the site: name, address without a trailing slash, how many entries a feed has.

    `root` is where the site starts on its server, without a trailing slash; it holds for a preview on any server.
    `styles` is the address of the feeds' stylesheets without their suffix, `language` that of the site. `lasting_ids`
    makes essays' addresses their ids (see `feeds.essay_id`).
    """

    name: str
    url: str
    feed_items: int | None = None
    root: str = ""
    styles: str = ""
    language: Language = field(default=ENGLISH, repr=False)
    lasting_ids: bool = False


def site_of(settings: Mapping[str, Any], language: Language) -> Site:
    """Return the site that Pelican's settings (or its context, which holds them) describe."""
    root = urlsplit(str(settings["SITEURL"])).path.rstrip("/")
    return Site(
        settings["SITENAME"],
        settings["SITEURL"],
        settings["FEED_MAX_ITEMS"] or None,
        root=root,
        styles=f"{root}/{settings['THEME_STATIC_DIR']}/debate/feed",
        language=language,
        lasting_ids=settings.get("DEBATE_LASTING_IDS", False),
    )


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


@dataclass(frozen=True, slots=True)
class _Plan:
    """Feeds that may be written, one a kind: `digest` changes with their comments, which wait till one is made."""

    path_of: Callable[[FeedType], str | None]
    title: str
    link: str
    digest: str
    pairs: Callable[[], _Pairs]


def feed_files(
    config: DebateSettings, site: Site, discussions: Sequence[Discussion], states: Sequence[DebateState]
) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Yield path, digest and maker of the text of every feed of comments. O(comments log comments) in all."""
    debate_of = {d.thread.essay.slug: d.debate for d in discussions if d.debate and not d.debate.aggregates_only}
    for plan in _plans(config, discussions, states, site):
        items = cache(partial(_items, plan, site, debate_of))
        for kind in KINDS:
            if path := plan.path_of(kind):
                yield path, plan.digest, partial(_text, kind, path, plan, site, items)


def _items(plan: _Plan, site: Site, debate_of: Mapping[str, Debate]) -> list[FeedItem]:
    pairs = plan.pairs()[: site.feed_items]
    return feed_items(
        pairs, site_url=site.url, debate_of=debate_of, language=site.language, lasting_ids=site.lasting_ids
    )


def _text(kind: FeedType, path: str, plan: _Plan, site: Site, items: Callable[[], list[FeedItem]]) -> str:
    addresses = f"{site.url}/{plan.link}", f"{site.url}/{path}"
    head = FeedHead(plan.title, plan.title, *addresses, site.styles, site.language)
    return comment_json_feed(head, items()) if kind == "json" else comment_feed(kind, head, items())


def _plans(
    config: DebateSettings, discussions: Sequence[Discussion], states: Sequence[DebateState], site: Site
) -> Iterator[_Plan]:
    listed = [discussion for discussion in discussions if discussion.listed]
    threads = [discussion.thread for discussion in listed]
    path_of = partial(site_feed, config, threads=threads)
    title = site.language.gettext("%(site)s: comments", site=site.name)
    yield _Plan(path_of, title, "", digest_of_all(listed), partial(newest, threads))
    for discussion in discussions:
        thread = discussion.thread
        path_of = partial(thread_feed, config, thread=thread)
        title = site.language.gettext("Comments on %(essay)s", essay=thread.essay.title)
        yield _Plan(path_of, title, thread.essay.url, discussion.digest, partial(newest, [thread]))
    for state in states:
        yield from _stance_plans(config, site, state)


def digest_of_all(discussions: Sequence[Discussion]) -> str:
    """Return the digest of several discussions, empty where that of one is not known."""
    digests = [discussion.digest for discussion in discussions]
    return digest_of(digests) if all(digests) else ""


def _stance_plans(config: DebateSettings, site: Site, state: DebateState) -> Iterator[_Plan]:
    debate = state.debate
    everything = [(thread, entry) for thread in state.threads for entry in thread.visible]
    for stance in debate.stances:
        title = site.language.gettext(
            "%(question)s Comments arguing: %(stance)s", question=debate.question, stance=stance.name
        )
        page = config.stance_url.format(key=debate.key, stance=stance.key)
        pairs = comments_of(everything, stance.key)
        if pairs:
            path_of = partial(stance_feed, config, debate=debate, stance=stance)
            yield _Plan(path_of, title, page, state.digest, partial(newest_first, pairs))


def comments_of(pairs: _Pairs, stance: str) -> list[tuple[Thread, Entry]]:
    """Return the comments whose tag is the stance."""
    return [(thread, entry) for thread, entry in pairs if entry.tag and entry.tag.stance == stance]


def surest(pairs: _Pairs) -> list[tuple[Thread, Entry]]:
    """Return the comments a person tagged, then the machine's by confidence: best evidence first."""
    return sorted(pairs, key=lambda pair: _confidence(pair[1]), reverse=True)


def _confidence(entry: Entry) -> float:
    return 1.0 if entry.tag is None or entry.tag.confidence is None else entry.tag.confidence
