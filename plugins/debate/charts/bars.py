"""Bars and dots: where the stances stand, how many make a point, how glad each side sounds."""

from __future__ import annotations

from textwrap import wrap

from ..languages import ENGLISH, Language
from ..summaries import DebateSummary, Share
from .shapes import LINE, ROW, WIDTH, BarChart, Key, Row, Scale, Segment, ToneChart, ToneRow, keys_of

CHARACTERS = 48
"""What fits a line of WIDTH in the size of the charts' text."""
LEAST_FULL = 5
"""People behind a full bar at least: one person's point must not look like everybody's."""
_STACK = 34.0


def stance_chart(summary: DebateSummary, language: Language = ENGLISH) -> BarChart:
    """Return the stacked bar and a row for every label, with its interval where there is one."""
    keys, total = keys_of(summary.debate), max(1, summary.tagged)
    segments, x = [], 0.0
    for share in summary.shares:
        width = WIDTH * share.comments / total
        segments.append(Segment(keys[share.label], round(x, 2), round(width, 2), _middle(x, width)))
        x += width
    rows = tuple(
        _share_row(keys[share.label], share, total, _STACK + ROW * i, language)
        for i, share in enumerate(summary.shares)
    )
    drawn = tuple(segment for segment in segments if segment.width)
    return BarChart(_STACK + ROW * len(rows), drawn, rows, summary.headline)


def key_point_chart(summary: DebateSummary, language: Language = ENGLISH) -> BarChart | None:
    """Return a row for every key point: its words, wrapped, over a bar of the people behind it.

    None where every point is one person's: bars of one show nothing.
    """
    if all(point.commenters < 2 for point in summary.key_points.points):
        return None
    keys, y, rows = keys_of(summary.debate), 0.0, []
    most = max([LEAST_FULL, *(point.commenters for point in summary.key_points.points)])
    for point in summary.key_points.points:
        lines = tuple(wrap(language.quoted(" ".join(point.quote.text.split())), CHARACTERS))
        value = language.ngettext("one person", "%(count)s people", point.commenters)
        width = round(0.7 * WIDTH * point.commenters / most, 2)
        rows.append(Row(keys[point.quote.stance], y, lines, value, width))
        y += LINE * len(lines) + ROW - LINE + 4
    return BarChart(y, (), tuple(rows), summary.key_points.words)


def tone_chart(summary: DebateSummary, language: Language = ENGLISH) -> ToneChart | None:
    """Return the mean polarity of every label as a dot, or None without comments."""
    if not summary.tone:
        return None
    keys, across = keys_of(summary.debate), Scale(-1, 1, 8.0, WIDTH - 8.0)
    rows = tuple(
        ToneRow(keys[tone.label], ROW * i, across.of(tone.polarity), tone.comments, tone.polarity, tone.subjectivity)
        for i, tone in enumerate(summary.tone)
    )
    description = language.gettext("Tone is not stance: a glad comment may argue any side.")
    return ToneChart(ROW * len(rows) + LINE, across.of(0), rows, description)


def _share_row(key: Key, share: Share, total: int, y: float, language: Language) -> Row:
    count = language.number(share.comments)
    value = count if share.share is None else f"{count} · {language.per_cent(share.share)}"
    low, high = (share.interval.low, share.interval.high) if share.interval else (None, None)
    return Row(
        key=key,
        y=y,
        lines=(share.name,),
        value=value,
        width=round(WIDTH * share.comments / total, 2),
        low=None if low is None else round(WIDTH * low, 2),
        high=None if high is None else round(WIDTH * high, 2),
    )


def _middle(x: float, width: float) -> float | None:
    return round(x + width / 2, 2) if width >= LINE else None
