"""Tagged threads to figures: shares, key points, exchanges, timeline, words."""

from __future__ import annotations

from .evaluation import evaluate_key_points
from .figures import check_export, check_quotes, figures_of
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
    "evaluate_key_points",
    "figures_of",
    "summarize",
]
