"""Tagged threads to figures: shares, key points, exchanges, timeline, words.

Names are imported when they are first used: a build that finds every summary in the cache needs no arrays.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .evaluation import evaluate_key_points
    from .figures import check_export, check_quotes, essays_quoted, figures_of
    from .summary import summarize
    from .values import DebateSummary, EssayMark, Exchange, Quote, Share

__all__ = [
    "DebateSummary",
    "EssayMark",
    "Exchange",
    "Quote",
    "Share",
    "check_export",
    "check_quotes",
    "essays_quoted",
    "evaluate_key_points",
    "figures_of",
    "summarize",
]


def __getattr__(name: str) -> Any:
    homes = {
        "evaluation": ("evaluate_key_points",),
        "figures": ("check_export", "check_quotes", "essays_quoted", "figures_of"),
        "summary": ("summarize",),
        "values": ("DebateSummary", "EssayMark", "Exchange", "Quote", "Share"),
    }
    for module, names in homes.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(name)
