"""The comments marked up in a saved page: WordPress and Blogger lists, nested or flat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from . import dates
from .conversion import markdown_of_tokens
from .names import person, safe_id, website
from .tokens import Token
from .tree import Node, any_class, has_class
from .values import PENDING, PUBLISHED, ImportedComment

_COMMENT = any_class("comment pingback trackback")
_COMMENT_ID = re.compile(r"(?:li-|div-)?comment-(?P<wordpress>\d+)|c(?P<blogger>\d{6,})|(?:li-)?cmt-?(?P<other>\d+)")
_REPLIES = any_class("children replies comment-replies comment-thread comment-replybox-thread thread-children")
_AUTHOR = any_class("fn comment-author comment_author comment-author-name commenter commentauthor user author")
_WHEN = any_class(
    "comment-meta comment-metadata commentmetadata comment-timestamp comment-date comment_date datetime "
    "date time published"
)
_TEXT = any_class(
    "comment-content comment-text comment_text comment-entry commenttext comment-copy comment-inner-text "
    "comment-body-text"
)
_NO_TEXT = any_class(
    "comment-author comment_author vcard comment-meta comment-metadata commentmetadata comment-footer "
    "comment-timestamp comment-header reply comment-reply comment-actions comment-date comment_date "
    "avatar.* says edit-link comment-edit-link comment-reply-link datetime sharedaddy "
    "comment-awaiting-moderation comment-replies children comment-replybox.* inline-thread "
    "screen-reader-text item-control likes? sd-.* jp-.*"
)
_WAITING = re.compile(r"comment-awaiting-moderation")
_SAYS = re.compile(r"[\s,]*(?:says|said|wrote|writes|replied)?\s*(?::|\.\.\.|…)?\s*$", re.IGNORECASE)
_LEADING_SAYS = re.compile(r"^(?:says|said|wrote|writes|replied)?\s*(?::|\.\.\.|…)\s*", re.IGNORECASE)
_REMOVED = re.compile(
    r"this (?:comment|post) has been removed by (?:the author|a blog administrator)\.?", re.IGNORECASE
)
_FURNITURE_TAGS = frozenset({"nav", "aside", "form", "script", "style", "button", "noscript", "template", "head"})


@dataclass(frozen=True, slots=True)
class Found:
    """A comment's element, its id in the source, and the element of the comment it answers."""

    node: Node
    name: str
    parent: str | None


def find_comments(root: Node) -> tuple[Found, ...]:
    """Return the elements that are comments, in page order, each once, with the comment around it as its parent."""
    found: dict[int, Found] = {}
    number = 0
    for node in root.walk():
        if not _is_comment(node):
            continue
        around = next((above for above in node.above() if id(above) in found), None)
        if around is not None and not _is_reply(node, around):
            continue
        number += 1
        found[id(node)] = Found(node, _name(node, number), found[id(around)].name if around else None)
    return tuple(found.values())


def _is_comment(node: Node) -> bool:
    if node.tag == "dt":
        return has_class(node, re.compile("comment-author"))
    if node.tag not in ("li", "div", "article"):
        return False
    named = _COMMENT_ID.fullmatch(node.get("id").lower()) is not None
    marked = has_class(node, _COMMENT) and (node.tag != "div" or _has_text(node))
    return named or marked


def _has_text(node: Node) -> bool:
    """Say whether an element has a part for an author or a text, as comments do and wrappers named "comment" do not."""
    return any(
        has_class(inner, _AUTHOR) or has_class(inner, _TEXT) or inner.tag == "cite"
        for inner in node.walk(_is_comment_list)
    )


def _is_comment_list(node: Node) -> bool:
    return node.tag in ("ol", "ul") or has_class(node, _REPLIES)


def _is_reply(node: Node, around: Node) -> bool:
    """Say whether an element inside a comment is a reply, not a part of the same comment."""
    for above in node.above():
        if above is around:
            return False
        if _is_comment_list(above):
            return True
    return False


def _name(node: Node, number: int) -> str:
    """Return the id by which an export of the same blog would name the comment, else its place on the page."""
    candidates = [node, *(inner for inner in node.walk(_is_comment_list))]
    for candidate in candidates[:40]:
        if match := _COMMENT_ID.fullmatch(candidate.get("id").lower()):
            return (
                safe_id("blogger", match["blogger"])
                if match["blogger"]
                else safe_id("wp", match["wordpress"] or match["other"])
            )
    return f"c{number:03}"


def comment_of(item: Found, essay: str) -> ImportedComment:
    """Return the comment that an element shows: its author, date and text, without its replies and buttons."""
    parts = [item.node, *_following(item.node)]
    author = next((node for part in parts for node in (part, *part.walk(_is_reply_list)) if _names_author(node)), None)
    converted = markdown_of_tokens(token for part in parts for token in _text_tokens(part, author))
    return ImportedComment(
        id=item.name,
        essay=essay,
        body=_LEADING_SAYS.sub("", converted.markdown) if author else converted.markdown,
        author=person(_SAYS.sub("", author.text(_is_reply_list))) if author else None,
        date=_comment_date(parts),
        parent=item.parent,
        website=_website(author) if author else None,
        state=_state(item.node, converted.markdown, parts),
    )


def _following(node: Node) -> list[Node]:
    """Return the elements after a classic Blogger author line that belong to the same comment."""
    if node.tag != "dt" or node.parent is None:
        return []
    siblings = [child for child in node.parent.children if isinstance(child, Node)]
    rest = siblings[siblings.index(node) + 1 :]
    end = next((index for index, child in enumerate(rest) if child.tag == "dt"), len(rest))
    return rest[:end]


def _names_author(node: Node) -> bool:
    if node.tag == "cite":
        return True
    return has_class(node, _AUTHOR) and not any(inner.tag == "cite" or "fn" in inner.classes for inner in node.walk())


def _text_tokens(part: Node, author: Node | None) -> Iterator[Token]:
    """Yield what is the comment's own text: its text element, else all but author, date and buttons."""
    if part.tag == "dt":
        return iter(())
    text = next((node for node in part.walk(_is_reply_list) if has_class(node, _TEXT)), None)
    return (text or part).tokens(lambda node: node is author or _is_no_text(node))


def _is_no_text(node: Node) -> bool:
    return node.tag in _FURNITURE_TAGS or has_class(node, _NO_TEXT) or _is_nested(node)


def _is_nested(node: Node) -> bool:
    return node.tag in ("ol", "ul") and any(_is_comment(inner) for inner in node.walk())


def _is_reply_list(node: Node) -> bool:
    return has_class(node, _REPLIES) or _is_nested(node)


def _comment_date(parts: Sequence[Node]) -> date | None:
    nodes = [node for part in parts for node in (part, *part.walk(_is_reply_list))]
    stamps = (node.get("datetime") or node.get("title") for node in nodes if node.tag in ("time", "abbr"))
    written = (dates.written(node.text()) for node in nodes if has_class(node, _WHEN))
    return next((found for found in (*map(dates.iso, stamps), *written) if found), None)


def _website(author: Node) -> str | None:
    links = [author, *author.above()][:2] + list(author.walk())
    return next((found for node in links if node.tag == "a" and (found := website(node.get("href")))), None)


def _state(node: Node, body: str, parts: Sequence[Node]) -> str:
    if kind := next((name for name in ("pingback", "trackback") if name in node.classes), None):
        return kind
    if _REMOVED.fullmatch(body.strip()):
        return "deleted"
    return (
        PENDING
        if any(has_class(inner, _WAITING) for part in parts for inner in part.walk(_is_reply_list))
        else PUBLISHED
    )
