"""Comments to RSS 2.0 and Atom with threads (RFC 4685)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Literal
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from feedgenerator import get_tag_uri
from feedgenerator.django.utils.encoding import iri_to_uri
from markupsafe import escape

from .contents import MACHINE, Debate, Entry, Thread
from .languages import ENGLISH, Language
from .sanitizing import CONTROL

XmlType = Literal["atom", "rss"]
FeedType = Literal["atom", "rss", "json"]

ATOM = "http://www.w3.org/2005/Atom"
THREADING = "http://purl.org/syndication/thread/1.0"
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""Atom demands a date; a comment and an essay that carry none get the one that nobody takes for real."""


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says of itself; every address is absolute, `styles` is that of `styled`."""

    title: str
    description: str
    link: str
    feed_url: str
    styles: str = ""
    language: Language = ENGLISH


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A comment as feeds of every kind say it: worked out once for the three that an essay has.

    `link` is also its id, `answered` the id of what it answers: a comment, or the essay at `essay_link`. `date` is the
    essay's where the comment has none. `debate` is None where its stance is not shown.
    """

    entry: Entry
    debate: Debate | None
    title: str
    author: str
    link: str
    essay_link: str
    answered: str
    date: datetime
    category: str | None


def permalink(entry: Entry, thread: Thread, site_url: str) -> str:
    """Return the absolute address of a comment; it is also its id in feeds, so that no change of date moves it."""
    return f"{site_url}/{thread.essay.url}#comment-{entry.comment.id}"


def essay_id(link: str, date: datetime | None, *, lasting: bool) -> str:
    """Return the id of an essay in feeds: Pelican's own, its address where it has no date or ids are to last.

    Pelican's holds the date, so a changed date makes a new entry; but subscribers of a blog already know it.
    """
    return link if lasting or date is None else str(get_tag_uri(link, date))


def newest(threads: Iterable[Thread]) -> list[tuple[Thread, Entry]]:
    """Return every published comment with its thread, newest first, undated ones last."""
    return newest_first([(thread, entry) for thread in threads for entry in thread.visible])


def newest_first(pairs: Iterable[tuple[Thread, Entry]]) -> list[tuple[Thread, Entry]]:
    """Return comments by date, newest first, undated ones last."""
    return sorted(pairs, key=lambda pair: (pair[1].comment.date or NO_DATE, pair[1].comment.id), reverse=True)


def feed_items(
    pairs: Iterable[tuple[Thread, Entry]],
    *,
    site_url: str,
    debate_of: Mapping[str, Debate],
    language: Language,
    lasting_ids: bool = False,
) -> list[FeedItem]:
    """Return comments, in the order given, as feeds of every kind say them; titles name author and essay.

    `debate_of` maps an essay's slug to its debate: a stance that a comment carries becomes its category.
    """
    return [
        _item(thread, entry, site_url, debate_of.get(thread.essay.slug), language, lasting_ids)
        for thread, entry in pairs
    ]


def comment_feed(kind: XmlType, head: FeedHead, items: Sequence[FeedItem]) -> str:
    """Return the XML of a feed of comments, in the order given."""
    xml = _atom(head, items) if kind == "atom" else _rss(head, items)
    return styled(f'<?xml version="1.0" encoding="utf-8"?>\n{CONTROL.sub("", xml)}', head.styles)


def styled(xml: str, styles: str) -> str:
    """Return a feed with what lets a person read it in a browser: `styles` is the address of `.xsl` and `.css`.

    Browsers are about to drop XSL; one that has takes the plainer stylesheet (docs/decisions). No styles, no change.
    """
    if not styles:
        return xml
    kinds = (("text/xsl", "xsl"), ("text/css", "css"))
    lines = (f'<?xml-stylesheet type="{mime}" href="{escape(styles)}.{suffix}"?>\n' for mime, suffix in kinds)
    declaration, mark, rest = xml.partition("?>")
    return "".join((declaration, mark, "\n", *lines, rest.lstrip("\n")))


