"""Every chart stays inside its drawing, keeps its proportions and says in words what it shows."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from debate import charts
from debate.charts.bars import CHARACTERS
from debate.charts.shapes import LINE, PATTERNS, ROW, WIDTH, Scale, keys_of
from debate.contents import Stance, Thread
from debate.summaries import summarize

from tests.summaries.factories import counted_thread, make_debate, make_entry, make_essay, make_thread

DEBATE = make_debate()
CONFUSION = {gold: {said: 90 if gold == said else 5 for said in DEBATE.labels} for gold in DEBATE.labels}
COUNTS = [
    {"first": 1},
    {"first": 1, "last": 1, "either": 1, "none": 1, "unsure": 1},
    {"first": 400, "last": 1},
    {"last": 33},
    {"first": 12, "last": 11, "either": 10, "none": 9, "unsure": 8},
]


def counted(counts):
    return summarize(DEBATE, [counted_thread(**counts)], confusion=CONFUSION)


@pytest.mark.parametrize("counts", COUNTS)
def test_the_segments_of_the_bar_touch_and_fill_its_width(counts):
    segments = charts.stance_chart(counted(counts)).segments
    assert segments[0].x == 0
    assert all(one.x + one.width == pytest.approx(other.x, abs=0.02) for one, other in pairwise(segments))
    assert segments[-1].x + segments[-1].width == pytest.approx(WIDTH, abs=0.02)


@pytest.mark.parametrize("counts", COUNTS)
def test_segments_are_as_wide_as_their_share(counts):
    summary = counted(counts)
    widths = [segment.width for segment in charts.stance_chart(summary).segments]
    shares = [share.comments / summary.tagged for share in summary.shares if share.comments]
    assert widths == pytest.approx([WIDTH * share for share in shares], abs=0.01)


@pytest.mark.parametrize("counts", COUNTS)
def test_rows_stay_inside_the_drawing(counts):
    chart = charts.stance_chart(counted(counts))
    assert all(row.y + ROW <= chart.height for row in chart.rows)
    assert all(0 <= row.width <= WIDTH for row in chart.rows)
    assert all(0 <= row.low <= row.high <= WIDTH for row in chart.rows if row.low is not None)


def test_letters_stand_in_the_middle_of_their_segments():
    segment = charts.stance_chart(counted({"last": 33})).segments[0]
    assert segment.letter_x == WIDTH / 2


def test_a_debate_whose_counts_are_withheld_has_an_empty_bar():
    chart = charts.stance_chart(summarize(replace(DEBATE, aggregates_only=True), [counted_thread(first=3)]))
    assert (chart.segments, chart.rows) == ((), ())
    assert chart.description == "Three comments so far, too few to show where they stand."


@pytest.mark.parametrize("people", [2, 4, 5, 12])
def test_the_bar_of_a_point_is_in_proportion_to_its_people(people):
    text = "Boiling tea scalds the milk when the milk comes last."
    thread = make_thread(*((f"P{number}", "first", text) for number in range(people)))
    (row,) = charts.key_point_chart(summarize(DEBATE, [thread])).rows[:1]
    assert row.width == pytest.approx(0.7 * WIDTH * people / max(5, people), abs=0.01)


def test_rows_of_points_do_not_overlap_however_long_their_words():
    texts = (
        "Tea " + "and more tea " * 7,
        "Boiling tea scalds the milk when the milk comes last.",
        "Kettle " + "after kettle " * 11,
    )
    rows = [
        (f"P{number}{name}", stance, text)
        for number, (stance, text) in enumerate(zip(DEBATE.labels, texts, strict=False))
        for name in "ab"
    ]
    chart = charts.key_point_chart(summarize(DEBATE, [make_thread(*rows)]))
    assert len(chart.rows) == 3
    assert all(later.y - sooner.y >= LINE * len(sooner.lines) + 12 for sooner, later in pairwise(chart.rows))
    assert all(len(line) <= CHARACTERS for row in chart.rows for line in row.lines)
    assert chart.rows[-1].y + LINE * len(chart.rows[-1].lines) < chart.height


def test_no_points_make_no_chart():
    assert charts.key_point_chart(summarize(DEBATE, [])) is None


START_OF_YEAR = datetime(2009, 1, 1)


def grown(**counts):
    """A timeline of two days: one comment of each label, then the rest."""
    labels = [None if label == "unsure" else label for label, count in counts.items() for _ in range(count)]
    entries = [
        make_entry(number, f"P{number}", label, "a", date=datetime(2009, 1, 1 + (number > 2)))
        for number, label in enumerate(labels)
    ]
    return charts.timeline_chart(summarize(DEBATE, [Thread(make_essay(date=datetime(2009, 1, 1)), tuple(entries))]))


TIMELINES = [
    {"first": 9},
    {"first": 3, "last": 3, "either": 3, "none": 3, "unsure": 3},
    {"first": 90, "last": 90, "either": 90, "none": 89, "unsure": 88},
    {"first": 50, "last": 1, "either": 1, "none": 1, "unsure": 1},
]


@pytest.mark.parametrize("counts", TIMELINES)
def test_letters_of_the_timeline_are_apart_and_inside_the_drawing(counts):
    chart = grown(**counts)
    heights = sorted(line.letter_y for line in chart.lines)
    assert all(later - sooner >= LINE - 3 for sooner, later in pairwise(heights))
    assert 10 <= heights[0] <= heights[-1] <= chart.bottom + 4


@pytest.mark.parametrize("counts", TIMELINES)
def test_lines_never_leave_the_axes(counts):
    chart = grown(**counts)
    for line in chart.lines:
        steps = line.path.removeprefix("M").replace("H", " ").replace("V", " ").split()[2:]
        across, down = [float(x) for x in steps[::2]], [float(y) for y in steps[1::2]]
        assert across == sorted(across)
        assert down == sorted(down, reverse=True)
        assert (min(across) >= chart.left, max(across) <= chart.right, min(down) >= 0, max(down) <= chart.bottom) == (
            (True,) * 4
        )


@pytest.mark.parametrize("counts", TIMELINES)
def test_the_count_at_the_end_of_a_line_is_the_labels_total(counts):
    assert sorted(line.count for line in grown(**counts).lines) == sorted(counts.values())


def test_ticks_are_whole_numbers_from_nothing_to_the_most():
    assert [count for _, count in grown(first=9).ticks] == [0, 4, 9]


def test_the_timeline_says_its_extent():
    assert grown(first=9).description == "Nine comments from 1 January 2009 to 2 January 2009."


def marked(*days):
    """A timeline over March 2009 whose essays appeared on these days of the year, its comments on two."""
    threads = [Thread(make_essay(f"s{n}", date=START_OF_YEAR + timedelta(days=day)), ()) for n, day in enumerate(days)]
    entries = [make_entry(n, f"P{n}", "first", "a", date=datetime(2009, 3, day)) for n, day in ((1, 1), (2, 31))]
    undated = make_entry(3, "P3", "last", "a", date=None)
    talk = Thread(make_essay(date=datetime(2009, 3, 31)), (*entries, undated))
    return charts.timeline_chart(summarize(DEBATE, [*threads, talk]))


def test_the_timeline_says_when_comments_began_not_essays():
    chart = marked(0, 40)
    assert chart.first == date(2009, 1, 1)
    assert chart.description == "Two comments from 1 March 2009 to 31 March 2009."


@pytest.mark.parametrize("days", [(0, 1, 2, 40), tuple(range(30)), (0, 60, 61, 62, 63)])
def test_numbers_of_essays_that_appeared_together_do_not_lie_over_each_other(days):
    chart = marked(*days)
    assert [mark.number for mark in chart.marks] == list(range(1, len(days) + 2))
    drawn = [(mark.x, 3 * len(str(mark.number))) for mark in chart.marks if mark.numbered]
    assert len(drawn) > 1
    assert all(after - half > before + width for (before, width), (after, half) in pairwise(drawn))


def replied(count):
    """`count` comments of the second stance answering one of the first."""
    rows = [("R", "first", "r"), *((f"P{number}", "last", "x", "c1") for number in range(count))]
    return charts.reply_chart(summarize(DEBATE, [make_thread(*rows)]))


@pytest.mark.parametrize("count", [1, 7, 40])
def test_discs_stay_in_their_cells(count):
    chart = replied(count)
    assert all(2 * cell.radius <= chart.step for cell in chart.cells)
    assert all(chart.left < cell.x < WIDTH and chart.left < cell.y < chart.height for cell in chart.cells)


def test_every_pair_of_labels_has_its_own_cell():
    cells = replied(3).cells
    assert len({(cell.x, cell.y) for cell in cells}) == len(cells) == 25
    (full,) = [cell for cell in cells if cell.count]
    assert (full.answered.letter, full.answering.letter) == ("A", "B")


@pytest.mark.parametrize(
    ("count", "words"), [(1, "One reply to other people's comments."), (3, "Three replies to other people's comments.")]
)
def test_replies_are_counted_in_words_where_nothing_else_is_said(count, words):
    assert replied(count).description == words


def test_from_the_floor_on_cells_show_what_chance_would_give():
    assert {cell.expected for cell in replied(19).cells} == {""}
    assert "20.0" in {cell.expected for cell in replied(20).cells}


@pytest.mark.parametrize(("count", "below"), [(19, 0), (20, 15)])
def test_what_chance_would_give_has_a_line_of_its_own_below_the_largest_disc(count, below):
    chart = replied(count)
    assert chart.row == chart.step + below
    tops = {cell: chart.left + chart.row * cell.answered.number for cell in chart.cells}
    assert all(cell.y + cell.radius <= top + chart.step for cell, top in tops.items())
    assert max(cell.y for cell in chart.cells) + chart.step / 2 + below == pytest.approx(chart.height)


@pytest.mark.parametrize("size", [2, 6, 7, 12])
def test_many_stances_have_different_letters_and_stay_in_the_width(size):
    stances = tuple(Stance(f"s{n}", f"Side {n}", "", "blue") for n in range(size))
    debate = replace(DEBATE, stances=stances, opposites=("s0", "s1"))
    keys = keys_of(debate)
    assert len({key.letter for key in keys.values()}) == size + 2
    assert keys["s0"].pattern == PATTERNS[0]
    chart = charts.reply_chart(summarize(debate, [make_thread(("A", "s0", "x"), ("B", "s1", "y", "c1"))]))
    assert chart.left + chart.step * (size + 2) <= WIDTH + 0.01


@pytest.mark.parametrize(("number", "place"), [(0, 10), (5, 15), (10, 20)])
def test_a_scale_is_a_straight_line(number, place):
    assert Scale(0, 10, 10, 20).of(number) == place


@pytest.mark.parametrize(("text", "side"), [("Awful tea.", -1), ("Tea.", 0), ("Wonderful tea.", 1)])
def test_tone_is_drawn_on_its_side_of_the_middle(text, side):
    chart = charts.tone_chart(summarize(DEBATE, [make_thread(*(("Ann", "first", text),) * 10)]))
    (row,) = chart.rows
    assert (row.x > chart.middle) - (row.x < chart.middle) == side
    assert 0 <= row.x <= WIDTH
