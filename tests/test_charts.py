import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from debate import charts
from debate.charts.shapes import WIDTH, Scale, keys_of
from debate.contents import Thread
from debate.languages import ENGLISH
from debate.speaking import speak
from debate.summaries import summarize
from jinja2 import Environment, PackageLoader

from tests.summaries.factories import counted_thread, make_debate, make_entry, make_essay, make_thread

DEBATE = make_debate()
CONFUSION = {gold: {said: 90 if gold == said else 5 for said in DEBATE.labels} for gold in DEBATE.labels}
HOSTILE = "A <script>alert(1)</script> in the pot keeps nobody's tea warm at all."


def environment(**options):
    """Jinja as the plugin sets it up (hooks.add_templates)."""
    made = Environment(loader=PackageLoader("debate"), **options)
    speak(made, ENGLISH)
    return made


ENVIRONMENT = environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
MACROS = {
    "stance_bar": charts.stance_chart,
    "timeline": charts.timeline_chart,
    "reply_matrix": charts.reply_chart,
    "key_point_bars": charts.key_point_chart,
    "tone_dots": charts.tone_chart,
}


def summary_of(*rows):
    return summarize(DEBATE, [make_thread(*rows)])


def measured():
    return summarize(DEBATE, [counted_thread(first=20, last=10, none=6, unsure=4)], confusion=CONFUSION)


def lively():
    return summary_of(
        ("Ann", "first", HOSTILE),
        ("Bob", "last", "No, the tea leads and milk follows it.", "c1"),
        ("Cy", None, "Eh.", "c2"),
        ("Di", "first", HOSTILE),
    )


def filled(macro):
    """What fills the chart; a tone asks for more comments than the others do."""
    return summary_of(*(("Ann", "first", HOSTILE),) * 10) if macro == "tone_dots" else lively()


def drawn(macro, summary):
    """The markup of one chart, parsed: ill-formed markup fails here."""
    template = ENVIRONMENT.from_string(
        "{% import 'debate/charts.html' as charts %}{{ charts[macro]('here', summary, chart) }}"
    )
    markup = template.render(macro=macro, summary=summary, chart=MACROS[macro](summary))
    return markup, ElementTree.fromstring(markup)


def test_every_label_has_its_own_letter_and_pattern():
    keys = keys_of(DEBATE).values()
    assert [key.letter for key in keys] == ["A", "B", "C", "–", "?"]
    assert len({key.pattern for key in keys}) == 5
    assert [key.colour for key in keys] == ["blue", "orange", "green", "none", "unsure"]


def test_the_stacked_bar_fills_the_width_in_the_debates_order():
    segments = charts.stance_chart(measured()).segments
    assert [segment.key.letter for segment in segments] == ["A", "B", "–", "?"]
    assert [segment.x for segment in segments] == [0, 160, 240, 288]
    assert sum(segment.width for segment in segments) == pytest.approx(WIDTH)


def test_a_segment_too_narrow_for_a_letter_has_none():
    segments = charts.stance_chart(summarize(DEBATE, [counted_thread(first=99, last=1)])).segments
    assert [segment.letter_x is None for segment in segments] == [False, True]


def test_rows_carry_counts_below_the_floor_and_ranges_above():
    few, many = charts.stance_chart(lively()).rows[0], charts.stance_chart(measured()).rows[0]
    assert (few.value, few.low) == ("2", None)
    assert many.value == "20 · 50\u00a0%"
    assert 0 < many.low < 160 < many.high < WIDTH


def test_a_point_of_one_person_does_not_fill_its_bar():
    two, row = charts.key_point_chart(lively()).rows
    assert (two.value, row.value) == ("two people", "one person")
    assert row.width < WIDTH / 4
    assert all(len(line) <= 48 for line in row.lines)


def timeline(*days):
    entries = [make_entry(n, f"P{n}", "first", "a", date=datetime(2009, 1, day)) for n, day in enumerate(days)]
    essays = (
        Thread(make_essay(date=datetime(2009, 1, 1)), tuple(entries)),
        Thread(make_essay("cup", date=datetime(2010, 1, 1))),
    )
    return charts.timeline_chart(summarize(DEBATE, essays))


