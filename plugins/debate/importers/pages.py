"""Saved HTML pages of blogs to a post and its comments, by the classes and ids that WordPress and Blogger give.

Where no comment is marked up so, the page is read as text, by its headings ("N comments", "NAME says:").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from . import captures, dates
from .boilerplate import is_share
from .conversion import markdown_of_tokens
from .names import person, safe_id, slugify, slugs_of, title_text, website
from .page_lines import lines_of
from .sources import Source, read_text
from .tree import Node, has_class, tree_of
from .values import PENDING, PUBLISHED, Closed, ImportedComment, Items, Media, Notice, Post, Progress

_COMMENT = re.compile(r"comment|pingback|trackback")
_COMMENT_ID = re.compile(r"(?:li-|div-)?comment-(?P<wordpress>\d+)|c(?P<blogger>\d{6,})|(?:li-)?cmt-?(?P<other>\d+)")
_REPLIES = re.compile(r"children|replies|comment-replies|comment-thread|comment-replybox-thread|thread-children")
_AUTHOR = re.compile(r"fn|comment-author|comment_author|comment-author-name|commenter|commentauthor|user|author")
_WHEN = re.compile(r"comment-meta|comment-metadata|commentmetadata|comment-timestamp|comment-date|comment_date|datetime|date|time|published")
_TEXT = re.compile(r"comment-content|comment-text|comment_text|comment-entry|commenttext|comment-copy|comment-inner-text|comment-body-text")
_NO_TEXT = re.compile(
    r"comment-author|comment_author|vcard|comment-meta|comment-metadata|commentmetadata|comment-footer|comment-timestamp|comment-header|reply"
    r"|comment-reply|comment-actions|comment-date|comment_date|avatar.*|says|edit-link|comment-edit-link|comment-reply-link|datetime|sharedaddy"
    r"|comment-awaiting-moderation|comment-replies|children|comment-replybox.*|inline-thread|screen-reader-text|item-control|likes?|sd-.*|jp-.*"
)
_WAITING = re.compile(r"comment-awaiting-moderation")
_SAYS = re.compile(r"[\s,]*(?:says|said|wrote|writes|replied)?\s*(?::|\.\.\.|…)?\s*$", re.IGNORECASE)
_REMOVED = re.compile(r"this (?:comment|post) has been removed by (?:the author|a blog administrator)\.?", re.IGNORECASE)
_TITLE = re.compile(r"entry-title|post-title|posttitle|postheader|article-title|headline|p-name")
_BODY = re.compile(r"entry-content|post-body|post-content|entry-body|article-content|articlebody|post-entry|postcontent|entry|e-content|storycontent")
_DATE = re.compile(r"entry-date|date-header|published|post-date|postdate|post-timestamp|dt-published|posted-on|entry-meta|postmetadata|post-meta|date")
_BYLINE = re.compile(r"author|byline|post-author|entry-author|p-author")
_FURNITURE = re.compile(
    r"sharedaddy|share.*|sd-.*|jp-.*|wpl-.*|post-footer|entry-footer|related.*|navigation|nav-.*|post-share.*|addtoany.*|social.*|sidebar|widget.*"
    r"|comments?(?:-area|-section|-link)?|respond|comment-respond|breadcrumbs?|screen-reader-text|edit-link|author-box|entry-meta|postmetadata|post-meta"
)
_FURNITURE_TAGS = frozenset({"nav", "aside", "form", "script", "style", "button", "noscript", "template", "head"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A comment's element, its id in the source, and the element of the comment it answers."""

    node: Node
    name: str
    parent: str | None


def read(source: Source, progress: Progress) -> Items:
    """Yield the post and the comments of a saved page."""
    text, notices = read_text(source)
    progress(source.stored_bytes, source.stored_bytes)
    yield from notices
    root = tree_of(text)
    found = _comments(root)
    body = _body_node(root, found)
    if body is None or not (found or _without_comments(root)):
        yield from captures.items(captures.page_of(lines_of(root)), source.path)
        return
    post, media = _post(root, body, found, source)
    yield post
    yield from map(Media, media)
    yield from (_comment(item, post.key) for item in found)
    yield Closed(post.key)


def _without_comments(root: Node) -> bool:
    """Say whether the page's text shows no comments either."""
    return not captures.page_of(lines_of(root)).entries


def _post(root: Node, body: Node, found: Sequence[_Found], source: Source) -> tuple[Post, tuple[str, ...]]:
    title = _title(root)
    slug = next(iter(slugs_of(_address(root))), "") or slugify(title) or slugify(source.path.stem)
    comments = frozenset(id(item.node) for item in found)
    converted = markdown_of_tokens(body.tokens(lambda node: id(node) in comments or _is_furniture(node)))
    terms = [(node.get("rel").lower(), title_text(node.text())) for node in _outside(root, found) if "tag" in node.get("rel").lower().split()]
    filed = [name for relation, name in terms if "category" in relation and name]
    tags = [name for relation, name in terms if "category" not in relation and name]
    return Post(
        key=slug,
        slug=slug,
        title=title,
        body=converted.markdown,
        date=_date(root, found),
        author=_author(root, found),
        category=next(iter(filed), None),
        tags=tuple(dict.fromkeys((*filed[1:], *tags))),
    ), converted.media


def _comments(root: Node) -> tuple[_Found, ...]:
    """Return the elements that are comments, in page order, each once, with the comment around it as its parent."""
    found: dict[int, _Found] = {}
    number = 0
    for node in root.walk():
        if not _is_comment(node):
            continue
        around = next((above for above in node.above() if id(above) in found), None)
        if around is not None and not _is_reply(node, around):
            continue
        number += 1
        found[id(node)] = _Found(node, _name(node, number), found[id(around)].name if around else None)
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
    return any(has_class(inner, _AUTHOR) or has_class(inner, _TEXT) or inner.tag == "cite" for inner in node.walk(_is_comment_list))


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
            return safe_id("blogger", match["blogger"]) if match["blogger"] else safe_id("wp", match["wordpress"] or match["other"])
    return f"c{number:03}"


