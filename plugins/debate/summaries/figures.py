"""Summaries as plain JSON values, and the proof that what was written to disk quotes exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..errors import QuoteError
from .values import DebateSummary, KeyPoints

_COUNTED = ("comments", "tagged", "read", "commenters", "headline", "words")
_FIGURES = ("shares", "quotes", "exchanges", "common_ground", "contested", "terms", "timeline", "participation", "tone")


def figures_of(summary: DebateSummary) -> dict[str, Any]:
    """Return the summary as JSON-ready values (docs/debate-data.md, debate.schema.json)."""
    counted = {name: getattr(summary, name) for name in _COUNTED}
    key_points = {"key_points": _key_points(summary.key_points)}
    return counted | {name: _plain(getattr(summary, name)) for name in _FIGURES} | key_points


def check_quotes(summary: DebateSummary, texts: Mapping[tuple[str, str], str]) -> None:
    """Raise QuoteError unless every quote of the summary is part of its comment's text.

    `texts` maps (essay slug, comment id) to the comment's text.
    """
    for quote in _quotes_in(figures_of(summary)):
        _check(quote["text"], quote["essay"], quote["comment"], texts)


def check_export(head: Mapping[str, Any], essays: Iterable[Mapping[str, Any]]) -> None:
    """Raise QuoteError unless every quote and evidence of a parsed debate.json is part of its comment's text.

    Essays are taken one by one, and of their texts only those are held that the head quotes.
    """
    quotes = list(_quotes_in(head))
    wanted = {(quote["essay"], quote["comment"]) for quote in quotes}
    texts: dict[tuple[str, str], str] = {}
    for essay in essays:
        own = {(comment["essay"], comment["id"]): comment["text"] for comment in essay["comments"]}
        _check_essay(essay, own)
        texts |= {key: own[key] for key in wanted & own.keys()}
    for quote in quotes:
        _check(quote["text"], quote["essay"], quote["comment"], texts)


def essays_quoted(value: Any) -> frozenset[str]:
    """Return the slugs of the essays that parsed JSON quotes from."""
    return frozenset(quote["essay"] for quote in _quotes_in(value))


def _check_essay(essay: Mapping[str, Any], texts: Mapping[tuple[str, str], str]) -> None:
    for comment in essay["comments"]:
        for evidence in comment["evidence"]:
            _check(evidence, comment["essay"], comment["id"], texts)
    for quote in _quotes_in(essay["summary"] or ()):
        _check(quote["text"], quote["essay"], quote["comment"], texts)


def _quotes_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every object that names a text and the comment it is from, wherever it stands."""
    if isinstance(value, Mapping):
        if "comment" in value and "text" in value and "essay" in value:
            yield value
        value = value.values()
    for part in value:
        if isinstance(part, Mapping | list | tuple):
            yield from _quotes_in(part)


def _check(quote: str, essay: str, comment: str, texts: Mapping[tuple[str, str], str]) -> None:
    text = texts.get((essay, comment))
    if text is None:
        raise QuoteError(
            f"{quote!r} is from a comment that is not there", where=f"{essay}#{comment}", remedy="report it"
        )
    if not quote.strip() or quote not in text:
        raise QuoteError(f"{quote!r} is no part of the comment", where=f"{essay}#{comment}", remedy="report it")


def _key_points(key_points: KeyPoints) -> dict[str, Any]:
    return {**_plain(key_points), "covered": key_points.covered}


def _plain(value: Any) -> Any:
    """Return values as JSON has them: objects, lists, ISO dates; fractions to four places."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return {name: _plain(getattr(value, name)) for name in value.__slots__}
