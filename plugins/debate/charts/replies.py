"""The table of replies as discs."""

from __future__ import annotations

from collections.abc import Mapping

from ..languages import ENGLISH, Language, capitalised
from ..summaries import DebateSummary, Exchange
from .shapes import WIDTH, Cell, Key, MatrixChart, keys_of

LEFT = 40.0
LARGEST = 56.0
BELOW = 15.0
"""The line below the discs of a row that says what chance would give."""


def reply_chart(summary: DebateSummary, language: Language = ENGLISH) -> MatrixChart | None:
    """Return the table of replies, or None where nobody answers anybody. O(labels^2)."""
    exchanges, keys = summary.exchanges, keys_of(summary.debate)
    if not exchanges.replies:
        return None
    step = min(LARGEST, (WIDTH - LEFT) / len(keys))
    row = step + (0.0 if exchanges.cells[0].expected is None else BELOW)
    most = max(cell.observed for cell in exchanges.cells)
    cells = tuple(_cell(cell, keys, step, row, most, language) for cell in exchanges.cells)
    said = " ".join(exchanges.words) or language.ngettext(
        "One reply to other people's comments.", "%(count)s replies to other people's comments.", exchanges.replies
    )
    return MatrixChart(LEFT + row * len(keys), step, row, LEFT, tuple(keys.values()), cells, capitalised(said))


def _cell(
    exchange: Exchange, keys: Mapping[str | None, Key], step: float, row: float, most: int, language: Language
) -> Cell:
    """Return a disc whose area, not its radius, is the count: areas are what the eye compares."""
    answered, answering = keys[exchange.answered], keys[exchange.answering]
    return Cell(
        x=round(LEFT + step * (answering.number + 0.5), 2),
        y=round(LEFT + row * answered.number + step / 2, 2),
        radius=round(0.46 * step * (exchange.observed / most) ** 0.5, 2),
        count=exchange.observed,
        expected="" if exchange.expected is None else language.decimal(exchange.expected, 1),
        answered=answered,
        answering=answering,
    )