def _item(
    thread: Thread, entry: Entry, site_url: str, debate: Debate | None, language: Language, lasting_ids: bool
) -> FeedItem:
    essay_link = f"{site_url}/{thread.essay.url}"
    essay = essay_id(essay_link, thread.essay.date, lasting=lasting_ids)
    author = entry.comment.author or language.gettext("Someone")
    return FeedItem(
        entry=entry,
        debate=debate,
        title=language.gettext("%(author)s on %(essay)s", author=author, essay=thread.essay.title),
        author=author,
        link=permalink(entry, thread, site_url),
        essay_link=essay_link,
        answered=f"{essay_link}#comment-{entry.parent}" if entry.parent else essay,
        date=entry.comment.date or thread.essay.date or NO_DATE,
        category=_category(entry, debate, language),
    )


def _category(entry: Entry, debate: Debate | None, language: Language) -> str | None:
    """Return the stance of a comment, saying so where it is a machine's guess."""
    if not debate or not entry.tag or not entry.tag.stance:
        return None
    name = debate.name_of(entry.tag.stance)
    return language.gettext("%(stance)s (guessed by machine)", stance=name) if entry.tag.by == MACHINE else name


def _atom(head: FeedHead, items: Sequence[FeedItem]) -> str:
    """Return Atom whose entries say which comment or essay they answer."""
    parts = (
        f'<feed xml:lang={quoteattr(head.language.code)} xmlns="{ATOM}" xmlns:thr="{THREADING}">',
        _element("title", head.title),
        f'<link href={quoteattr(iri_to_uri(head.link))} rel="alternate"/>',
        f'<link href={quoteattr(iri_to_uri(head.feed_url))} rel="self"/>',
        _element("id", head.feed_url),
        _element("updated", _latest(items).isoformat()),
        _element("subtitle", head.description),
        *map(_atom_entry, items),
        "</feed>",
    )
    return "".join(parts)


def _atom_entry(item: FeedItem) -> str:
    date = item.date.isoformat()
    answered = quoteattr(item.answered if item.entry.parent else item.essay_link)
    parts = (
        "<entry>",
        _element("title", item.title),
        f'<link href={quoteattr(iri_to_uri(item.link))} rel="alternate"/>',
        f"<published>{date}</published><updated>{date}</updated>",
        f"<author>{_element('name', item.author)}</author>",
        _element("id", item.link),
        _element("content", item.entry.comment.html, ' type="html"'),
        f"<category term={quoteattr(item.category)}/>" if item.category else "",
        f'<thr:in-reply-to href={answered} ref={quoteattr(item.answered)} type="text/html"/>',
        f'<link href={quoteattr(item.essay_link)} rel="related" type="text/html"/>',
        "</entry>",
    )
    return "".join(parts)


def _rss(head: FeedHead, items: Sequence[FeedItem]) -> str:
    parts = (
        f'<rss version="2.0" xmlns:atom="{ATOM}"><channel>',
        _element("title", head.title),
        _element("link", iri_to_uri(head.link)),
        # Readers take what RSS calls a description for HTML, and Atom's subtitle for text.
        _element("description", str(escape(head.description))),
        f'<atom:link href={quoteattr(iri_to_uri(head.feed_url))} rel="self"/>',
        _element("language", head.language.code),
        _element("lastBuildDate", format_datetime(_latest(items))),
        *map(_rss_item, items),
        "</channel></rss>",
    )
    return "".join(parts)


def _rss_item(item: FeedItem) -> str:
    parts = (
        "<item>",
        _element("title", item.title),
        _element("link", iri_to_uri(item.link)),
        _element("description", item.entry.comment.html),
        _element("dc:creator", item.author, ' xmlns:dc="http://purl.org/dc/elements/1.1/"'),
        f"<pubDate>{format_datetime(item.date)}</pubDate>",
        _element("guid", item.link),
        _element("category", item.category) if item.category else "",
        "</item>",
    )
    return "".join(parts)


def _latest(items: Iterable[FeedItem]) -> datetime:
    return max((item.date for item in items), default=NO_DATE)


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{xml_escape(str(text))}</{name}>" if text else f"<{name}{attributes}/>"
