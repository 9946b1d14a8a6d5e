"""Debates to JSON and CSV, for readers who want the figures rather than the pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

from .contents import Entry, Thread
from .discussions import DebateState, Discussion
from .feeds import permalink
from .summaries import check_export, figures_of

_ESSAYS = '"essays": [\n'
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
CSV_COLUMNS = ("essay", "id", "url", "author", "date", "in_reply_to", "stance", "confidence", "stance_by", "text")


def debate_json(state: DebateState, *, site_url: str, url: str, licence: str | None) -> Iterator[str]:
    """Yield the debate as JSON (docs/debate-data.md): figures, and the comments unless only aggregates are shown."""
    debate = state.debate
    document = {
        "debate": debate.key,
        "question": debate.question,
        "url": f"{site_url}/{url}",
        "licence": licence,
        "updated": state.updated.isoformat() if state.updated else None,
        "stances": [{"key": s.key, "name": s.name, "meaning": s.meaning} for s in debate.stances],
        "opposites": list(debate.opposites),
        "tagger": _tagger(state),
        "summary": figures_of(state.summary),
    }
    # A line for each member and each essay: Python writes indented JSON five times as slowly.
    yield "{"
    for name, value in document.items():
        yield f"{_json(name)}: {_json(value)},\n"
    yield _ESSAYS
    for number, discussion in enumerate(state.discussions):
        yield (",\n" if number else "") + _json(_essay(discussion, site_url))
    yield "\n]}\n"


def check_debate_json(path: Path) -> None:
    """Raise QuoteError unless what `debate_json` made quotes exactly, as it stands on the disk; read line by line."""
    with path.open(encoding="utf-8") as file:
        lines = iter(file.readline, "")
        head = "".join(takewhile(lambda line: line != _ESSAYS, lines))
        essays = (json.loads(line.rstrip(",\n")) for line in lines if line.startswith("{"))
        check_export(json.loads(head.rstrip(",\n") + "}"), essays)


def comments_csv(state: DebateState, *, site_url: str) -> Iterator[str]:
    """Yield the comments as CSV with a byte order mark, so that spreadsheets read UTF-8, and no live formulas."""
    yield "\ufeff" + _csv([CSV_COLUMNS])
    for thread in state.threads:
        rows = ({"essay": thread.essay.slug} | _comment(thread, entry, site_url) for entry in thread.visible)
        yield _csv([_inert(row[column]) for column in CSV_COLUMNS] for row in rows)


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
    tagger = state.tagger
    return {"name": tagger.name, "version": tagger.version, "figures": dict(state.held_out)} if tagger else None


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
        "evidence": list(tag.evidence) if tag else [],
    }
