"""Files a site has once: its sitemap, robots.txt, and the JSON feed of its essays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from .discussions import DebateState
from .feed_files import Site
from .feeds import FeedHead
from .json_feeds import essay_json_feed
from .settings import DebateSettings

MOST_ADDRESSES = 50_000
"""A sitemap may hold no more (sitemaps.org)."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_Address = tuple[str, datetime | None]


def site_files(
    config: DebateSettings, site: Site, states: Sequence[DebateState], context: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file; `context` is Pelican's, for its lists of essays, pages and tags."""
    essays = context["articles"]
    if config.essays_feed_json and essays:
        head = FeedHead(
            site.name, site.name, f"{site.url}/", f"{site.url}/{config.essays_feed_json}", language=site.language
        )
        shown, replies = essays[: site.feed_items], context["feed_replies"]
        text = essay_json_feed(head, shown, replies, site_url=site.url, lasting_ids=site.lasting_ids)
        yield config.essays_feed_json, text
    if config.sitemap:
        yield config.sitemap, sitemap(addresses(config, states, context), site_url=site.url)
        if all(file.save_as != "robots.txt" for file in context["staticfiles"]):
            yield "robots.txt", f"User-agent: *\nDisallow:\n\nSitemap: {site.url}/{config.sitemap}\n"


def sitemap(pages: Iterable[_Address], *, site_url: str) -> str:
    """Return the sitemap of pages given by address and date of the last change, an unknown date left out."""
    lines = "\n".join(_line(f"{site_url}/{address}", changed) for address, changed in [*pages][:MOST_ADDRESSES])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SITEMAP}">\n{lines}\n</urlset>\n'


def addresses(config: DebateSettings, states: Sequence[DebateState], context: Mapping[str, Any]) -> Iterator[_Address]:
    """Yield every page that search engines should know: not drafts, not what is hidden, not the page for lost readers.

    The last change is that of the text or of its newest comment, never the clock's, so that equal input gives equal
    bytes; the front page and the lists change with the newest of what they list.
    """
    essays = {essay.url: changed(essay) for essay in _with_translations(context["articles"]) if essay.save_as}
    newest = _newest(*essays.values(), *(state.updated for state in states))
    yield from ((address, newest) for address in _lists(context))
    yield from essays.items()
    yield from ((page.url, changed(page)) for page in _with_translations(context["pages"]) if page.save_as)
    for name in ("tags", "categories", "authors"):
        for group, members in context[name]:
            if group.save_as:
                yield group.url, _newest(*(essays.get(essay.url) for essay in members))
    yield from _debate_pages(config, states)


def changed(document: Any) -> datetime | None:
    """Return when an essay or page of Pelican's last changed: its text by its own word, or its comments."""
    own = None if getattr(document, "undated", False) else getattr(document, "date", None)
    discussion = getattr(document, "discussion", None)
    comments = (entry.comment.date for entry in discussion.thread.visible) if discussion else ()
    return _newest(own, getattr(document, "modified", None), *comments)


def _lists(context: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of Pelican's own lists that are switched on; of one on several pages the first."""
    for name in context["DIRECT_TEMPLATES"]:
        save_as = context.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
        if save_as:
            yield context.get(f"{name.upper()}_URL", save_as).removesuffix("index.html")


def _debate_pages(config: DebateSettings, states: Sequence[DebateState]) -> Iterator[_Address]:
    if len(states) > 1:
        yield config.index_url, _newest(*(state.updated for state in states))
    for state in states:
        debate = state.debate
        yield config.url.format(key=debate.key), state.updated
        stances = () if debate.aggregates_only else debate.stances
        yield from ((config.stance_url.format(key=debate.key, stance=s.key), state.updated) for s in stances)


def _with_translations(documents: Iterable[Any]) -> Iterator[Any]:
    """Yield each with its translations, but those on a site of another language: they stand in its own sitemap."""
    for document in documents:
        yield from (each for each in (document, *document.translations) if not each.url.startswith("../"))


def _newest(*dates: datetime | None) -> datetime | None:
    return max((date for date in dates if date), default=None)


def _line(address: str, changed: datetime | None) -> str:
    where = escape(quote(address, safe="%/:?#[]@!$&'()*+,;=~"))
    when = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{where}</loc>{when}</url>"
