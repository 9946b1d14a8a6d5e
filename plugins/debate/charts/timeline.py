"""The debate over time: cumulative counts as steps, the days of the essays as uprights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..languages import ENGLISH, Language, capitalised
from ..summaries import DebateSummary, EssayMark
from .shapes import LINE, Mark, Scale, StepLine, TimelineChart, keys_of

BOTTOM = 130.0
TOP = 8.0
LEFT = 26.0
RIGHT = 280.0
"""Where the steps end: a letter and a count of four digits stand behind."""
DIGIT, GAP = 6.0, 4.0
"""The width of a digit of an essay's number, and what keeps two numbers apart."""


def timeline_chart(summary: DebateSummary, language: Language = ENGLISH) -> TimelineChart | None:
    """Return the steps, or None with fewer than two days of comments. O(days * labels).

    Essays that appeared after the last comment are not marked.
    """
    steps, essays = summary.timeline.steps, summary.timeline.essays
    if len(steps) < 2:
        return None
    first, last = min([steps[0].day, *(mark.day for mark in essays)]), steps[-1].day
    top = max(steps[-1].counts)
    across = Scale(first.toordinal(), last.toordinal(), LEFT, RIGHT)
    down = Scale(0, top, BOTTOM, TOP)
    return TimelineChart(
        height=BOTTOM + 36,
        bottom=BOTTOM,
        left=LEFT,
        right=RIGHT,
        lines=_lines(summary, across, down),
        marks=_marks(essays, last, across),
        ticks=tuple((down.of(count), count) for count in sorted({0, top // 2, top})),
        first=first,
        last=last,
        description=_description(sum(steps[-1].counts), steps[0].day, last, language),
    )


def _lines(summary: DebateSummary, across: Scale, down: Scale) -> tuple[StepLine, ...]:
    """Return a path for every label that has comments, each with the height of its letter."""
    timeline, keys = summary.timeline, keys_of(summary.debate)
    places = [across.of(step.day.toordinal()) for step in timeline.steps]
    present = [i for i, count in enumerate(timeline.steps[-1].counts) if count]
    columns = {i: [step.counts[i] for step in timeline.steps] for i in present}
    letters = _apart([down.of(columns[i][-1]) for i in present], LINE - 3)
    return tuple(
        StepLine(keys[timeline.labels[i]], _path(places, [down.of(n) for n in columns[i]]), letter, columns[i][-1])
        for i, letter in zip(present, letters, strict=True)
    )


def _marks(essays: Sequence[EssayMark], last: date, across: Scale) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    free = LEFT
    for number, mark in enumerate((mark for mark in essays if mark.day <= last), start=1):
        x = across.of(mark.day.toordinal())
        marks.append(Mark(number, x, x >= free, mark.day, mark.title))
        if x >= free:
            free = x + GAP + DIGIT * len(str(number))
    return tuple(marks)


def _path(places: Sequence[float], heights: Sequence[float]) -> str:
    """Return a path that runs level until a day and jumps there."""
    jumps = "".join(f"H{place:g}V{height:g}" for place, height in zip(places, heights, strict=True))
    return f"M{LEFT:g} {BOTTOM:g}{jumps}"


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Return the heights moved until neighbours are `gap` apart: up, lowest first, then down from the upper edge."""
    upwards = sorted(range(len(heights)), key=lambda i: -heights[i])
    placed: dict[int, float] = {}
    last = BOTTOM + gap + 4
    for index in upwards:
        placed[index] = last = min(heights[index] + 4, last - gap)
    last = TOP + 4 - gap
    for index in reversed(upwards):
        placed[index] = last = max(placed[index], last + gap)
    return [round(placed[index], 2) for index in range(len(heights))]


def _description(comments: int, first: date, last: date, language: Language) -> str:
    return capitalised(
        language.ngettext(
            "One comment from %(first)s to %(last)s.",
            "%(count)s comments from %(first)s to %(last)s.",
            comments,
            first=language.day(first),
            last=language.day(last),
        )
    )
