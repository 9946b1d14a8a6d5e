"""Debates to JSON and CSV, for readers who want the figures rather than the pages."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from .contents import Entry, Thread
from .discussions import DebateState, Discussion
from .feeds import permalink

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CSV_COLUMNS = ("essay", "id", "url", "author", "date", "in_reply_to", "stance", "confidence", "stance_by", "text")


def debate_json(state: DebateState, *, site_url: str, url: str, licence: str | None) -> str:
    """Return the debate as JSON (docs/debate-data.md): figures, and the comments unless only aggregates are shown."""
    debate = state.debate
    document = {
        "debate": debate.key,
        "question": debate.question,
        "url": f"{site_url}/{url}",
        "licence": licence,
        "updated": _updated(state),
        "stances": [{"key": s.key, "name": s.name, "meaning": s.meaning} for s in debate.stances],
        "opposites": list(debate.opposites),
        "tagger": _tagger(state),
        "summary": _summary(state),
        "essays": [_essay(discussion, site_url) for discussion in state.discussions],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
