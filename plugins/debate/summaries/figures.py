"""Summaries as plain JSON values, and the proof that what was written to disk quotes exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..errors import QuoteError
from .values import DebateSummary


def figures_of(summary: DebateSummary) -> dict[str, Any]:
    """Return the summary as JSON-ready values (docs/debate-data.md)."""
    return {
        "comments": summary.comments,
        "tagged": summary.tagged,
        "commenters": summary.commenters,
        "shares": [asdict(share) for share in summary.shares],
        "quotes": [asdict(quote) for quote in summary.quotes],
        "words": summary.words,
    }


def check_export(data: Mapping[str, Any]) -> None:
    """Raise QuoteError unless every quote and evidence of debate.json is an exact substring of its comment's text."""
    texts = {(c["essay"], c["id"]): c["text"] for essay in data["essays"] for c in essay["comments"]}
    for essay in data["essays"]:
        for comment in essay["comments"]:
            for sentence in comment["evidence"]:
                _check(sentence, comment["text"], comment["essay"], comment["id"])
        for quote in essay["summary"]["quotes"]:
            _check(quote["text"], texts.get((quote["essay"], quote["comment"]), ""), quote["essay"], quote["comment"])


def _check(quote: str, text: str, essay: str, comment: str) -> None:
    if quote not in text:
        raise QuoteError(f"{quote!r} is no part of the comment", where=f"{essay}#{comment}", remedy="report this fault")
