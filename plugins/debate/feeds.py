"""Comments to RSS 2.0 and Atom with threads (RFC 4685), and reply links for Pelican's own feeds of essays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from io import StringIO
from typing import Any, Literal
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from feedgenerator import Atom1Feed, Rss201rev2Feed
from feedgenerator.django.utils.encoding import iri_to_uri
from markupsafe import escape

from .contents import MACHINE, Debate, Entry, Thread
from .languages import ENGLISH, Language

XmlType = Literal["atom", "rss"]
FeedType = Literal["atom", "rss", "json"]

ATOM = "http://www.w3.org/2005/Atom"
THREADING = "http://purl.org/syndication/thread/1.0"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
WELL_FORMED_WEB = "http://wellformedweb.org/CommentAPI/"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no XML may hold; comments have none, the titles of essays may."""
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
class Replies:
    """What an essay's entry in a feed says of its discussion; the addresses are None where that feed is off.

    `words` say where the discussion stands; they end the entry's text.
    """

    count: int
    page: str
    atom: str | None = None
    rss: str | None = None
    json: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A comment as feeds of every kind say it: worked out once for the three that an essay has.

    `link` is also its id, `answered` what it answers: a comment, or the essay at `essay_link`. `date` is the essay's
    where the comment has none. `debate` is None where its stance is not shown.
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


def newest(threads: Iterable[Thread]) -> list[tuple[Thread, Entry]]:
    """Return every published comment with its thread, newest first, undated ones last."""
    return newest_first([(thread, entry) for thread in threads for entry in thread.visible])


def newest_first(pairs: Iterable[tuple[Thread, Entry]]) -> list[tuple[Thread, Entry]]:
    """Return comments by date, newest first, undated ones last."""
    return sorted(pairs, key=lambda pair: (pair[1].comment.date or NO_DATE, pair[1].comment.id), reverse=True)


def feed_items(
    pairs: Iterable[tuple[Thread, Entry]], *, site_url: str, debate_of: Mapping[str, Debate], language: Language
) -> list[FeedItem]:
    """Return comments, in the order given, as feeds of every kind say them; titles name author and essay.

    `debate_of` maps an essay's slug to its debate: a stance that a comment carries becomes its category.
    """
    return [_item(thread, entry, site_url, debate_of.get(thread.essay.slug), language) for thread, entry in pairs]


def comment_feed(kind: XmlType, head: FeedHead, items: Sequence[FeedItem]) -> str:
    """Return the XML of a feed of comments, in the order given."""
    xml = _atom(head, items) if kind == "atom" else _rss(head, items)
    return styled(f'<?xml version="1.0" encoding="utf-8"?>\n{_CONTROL.sub("", xml)}', head.styles)


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


def add_replies(feed: Any, replies: Mapping[str, Replies], styles: str = "") -> None:
    """Give a feed of essays that Pelican is about to write its links to comments and ids that no date moves.

    Pelican builds the feed itself and only one plugin can own its Writer, so the feed changes its class on the way out.
    """
    feed.feed["styles"] = styles
    for item in feed.items:
        item["unique_id"] = item["link"]
        item["replies"] = found = replies.get(item["link"])
        if found and found.words:
            field = "content" if item.get("content") else "description"
            item[field] = f"{item[field] or ''}<p>{escape(found.words)}</p>"
    feed.__class__ = _EssaysAtom if isinstance(feed, Atom1Feed) else _EssaysRss


def _item(thread: Thread, entry: Entry, site_url: str, debate: Debate | None, language: Language) -> FeedItem:
    essay_link = f"{site_url}/{thread.essay.url}"
    author = entry.comment.author or language.gettext("Someone")
    return FeedItem(
        entry=entry,
        debate=debate,
        title=language.gettext("%(author)s on %(essay)s", author=author, essay=thread.essay.title),
        author=author,
        link=permalink(entry, thread, site_url),
        essay_link=essay_link,
        answered=f"{essay_link}#comment-{entry.parent}" if entry.parent else essay_link,
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
    date, answered = item.date.isoformat(), quoteattr(item.answered)
    parts = (
        "<entry>",
        _element("title", item.title),
        f'<link href={quoteattr(iri_to_uri(item.link))} rel="alternate"/>',
        f"<published>{date}</published><updated>{date}</updated>",
        f"<author>{_element('name', item.author)}</author>",
        _element("id", item.link),
        _element("content", item.entry.comment.html, ' type="html"'),
        f"<category term={quoteattr(item.category)}/>" if item.category else "",
        f'<thr:in-reply-to href={answered} ref={answered} type="text/html"/>',
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


class _Styled:
    """A feed that names its stylesheets when it is written."""

    feed: dict[str, Any]

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed with its stylesheets named before the first element."""
        buffer = StringIO()
        super().write(buffer, encoding)  # type: ignore[misc]
        outfile.write(styled(buffer.getvalue(), self.feed["styles"]))


class _EssaysAtom(_Styled, Atom1Feed):  # type: ignore[misc]
    """Atom whose entries say where their discussion is, and how many comments it has."""

    def root_attributes(self) -> dict[str, str]:
        """Declare the namespace of the threading extension (RFC 4685)."""
        return {**super().root_attributes(), "xmlns:thr": THREADING}

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        """Add links to the discussion of an essay that has one: its page and, if there is one, its feed."""
        super().add_item_elements(handler, item)
        replies: Replies | None = item["replies"]
        if replies is None:
            return
        count = {"thr:count": str(replies.count)}
        page = {"rel": "replies", "type": "text/html", "href": f"{replies.page}#comments"}
        handler.addQuickElement("link", None, page | count)
        if replies.atom:
            feed = {"rel": "replies", "type": "application/atom+xml", "href": replies.atom}
            handler.addQuickElement("link", None, feed | count)


class _EssaysRss(_Styled, Rss201rev2Feed):  # type: ignore[misc]
    """RSS whose items say where their discussion is, and how many comments it has."""

    def rss_attributes(self) -> dict[str, str]:
        """Declare the namespaces of comments' counts and of their feeds."""
        return {**super().rss_attributes(), "xmlns:slash": SLASH, "xmlns:wfw": WELL_FORMED_WEB}

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        """Add address, count and feed of the discussion of an essay that has one."""
        super().add_item_elements(handler, item)
        replies: Replies | None = item["replies"]
        if replies is None:
            return
        handler.addQuickElement("comments", f"{replies.page}#comments")
        handler.addQuickElement("slash:comments", str(replies.count))
        if replies.rss:
            handler.addQuickElement("wfw:commentRss", replies.rss)
