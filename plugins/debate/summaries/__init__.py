"""Tagged threads to figures: shares, key points, exchanges, timeline, words."""

from __future__ import annotations

from .summary import summarize
from .values import DebateSummary, Quote, Share

__all__ = ["DebateSummary", "Quote", "Share", "summarize"]
