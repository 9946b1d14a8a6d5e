"""Discussions to search records: every essay and page with a text, and each comment by itself, under its permalink.

An indexer (desk/searching.py) makes the records findable; this module knows none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .contents import Entry
from .discussions import Discussion
from .feeds import permalink
from .frontmatter import write_whole

RECORDS = "search.json"
"""The file of records in the cache; its language decides how words are cut to their stems."""

_BLOCK_END = re.compile(r"<(?:/(?:p|li|h\d|t[dh]|d[td]|div|blockquote|pre|figcaption)|br\s*/?)>")
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One thing to find: `url` is relative to the site's root; `filters` are what a search can be narrowed by."""

    url: str
    title: str
    text: str
    date: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def indexer_installed() -> bool:
    """Say whether Pagefind is there; the site has no search page where it is not."""
    return find_spec("pagefind") is not None


def search_records(discussions: Iterable[tuple[Discussion, str, str]]) -> Iterator[SearchRecord]:
    """Yield the records of discussions, each given with the kind of its document ("essay" or "page") and its HTML.

    What others do not list (hidden essays and pages, deleted and held comments) is not to be found either.
    """
    for discussion, kind, html in discussions:
        if discussion.listed:
            yield _document(discussion, kind, html)
            yield from (_comment(discussion, entry) for entry in discussion.thread.visible)


def keep_records(settings: Mapping[str, Any], documents: Iterable[Any]) -> None:
    """Leave the records of Pelican's essays and pages in the cache; none of an earlier build stay where there are none.

    A document without a discussion (a translation, a page that shares an essay's slug) is left out.
    """
    path = Path(settings["CACHE_PATH"], RECORDS)
    kinds = {"article": "essay", "page": "page"}
    known = [document for document in documents if getattr(document, "discussion", None)]
    given = [(document.discussion, kinds[document.default_template], document.content) for document in known]
    if given:
        write_records(path, search_records(given), settings["DEFAULT_LANG"])
    else:
        path.unlink(missing_ok=True)


def write_records(path: Path, records: Iterable[SearchRecord], language: str) -> None:
    """Write the records for the indexer; the same records make the same bytes."""
    document = {"language": language, "records": [asdict(record) for record in records]}
    write_whole(path, json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n")


def read_records(path: Path) -> tuple[list[SearchRecord], str]:
    """Return records and language as `write_records` wrote them."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [SearchRecord(**record) for record in document["records"]], document["language"]


def _document(discussion: Discussion, kind: str, html: str) -> SearchRecord:
    essay = discussion.thread.essay
    return SearchRecord(
        url=essay.url,
        title=essay.title,
        text=plain_text(html),
        date=essay.date.date().isoformat() if essay.date else "",
        filters=_named(kind=kind, author=essay.author),
    )


def _comment(discussion: Discussion, entry: Entry) -> SearchRecord:
    comment, thread, debate = entry.comment, discussion.thread, discussion.debate
    shown = entry.tag and debate and not debate.aggregates_only
    stance = debate.name_of(entry.tag.stance) if shown and debate and entry.tag else None
    return SearchRecord(
        url=permalink(entry, thread, "").removeprefix("/"),
        title=comment.author or "",
        text=" ".join(_QUOTED.sub("", comment.text).split()),
        date=comment.date.date().isoformat() if comment.date else "",
        filters=_named(kind="comment", author=comment.author, essay=thread.essay.title, stance=stance),
    )


def plain_text(html: str) -> str:
    """Return the words of an essay's HTML, those of neighbouring blocks kept apart."""
    return str(Markup(_BLOCK_END.sub(r"\g<0> ", html)).striptags())  # noqa: S704 - made plain at once


def _named(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
