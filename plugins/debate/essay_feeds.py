"""Pelican's own feeds of essays, given their links to the discussions (RFC 4685 and what RSS has for it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed
from markupsafe import escape

from .feeds import NO_DATE, THREADING, styled

SLASH = "http://purl.org/rss/1.0/modules/slash/"
WELL_FORMED_WEB = "http://wellformedweb.org/CommentAPI/"


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


def add_replies(feed: Any, replies: Mapping[str, Replies], styles: str = "", *, lasting_ids: bool = False) -> None:
    """Give a feed of essays that Pelican is about to write its links to comments, and the ids of `essay_id`.

    Pelican builds the feed itself and only one plugin can own its Writer, so the feed changes its class on the way out.
    """
    feed.feed["styles"] = styles
    for item in feed.items:
        if lasting_ids or item["pubdate"] == NO_DATE:
            item["unique_id"] = item["link"]
        item["unique_id_is_permalink"] = item["unique_id"] == item["link"]  # RSS takes any id for an address else
        item["replies"] = found = replies.get(item["link"])
        if found and found.words:
            field = "content" if item.get("content") else "description"
            item[field] = f"{item[field] or ''}<p>{escape(found.words)}</p>"
    feed.__class__ = _EssaysAtom if isinstance(feed, Atom1Feed) else _EssaysRss


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
