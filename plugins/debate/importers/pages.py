"""Saved HTML pages of blogs to a post and its comments, by the classes and ids that WordPress and Blogger give.

Where no comment is marked up so, the page is read as text, by its headings ("N comments", "NAME says:").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from . import captures, dates
from .boilerplate import is_share
from .conversion import markdown_of_tokens
from .names import person, slugify, slugs_of, title_text
from .page_comments import Found, comment_of, find_comments
from .page_lines import lines_of
from .sources import Source, read_text
from .tree import Node, any_class, has_class, tree_of
from .values import Closed, Items, Media, Post, Progress

_TITLE = any_class("entry-title post-title posttitle postheader article-title headline p-name")
_BODY = any_class(
    "entry-content post-body post-content entry-body article-content articlebody post-entry postcontent "
    "entry e-content storycontent"
)
_DATE = any_class(
    "entry-date date-header published post-date postdate post-timestamp dt-published posted-on entry-meta "
    "postmetadata post-meta date"
)
_BYLINE = any_class("author byline post-author entry-author p-author")
_FURNITURE = re.compile(
    r"sharedaddy|share.*|sd-.*|jp-.*|wpl-.*|post-footer|entry-footer|related.*|navigation|nav-.*|post-share.*|addtoany.*|social.*|sidebar|widget.*"
    r"|comments?(?:-area|-section|-link)?|respond|comment-respond|breadcrumbs?|screen-reader-text|edit-link|author-box|entry-meta|postmetadata|post-meta"
)
_FURNITURE_TAGS = frozenset({"nav", "aside", "form", "script", "style", "button", "noscript", "template", "head"})


def read(source: Source, progress: Progress) -> Items:
    """Yield the post and the comments of a saved page."""
    text, notices = read_text(source)
    progress(source.stored_bytes, source.stored_bytes)
    yield from notices
    root = tree_of(text)
    found = find_comments(root)
    body = _body_node(root, found)
    if body is None or not (found or _without_comments(root)):
        yield from captures.items(captures.page_of(lines_of(root)), source.path)
        return
    post, media = _post(root, body, found, source)
    yield post
    yield from map(Media, media)
    yield from (comment_of(item, post.key) for item in found)
    yield Closed(post.key)


def _without_comments(root: Node) -> bool:
    """Say whether the page's text shows no comments either."""
    return not captures.page_of(lines_of(root)).entries


def _post(root: Node, body: Node, found: Sequence[Found], source: Source) -> tuple[Post, tuple[str, ...]]:
    title = _title(root)
    slug = next(iter(slugs_of(_address(root))), "") or slugify(title) or slugify(source.path.stem)
    comments = frozenset(id(item.node) for item in found)
    converted = markdown_of_tokens(body.tokens(lambda node: id(node) in comments or _is_furniture(node)))
    terms = [
        (node.get("rel").lower(), title_text(node.text()))
        for node in _outside(root, found)
        if "tag" in node.get("rel").lower().split()
    ]
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


def _outside(root: Node, found: Sequence[Found]) -> Iterator[Node]:
    comments = frozenset(id(item.node) for item in found)
    return root.walk(
        lambda node: (
            id(node) in comments or node.tag in ("aside", "nav") or has_class(node, re.compile("widget|sidebar"))
        )
    )


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


def _body_node(root: Node, found: Sequence[Found]) -> Node | None:
    """Return the element of the post's text: the marked one with the most text, else the article or main part."""
    nodes = list(_outside(root, found))
    marked = [node for node in nodes if has_class(node, _BODY) and node.text(_is_furniture)]
    if marked:
        return marked[0]
    return next((node for tag in ("article", "main") for node in nodes if node.tag == tag), None)


def _is_furniture(node: Node) -> bool:
    heading = node.tag == "h1" or (node.tag in ("h2", "h3") and has_class(node, _TITLE))
    return (
        heading
        or node.tag in _FURNITURE_TAGS
        or has_class(node, _FURNITURE)
        or (node.tag == "p" and is_share(node.text()))
    )


def _date(root: Node, found: Sequence[Found]) -> date | None:
    nodes = list(_outside(root, found))
    stamps = (node.get("datetime") for node in nodes if node.tag == "time" and "updated" not in node.classes)
    metas = (
        node.get("content")
        for node in nodes
        if node.get("property") == "article:published_time" or node.get("itemprop") == "datePublished"
    )
    titles = (node.get("title") for node in nodes if node.tag == "abbr" and "published" in node.classes)
    exact = next((found_date for text in (*metas, *stamps, *titles) if (found_date := dates.iso(text))), None)
    return exact or next(
        (day for node in nodes if has_class(node, _DATE) and (day := dates.written(node.text()[:200]))), None
    )


def _author(root: Node, found: Sequence[Found]) -> str | None:
    nodes = list(_outside(root, found))
    marked = next((node.text() for node in nodes if has_class(node, _BYLINE) and "fn" not in node.classes), "")
    inner = next((node.text() for node in nodes if "fn" in node.classes or "author" in node.get("rel").split()), "")
    meta = next(
        (node.get("content") for node in nodes if node.tag == "meta" and node.get("name").lower() == "author"), ""
    )
    text = inner or meta or re.sub(r"^(?:posted\s+|written\s+)?by:?\s+", "", marked, flags=re.IGNORECASE)
    return person(text) if len(text) <= 60 else None
