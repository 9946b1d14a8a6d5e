"""Tagged threads to figures: shares, key points, exchanges, timeline, words."""

from __future__ import annotations

from .figures import check_export, figures_of
from .summary import summarize
from .values import DebateSummary, Quote, Share

__all__ = ["DebateSummary", "Quote", "Share", "check_export", "figures_of", "summarize"]
