"""A thread laid out for a page: lists, branches, parts, neighbours, labels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debate.contents import NONE, OFF, Comment, StanceTag, Thread
from debate.layout import DEEPEST, FOLDED_DEPTH, FOLDED_FROM, PART, Layout, Place, lay_out, marked_text
from debate.tagging import tag_threads
from factories import comment, debate, thread
from markupsafe import Markup


def _tagged(*comments: Comment) -> Thread:
    (tagged,) = tag_threads([thread(comments)], None)
    return tagged


def _six(*stances: str | None) -> Thread:
    return _tagged(*(comment(f"c{n}", stance=stance, day=n) for n, stance in enumerate(stances)))


def _shape(layout: Layout) -> str:
    """Return the lists as they open and close: "(" for a list of replies, ")" for its end."""
    places = [place for part in layout.parts for place in part.places]
    return "".join(place.entry.comment.id + ("(" if place.branch else ")" * place.closes) for place in places)


def _place(layout: Layout, id: str) -> Place:
    return next(place for part in layout.parts for place in part.places if place.entry.comment.id == id)


def test_lists_open_and_close_around_replies() -> None:
    given = thread([comment("a"), comment("b", "a"), comment("c", "b"), comment("d", "a"), comment("e")])
    assert _shape(lay_out(given)) == "a(b(c)d)e"


def test_every_list_that_opens_closes_however_deep_the_replies() -> None:
    chain = [comment("c0"), *(comment(f"c{n}", f"c{n - 1}") for n in range(1, 30)), comment("z")]
    shape = _shape(lay_out(thread(chain)))
    assert shape.count("(") == shape.count(")") == DEEPEST
    assert shape.endswith("c29" + ")" * DEEPEST + "z")


def test_replies_below_the_deepest_list_are_known() -> None:
    chain = [comment("c0"), *(comment(f"c{n}", f"c{n - 1}") for n in range(1, DEEPEST + 2))]
    layout = lay_out(thread(chain))
    assert [_place(layout, f"c{n}").beyond for n in (DEEPEST, DEEPEST + 1)] == [False, True]


def test_a_branch_counts_the_comments_that_folding_hides_without_tombstones() -> None:
    gone = comment("b", "a", status="deleted")
    layout = lay_out(thread([comment("a"), gone, comment("c", "b"), comment("d", "c"), comment("e")]))
    assert [_place(layout, id).replies for id in "abcde"] == [2, 2, 1, 0, 0]


def test_neighbours_are_those_that_answer_the_same_comment() -> None:
    layout = lay_out(thread([comment("a"), comment("b", "a"), comment("c", "a", day=1), comment("d", day=1)]))
    assert [(_place(layout, id).previous, _place(layout, id).following) for id in "abcd"] == [
        (None, "d"),
        (None, "c"),
        ("b", None),
        ("a", None),
    ]


def test_labels_that_occur_can_be_picked_in_the_order_of_the_debate() -> None:
    layout = lay_out(_six("tea", NONE, "tea", "milk", "tea", OFF), debate())
    assert [(choice.number, choice.label, choice.count) for choice in layout.choices] == [
        (1, "milk", 1),
        (2, "tea", 3),
        (3, NONE, 1),
    ]


def test_not_sure_is_a_label_too() -> None:
    given = _six("tea", "tea", "tea", "tea", "tea", OFF)
    unsure = replace(given.entries[-1], tag=StanceTag(None, 0.4))
    layout = lay_out(replace(given, entries=(*given.entries[:-1], unsure)), debate())
    assert [choice.label for choice in layout.choices] == ["tea", None]


@pytest.mark.parametrize(
    ("stances", "picks", "sorts"),
    [
        (["tea", "milk", "tea", "milk", "tea"], False, False),
        (["tea"] * 6, False, True),
        (["tea", "milk"] * 3, True, True),
    ],
)
def test_nothing_is_offered_that_makes_no_difference(stances: list[str], picks: bool, sorts: bool) -> None:
    layout = lay_out(_six(*stances), debate())
    assert (bool(layout.choices), layout.sortable) == (picks, sorts)


def test_a_debate_that_shows_aggregates_only_gives_no_label_away() -> None:
    layout = lay_out(_six("tea", "milk", "tea", "milk", "tea", "milk"), debate(aggregates_only=True))
    assert layout.choices == ()
    assert {place.classes for place in layout.parts[0].places} == {""}


def test_a_comment_above_one_that_stays_knows_its_label() -> None:
    replies = [comment(f"r{n}", "a", stance="milk") for n in range(4)]
    deep = comment("deep", "r3", stance="tea")
    layout = lay_out(_tagged(comment("a", stance="tea", date=None), *replies, deep), debate())
    assert _place(layout, "a").classes == "label-2 has-1 has-2 undated"
    assert [_place(layout, id).classes for id in ("r2", "r3", "deep")] == ["label-1", "label-1 has-2", "label-2"]


def _long(roots: int) -> Thread:
    pairs = ((comment(f"c{n}", day=n), comment(f"r{n}", f"c{n}", day=n)) for n in range(roots))
    return thread([one for pair in pairs for one in pair])


def test_a_long_thread_comes_in_parts_of_whole_branches_that_hold_every_comment() -> None:
    layout = lay_out(_long(FOLDED_FROM))
    assert [(part.first, part.last) for part in layout.parts] == [
        (start + 1, start + PART) for start in range(0, 2 * FOLDED_FROM, PART)
    ]
    assert {part.places[0].entry.depth for part in layout.parts} == {0}
    assert layout.long


def test_an_ordinary_thread_is_one_part_with_nothing_folded() -> None:
    layout = lay_out(_long(FOLDED_FROM // 2))
    assert (len(layout.parts), layout.long) == (1, False)
    assert not any(place.folded for place in layout.parts[0].places)


def test_deep_branches_of_a_long_thread_start_folded() -> None:
    chain = [comment(f"c{n}", f"c{n - 1}" if n % 6 else None) for n in range(6 * FOLDED_FROM)]
    layout = lay_out(thread(chain))
    assert {p.folded == (p.entry.depth >= FOLDED_DEPTH) for part in layout.parts for p in part.places} == {True}


def test_no_comments_make_no_parts() -> None:
    assert lay_out(thread([])).parts == ()


@pytest.mark.parametrize(
    ("tag", "marked"),
    [
        (StanceTag("tea", 0.8, evidence=("I do.",)), True),
        (StanceTag(None, 0.4, evidence=("I do.",)), False),
        (StanceTag("tea", by="editor", evidence=("I do.",)), False),
        (None, False),
    ],
)
def test_only_the_evidence_of_a_shown_machine_tag_is_marked(tag: StanceTag | None, marked: bool) -> None:
    (entry,) = thread([comment("a", html=Markup("<p>I do.</p>"))]).entries
    assert ("<mark" in marked_text(replace(entry, tag=tag), debate()).html) == marked
    assert "<mark" not in marked_text(replace(entry, tag=tag), debate(aggregates_only=True)).html