def test_the_timeline_rises_in_right_angles():
    (line,) = timeline(1, 11, 11, 21).lines
    assert line.path == "M26 130H26V99.5H153V38.5H280V8"
    assert line.count == 4


def test_essays_after_the_last_comment_are_not_marked():
    assert [(mark.number, mark.x) for mark in timeline(2, 3).marks] == [(1, 26)]


@pytest.mark.parametrize("days", [(), (5,), (5, 5)])
def test_one_day_is_no_timeline(days):
    assert timeline(*days) is None


def test_letters_of_lines_that_meet_are_kept_apart():
    summary = summarize(DEBATE, [counted_thread(first=2, last=2, either=2, none=2, unsure=2)])
    heights = sorted(line.letter_y for line in charts.timeline_chart(summary).lines)
    assert all(later - sooner >= 11 for sooner, later in pairwise(heights))


def test_discs_have_areas_in_proportion_to_replies():
    rows = [("R", "first", "r")] + [(f"P{n}", "last" if n < 4 else "none", "x", "c1") for n in range(5)]
    cells = {cell.count: cell for cell in charts.reply_chart(summary_of(*rows)).cells}
    assert cells[4].radius == pytest.approx(2 * cells[1].radius, abs=0.02)
    assert cells[0].radius == 0
    assert cells[4].expected == ""


def test_nothing_is_drawn_of_nothing():
    empty = summarize(DEBATE, [])
    assert charts.reply_chart(empty) is None
    assert charts.tone_chart(empty) is None
    assert charts.stance_chart(empty).segments == ()


def test_tone_runs_from_sour_to_glad():
    summary = summary_of(*(("Ann", "first", "Wonderful tea."), ("Bob", "last", "Awful tea.")) * 10)
    glad, sour = charts.tone_chart(summary).rows
    assert sour.x < charts.tone_chart(summary).middle < glad.x


def test_points_of_one_person_each_are_not_drawn():
    summary = summary_of(("Ann", "first", "Milk leads in my house."), ("Bob", "last", "Tea leads wherever I go."))
    assert summary.key_points.points
    assert charts.key_point_chart(summary) is None


def test_negative_numbers_have_a_minus_sign():
    _, figure = drawn("tone_dots", summary_of(*(("Bob", "last", "Awful tea."),) * 10))
    assert figure.find("details//tbody/tr/td[2]").text == "−1.00"


def test_a_scale_without_extent_draws_at_its_end():
    assert Scale(3, 3, 0, 10).of(3) == 10


@pytest.mark.parametrize("macro", MACROS)
def test_every_chart_has_its_figures_as_a_table(macro):
    _, figure = drawn(macro, filled(macro))
    assert figure.findall("details//tbody/tr")


@pytest.mark.parametrize("macro", ["stance_bar", "timeline", "reply_matrix"])
def test_every_drawing_has_a_title_and_a_description(macro):
    _, figure = drawn(macro, filled(macro))
    svg = figure.find("svg")
    assert svg.get("role") == "img"
    assert [svg.find("title").get("id"), svg.find("desc").get("id")] == svg.get("aria-labelledby").split()
    assert svg.find("title").text
    assert svg.find("desc").text


@pytest.mark.parametrize("macro", ["stance_bar", "key_point_bars", "tone_dots"])
def test_rows_say_letter_name_and_figure_as_text_and_hide_their_drawing_from_speech(macro):
    _, figure = drawn(macro, filled(macro))
    for row in figure.findall("ul[@class='rows']/li[span]"):
        if row.get("class") == "ends":
            continue
        assert [part.get("class").split()[0] for part in row] == ["chip", "name", "value", "track"]
        assert all(part.text for part in row[:3])
        assert row[3].get("aria-hidden") == "true"


