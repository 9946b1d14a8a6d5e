"""Comments to RSS 2.0 and Atom with threads (RFC 4685), and reply links for Pelican's own feeds of essays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any, Literal

from feedgenerator import Atom1Feed, Rss201rev2Feed
from markupsafe import escape

from .contents import MACHINE, Comment, Debate, Entry, Essay, Thread
from .languages import ENGLISH, Language

XmlType = Literal["atom", "rss"]
FeedType = Literal["atom", "rss", "json"]

THREADING = "http://purl.org/syndication/thread/1.0"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
WELL_FORMED_WEB = "http://wellformedweb.org/CommentAPI/"
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


def permalink(entry: Entry, thread: Thread, site_url: str) -> str:
    """Return the absolute address of a comment; it is also its id in feeds, so that no change of date moves it."""
    return f"{site_url}/{thread.essay.url}#comment-{entry.comment.id}"


def newest(threads: Iterable[Thread]) -> list[tuple[Thread, Entry]]:
    """Return every published comment with its thread, newest first, undated ones last."""
    return newest_first([(thread, entry) for thread in threads for entry in thread.visible])


def newest_first(pairs: Iterable[tuple[Thread, Entry]]) -> list[tuple[Thread, Entry]]:
    """Return comments by date, newest first, undated ones last."""
    return sorted(pairs, key=lambda pair: (pair[1].comment.date or NO_DATE, pair[1].comment.id), reverse=True)


def comment_feed(
    kind: XmlType,
    head: FeedHead,
    pairs: Sequence[tuple[Thread, Entry]],
    *,
    site_url: str,
    debate_of: Mapping[str, Debate],
) -> str:
    """Return the XML of a feed of comments, in the order given; titles name author and essay.

    `debate_of` maps an essay's slug to its debate: a stance that a comment carries becomes its category.
    """
    feed_class = _ThreadedAtom if kind == "atom" else _CommentsRss
    feed = feed_class(
        title=head.title,
        link=head.link,
        # Readers take what RSS calls a description for HTML, and Atom's subtitle for text.
        description=str(escape(head.description)) if kind == "rss" else head.description,
        feed_url=head.feed_url,
        feed_guid=head.feed_url,
        language=head.language.code,
        styles=head.styles,
    )
    for thread, entry in pairs:
        debate = debate_of.get(thread.essay.slug)
        feed.add_item(**_item(kind, thread, entry, site_url, debate, head.language))
    text: str = feed.writeString("utf-8")
    return text


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


def title_of(comment: Comment, essay: Essay, language: Language) -> str:
    """Return what a feed calls a comment: who wrote it, on which essay."""
    author = comment.author or language.gettext("Someone")
    return language.gettext("%(author)s on %(essay)s", author=author, essay=essay.title)


def _item(
    kind: XmlType, thread: Thread, entry: Entry, site_url: str, debate: Debate | None, language: Language
) -> dict[str, Any]:
    comment, essay = entry.comment, thread.essay
    link = permalink(entry, thread, site_url)
    essay_link = f"{site_url}/{essay.url}"
    return {
        "title": title_of(comment, essay, language),
        "link": link,
        "unique_id": link,
        "description": str(comment.html) if kind == "rss" else None,
        "content": str(comment.html) if kind == "atom" else None,
        "author_name": comment.author or language.gettext("Someone"),
        "pubdate": comment.date or essay.date or NO_DATE,
        "categories": categories(entry, debate, language),
        "in_reply_to": f"{essay_link}#comment-{entry.parent}" if entry.parent else essay_link,
        "essay_link": essay_link,
    }


def categories(entry: Entry, debate: Debate | None, language: Language) -> list[str] | None:
    """Return the stance of a comment as its category, saying so where it is a machine's guess."""
    if not debate or not entry.tag or not entry.tag.stance:
        return None
    name = debate.name_of(entry.tag.stance)
    if entry.tag.by == MACHINE:
        return [language.gettext("%(stance)s (guessed by machine)", stance=name)]
    return [name]


class _Styled:
    """A feed that names its stylesheets when it is written."""

    feed: dict[str, Any]

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed with its stylesheets named before the first element."""
        buffer = StringIO()
        super().write(buffer, encoding)  # type: ignore[misc]
        outfile.write(styled(buffer.getvalue(), self.feed["styles"]))


class _CommentsRss(_Styled, Rss201rev2Feed):  # type: ignore[misc]
    """RSS 2.0 as feedgenerator writes it."""


class _ThreadedAtom(_Styled, Atom1Feed):  # type: ignore[misc]
    """Atom whose entries say which comment or essay they answer."""

    def root_attributes(self) -> dict[str, str]:
        """Declare the namespace of the threading extension (RFC 4685)."""
        return {**super().root_attributes(), "xmlns:thr": THREADING}

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        """Add to an entry what it answers, and its essay."""
        super().add_item_elements(handler, item)
        answered = {"ref": item["in_reply_to"], "href": item["in_reply_to"], "type": "text/html"}
        handler.addQuickElement("thr:in-reply-to", None, answered)
        handler.addQuickElement("link", None, {"rel": "related", "href": item["essay_link"], "type": "text/html"})


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
