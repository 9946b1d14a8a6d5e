"""What charts are made of: numbers, texts and class names, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..contents import NONE, Debate

WIDTH = 320.0
"""Every drawing is so many units wide, which a phone shows one to one, and grows downwards."""
ROW = 38.0
LINE = 14.0
PATTERNS = ("solid", "diagonal", "dots", "grid", "rising", "upright")
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Key:
    """How a label looks: `colour` a token, `pattern` a fill, `letter` a mark that needs neither."""

    number: int
    letter: str
    name: str
    colour: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the stacked bar; `letter_x` is its middle, None where it is too narrow for a letter."""

    key: Key
    x: float
    width: float
    letter_x: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text with a bar below; `low` and `high` are the ends of an interval, None where there is none."""

    key: Key
    y: float
    lines: tuple[str, ...]
    value: str
    width: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """A stacked bar (`segments`, may be empty) over rows with bars."""

    height: float
    segments: tuple[Segment, ...]
    rows: tuple[Row, ...]
    description: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A cumulative count as a path of right angles; the letter stands at its end, moved off its neighbours."""

    key: Key
    path: str
    letter_y: float
    count: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The day of an essay: where its upright stands, and its number in the legend.

    It is `numbered` below the drawing, too, unless the number would lie on the one before it.
    """

    number: int
    x: float
    numbered: bool
    day: date
    title: str


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """Steps over days; `ticks` pairs a height with a count."""

    height: float
    bottom: float
    left: float
    right: float
    lines: tuple[StepLine, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, int], ...]
    first: date
    last: date
    description: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A pair of labels: a disc whose area is the count, and the numbers in words."""

    x: float
    y: float
    radius: float
    count: int
    expected: str
    answered: Key
    answering: Key


@dataclass(frozen=True, slots=True)
class MatrixChart:
    """Rows are answered, columns answer; `step` is the width of a cell and of the largest disc, `row` its height."""

    height: float
    step: float
    row: float
    left: float
    keys: tuple[Key, ...]
    cells: tuple[Cell, ...]
    description: str


@dataclass(frozen=True, slots=True)
class ToneRow:
    """One label's tone: a dot between sour (left) and glad (right)."""

    key: Key
    y: float
    x: float
    comments: int
    polarity: float
    subjectivity: float


@dataclass(frozen=True, slots=True)
class ToneChart:
    """Dots on one scale from -1 to 1, `middle` its zero."""

    height: float
    middle: float
    rows: tuple[ToneRow, ...]
    description: str


def keys_of(debate: Debate) -> dict[str | None, Key]:
    """Return how every label looks, in the debate's order."""
    keys: dict[str | None, Key] = {
        stance.key: Key(i, chr(ord("A") + i % LETTERS), stance.name, stance.colour, PATTERNS[i % len(PATTERNS)])
        for i, stance in enumerate(debate.stances)
    }
    size = len(keys)
    keys[NONE] = Key(size, "–", debate.none_name, debate.colour_of(NONE), "outline")
    keys[None] = Key(size + 1, "?", debate.unsure_name, debate.colour_of(None), "speckle")
    return keys


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from one range of numbers to another."""

    low: float
    high: float
    start: float
    end: float

    def of(self, number: float) -> float:
        """Return where the number is drawn; a range without extent is drawn at its end."""
        if self.high == self.low:
            return self.end
        return round(self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start), 2)
