"""Debates to JSON and CSV, for readers who want the figures rather than the pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

from .cache import Cache, digest_of
from .contents import Entry, Thread
from .discussions import DebateState, Discussion
from .feeds import permalink
from .summaries import check_export, essays_quoted, figures_of

_ESSAYS = '"essays": [\n'
_LINE, _ROWS = "json line", "csv rows"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_WHERE = ("essay", "id", "url", "author", "date", "in_reply_to")
CSV_COLUMNS = (*_WHERE, "stance", "confidence", "stance_by", "machine_label", "text")


class DebateData:
    """The data files of a debate. What an earlier build made of an essay, and checked, is taken from the cache."""

    def __init__(self, state: DebateState, cache: Cache, *, site_url: str, url: str, licence: str | None) -> None:
        self._state, self._cache, self._site_url, self._url, self._licence = state, cache, site_url, url, licence
        self._checked: set[int] = set()
        kinds = (_LINE,) if state.debate.aggregates_only else (_LINE, _ROWS)
        cache.touch((kind, one.thread.essay.slug) for kind in kinds for one in state.discussions if one.digest)

    def json(self) -> Iterator[str]:
        """Yield the debate as JSON (docs/debate-data.md): figures, and comments unless only aggregates are shown."""
        # A line for each member and each essay: Python writes indented JSON five times as slowly.
        yield "{"
        for name, value in _head(self._state, f"{self._site_url}/{self._url}", self._licence).items():
            yield f"{_json(name)}: {_json(value)},\n"
        yield _ESSAYS
        for number, discussion in enumerate(self._state.discussions):
            yield (",\n" if number else "") + self._line(discussion)
        yield "\n]}\n"

    def check(self, path: Path) -> None:
        """Raise QuoteError unless what `json` made quotes exactly, as it stands on the disk; read line by line."""
        with path.open(encoding="utf-8") as file:
            lines = iter(file.readline, "")
            head = json.loads("".join(takewhile(lambda line: line != _ESSAYS, lines)).rstrip(",\n") + "}")
            check_export(head, self._to_check((line.rstrip(",\n") for line in lines), essays_quoted(head)))

    def csv(self) -> Iterator[str]:
        """Yield the comments as CSV with a byte order mark, so that spreadsheets read UTF-8, and no live formulas."""
        yield "\ufeff" + _csv([CSV_COLUMNS])
        for discussion in self._state.discussions:
            slug, digest = discussion.thread.essay.slug, self._digest(discussion)
            kept = self._cache.get(_ROWS, slug, digest)
            rows = _rows(discussion.thread, self._site_url) if kept is None else kept
            if kept is None:
                self._cache.put(_ROWS, slug, digest, rows)
            yield rows

    def _line(self, discussion: Discussion) -> str:
        kept = self._cache.get(_LINE, discussion.thread.essay.slug, self._digest(discussion))
        if kept is None:
            return _json(_essay(discussion, self._site_url))
        self._checked.add(hash(kept))
        return kept

    def _to_check(self, lines: Iterable[str], quoted: Container[str]) -> Iterator[Mapping[str, Any]]:
        """Yield the essays that no build has checked, or that the head quotes; keep each when the next is asked for."""
        for discussion, line in zip(self._state.discussions, lines, strict=False):
            slug = discussion.thread.essay.slug
            if slug in quoted or hash(line) not in self._checked:
                yield json.loads(line)
                self._cache.put(_LINE, slug, self._digest(discussion), line)

    def _digest(self, discussion: Discussion) -> str:
        return digest_of(self._site_url, discussion.digest) if discussion.digest else ""


def _head(state: DebateState, url: str, licence: str | None) -> dict[str, Any]:
    debate = state.debate
    return {
        "debate": debate.key,
        "question": debate.question,
        "url": url,
        "licence": licence,
        "updated": state.updated.isoformat() if state.updated else None,
        "stances": [{"key": s.key, "name": s.name, "meaning": s.meaning} for s in debate.stances],
        "opposites": list(debate.opposites),
        "tagger": _tagger(state),
        "summary": figures_of(state.summary),
    }


def _rows(thread: Thread, site_url: str) -> str:
    rows = ({"essay": thread.essay.slug} | _comment(thread, entry, site_url) for entry in thread.visible)
    return _csv([_inert(row[column]) for column in CSV_COLUMNS] for row in rows)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _inert(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula: a leading apostrophe makes it text (OWASP)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _tagger(state: DebateState) -> dict[str, Any] | None:
    if (tagger := state.tagger) is None:
        return None
    confusion = tagger.figures.get("confusion")
    return {"name": tagger.name, "version": tagger.version, "figures": dict(state.held_out), "confusion": confusion}


def _essay(discussion: Discussion, site_url: str) -> dict[str, Any]:
    thread, essay = discussion.thread, discussion.thread.essay
    shown = discussion.debate is None or not discussion.debate.aggregates_only
    return {
        "slug": essay.slug,
        "title": essay.title,
        "url": f"{site_url}/{essay.url}",
        "date": essay.date.isoformat() if essay.date else None,
        "author": essay.author,
        "summary": figures_of(discussion.summary) if discussion.summary else None,
        "comments": [_comment(thread, entry, site_url) for entry in thread.visible] if shown else [],
    }


def _comment(thread: Thread, entry: Entry, site_url: str) -> dict[str, Any]:
    comment, tag = entry.comment, entry.tag
    return {
        "id": comment.id,
        "essay": thread.essay.slug,
        "url": permalink(entry, thread, site_url),
        "author": comment.author,
        "date": comment.date.isoformat() if comment.date else None,
        "in_reply_to": entry.parent,
        "text": comment.text,
        "stance": tag.stance if tag else None,
        "confidence": round(tag.confidence, 3) if tag and tag.confidence is not None else None,
        "stance_by": tag.by if tag else None,
        "machine_label": entry.machine.likeliest if entry.machine else None,
        "evidence": list(tag.evidence) if tag else [],
    }