def _comment(item: _Found, essay: str) -> ImportedComment:
    parts = [item.node, *_following(item.node)]
    author = next((node for part in parts for node in (part, *part.walk(_is_reply_list)) if _names_author(node)), None)
    converted = markdown_of_tokens(token for part in parts for token in _text_tokens(part))
    return ImportedComment(
        id=item.name,
        essay=essay,
        body=converted.markdown,
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


def _text_tokens(part: Node) -> Iterator:  # type: ignore[type-arg]
    """Yield what is the comment's own text: its text element, else all but author, date and buttons."""
    if part.tag == "dt":
        return iter(())
    text = next((node for node in part.walk(_is_reply_list) if has_class(node, _TEXT)), None)
    return (text or part).tokens(_is_no_text)


def _is_no_text(node: Node) -> bool:
    return node.tag in (*_FURNITURE_TAGS, "cite") and node.tag != "cite" or has_class(node, _NO_TEXT) or _is_nested(node)


def _is_nested(node: Node) -> bool:
    return node.tag in ("ol", "ul") and any(_is_comment(inner) for inner in node.walk())


def _is_reply_list(node: Node) -> bool:
    return has_class(node, _REPLIES) or _is_nested(node)


def _comment_date(parts: Sequence[Node]) -> date | None:
    nodes = [node for part in parts for node in (part, *part.walk(_is_reply_list))]
    stamp = next((found for node in nodes if node.tag in ("time", "abbr") and (found := dates.iso(node.get("datetime") or node.get("title")))), None)
    return stamp or next((found for node in nodes if has_class(node, _WHEN) and (found := dates.written(node.text()))), None)


def _website(author: Node) -> str | None:
    links = [author, *author.above()][:2] + list(author.walk())
    return next((found for node in links if node.tag == "a" and (found := website(node.get("href")))), None)


def _state(node: Node, body: str, parts: Sequence[Node]) -> str:
    if kind := next((name for name in ("pingback", "trackback") if name in node.classes), None):
        return kind
    if _REMOVED.fullmatch(body.strip()):
        return "deleted"
    return PENDING if any(has_class(inner, _WAITING) for part in parts for inner in part.walk(_is_reply_list)) else PUBLISHED


def _outside(root: Node, found: Sequence[_Found]) -> Iterator[Node]:
    comments = frozenset(id(item.node) for item in found)
    return root.walk(lambda node: id(node) in comments or node.tag in ("aside", "nav") or has_class(node, re.compile("widget|sidebar")))


def _title(root: Node) -> str:
    nodes = [node for node in root.walk() if node.tag in ("h1", "h2", "h3", "title", "meta", "a")]
    marked = next((node.text() for node in nodes if node.tag[0] == "h" and has_class(node, _TITLE)), "")
    meta = next((node.get("content") for node in nodes if node.get("property") == "og:title"), "")
    first = next((node.text() for node in nodes if node.tag == "h1"), "")
    whole = next((node.text() for node in nodes if node.tag == "title"), "")
    return title_text(marked or meta or first or re.split(r"\s+[|«»–—]\s+", whole)[0])


def _address(root: Node) -> str:
    nodes = [node for node in root.walk() if node.tag in ("link", "meta")]
    link = next((node.get("href") for node in nodes if node.get("rel") == "canonical"), "")
    return link or next((node.get("content") for node in nodes if node.get("property") == "og:url"), "")


def _body_node(root: Node, found: Sequence[_Found]) -> Node | None:
    """Return the element of the post's text: the marked one with the most text, else the article or main part."""
    nodes = list(_outside(root, found))
    marked = [node for node in nodes if has_class(node, _BODY) and node.text(_is_furniture)]
    if marked:
        return marked[0]
    return next((node for tag in ("article", "main") for node in nodes if node.tag == tag), None)


def _is_furniture(node: Node) -> bool:
    heading = node.tag == "h1" or (node.tag in ("h2", "h3") and has_class(node, _TITLE))
    return heading or node.tag in _FURNITURE_TAGS or has_class(node, _FURNITURE) or (node.tag == "p" and is_share(node.text()))


def _date(root: Node, found: Sequence[_Found]) -> date | None:
    nodes = list(_outside(root, found))
    stamps = (node.get("datetime") for node in nodes if node.tag == "time" and "updated" not in node.classes)
    metas = (node.get("content") for node in nodes if node.get("property") == "article:published_time" or node.get("itemprop") == "datePublished")
    titles = (node.get("title") for node in nodes if node.tag == "abbr" and "published" in node.classes)
    exact = next((found_date for text in (*metas, *stamps, *titles) if (found_date := dates.iso(text))), None)
    return exact or next((day for node in nodes if has_class(node, _DATE) and (day := dates.written(node.text()[:200]))), None)


def _author(root: Node, found: Sequence[_Found]) -> str | None:
    nodes = list(_outside(root, found))
    marked = next((node.text() for node in nodes if has_class(node, _BYLINE) and "fn" not in node.classes), "")
    inner = next((node.text() for node in nodes if "fn" in node.classes or "author" in node.get("rel").split()), "")
    meta = next((node.get("content") for node in nodes if node.tag == "meta" and node.get("name").lower() == "author"), "")
    text = inner or meta or re.sub(r"^(?:posted\s+|written\s+)?by:?\s+", "", marked, flags=re.IGNORECASE)
    return person(text) if len(text) <= 60 else None