def test_the_caption_of_replies_repeats_no_sentence_on_them():
    rows = []
    for number in range(22):
        rows += [(f"A{number}", "first", "a"), (f"B{number}", "last", "b", f"c{len(rows) + 1}")]
    many, few = (drawn("reply_matrix", summary)[1] for summary in (summary_of(*rows), lively()))
    assert many.find("svg/desc").text.startswith("“milk first” comments are answered mostly by")
    assert "answered mostly" not in many.find("figcaption").text
    assert few.find("figcaption").text.endswith(few.find("svg/desc").text)


def test_a_measured_row_is_a_dot_in_its_range_and_another_a_bar_from_nothing():
    shapes = [
        [shape.get("class") for shape in drawn("stance_bar", summary)[1].find("ul/li/svg")]
        for summary in (measured(), lively())
    ]
    assert shapes == [["axis", "line range", "fill dot"], ["axis", "fill"]]


def test_measured_rows_stand_on_a_scale_of_per_cent():
    rows = {
        name: drawn("stance_bar", summary)[1].find("ul") for name, summary in (("many", measured()), ("few", lively()))
    }
    assert [part.text for part in rows["many"].find("li[@class='ends']")] == ["0\u00a0%", "50\u00a0%", "100\u00a0%"]
    assert rows["few"].find("li[@class='ends']") is None


def strip_of(summary):
    template = ENVIRONMENT.from_string("{% import 'debate/charts.html' as c %}{{ c.stance_strip(s, chart) }}")
    return template.render(s=summary, chart=charts.stance_chart(summary)).strip()


def test_the_strip_says_the_counts_it_draws_and_nothing_of_what_nobody_said():
    svg = ElementTree.fromstring(strip_of(summary_of(("Ann", "first", "Milk."), ("Bob", None, "Eh."))))
    assert svg.get("aria-label") == "milk first: 1, not sure: 1"
    assert len(svg.findall("g")) == 2


def test_there_is_no_strip_of_nothing():
    assert strip_of(summarize(DEBATE, [])) == ""


@pytest.mark.parametrize("macro", MACROS)
def test_no_chart_names_a_colour_or_runs_what_a_comment_says(macro):
    markup, figure = drawn(macro, filled(macro))
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl|style=", markup)
    assert not list(figure.iter("script"))


@pytest.mark.parametrize("macro", MACROS)
def test_ids_are_unique_and_every_pattern_used_is_there(macro):
    markup, _ = drawn(macro, filled(macro))
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", markup)) <= set(ids)


def test_a_site_without_autoescape_is_safe_too():
    loose = environment(autoescape=False)
    template = loose.from_string("{% import 'debate/charts.html' as c %}{{ c.key_point_bars('k', s, chart) }}")
    summary = lively()
    markup = template.render(s=summary, chart=charts.key_point_chart(summary))
    assert "<script" not in markup
    assert markup.count("<svg") == len(summary.key_points.points)


def test_the_table_holds_the_ranges_of_the_bars():
    _, figure = drawn("stance_bar", measured())
    cells = [cell.text for cell in figure.find("details//tbody/tr")]
    assert cells[:4] == ["milk first", "20", "20", "50\u00a0%"]
    assert re.fullmatch(r"\d+\u00a0% to \d+\u00a0%", cells[4])


@pytest.mark.parametrize(
    ("confusion", "said"),
    [
        (CONFUSION, "mistakes counted in; the one of “not sure”, which is no stance, allows for chance alone."),
        (None, "90\u00a0% ranges, for chance alone."),
    ],
)
def test_no_true_share_is_claimed_of_what_the_tagger_was_not_sure_of(confusion, said):
    summary = summarize(DEBATE, [counted_thread(first=20, last=10, unsure=4)], confusion=confusion)
    _, figure = drawn("stance_bar", summary)
    assert figure.find("figcaption").text.endswith(said)


def test_a_debate_of_aggregates_still_draws_its_bar():
    summary = summarize(replace(DEBATE, aggregates_only=True), [counted_thread(first=3, last=2)])
    assert charts.timeline_chart(summary) is None
    assert drawn("stance_bar", summary)
