from __future__ import annotations

import logging
from textwrap import dedent

import pytest
from factories import comment, outline, thread


def test_replies_stand_under_what_they_answer_in_the_order_of_their_dates() -> None:
    comments = [
        comment("b", day=2),
        comment("a", day=1),
        comment("a2", "a", day=4),
        comment("a1", "a", day=3),
        comment("b1", "b", day=3),
        comment("a11", "a1", day=9),
    ]
    assert outline(thread(comments)) == dedent("""\
        a
          a1
            a11
          a2
        b
          b1""")


def test_undated_comments_come_last_in_the_order_of_their_numbers() -> None:
    comments = [comment("c10", date=None), comment("c2", date=None), comment("dated", day=5)]
    assert outline(thread(comments)) == "dated\nc2\nc10"


def test_an_entry_knows_whom_it_answers() -> None:
    reply = thread([comment("a"), comment("b", "a", day=1)]).entries[1]
    assert (reply.parent, reply.answers, reply.orphan) == ("a", "A", False)


def test_an_orphan_is_shown_as_a_root_with_a_mark_and_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    (entry,) = thread([comment("a", "gone", path="cup/a.md:3")])
    assert entry.orphan
    assert (entry.depth, entry.parent) == (0, None)
    assert "cup/a.md:3" in caplog.text
    assert "'gone'" in caplog.text
    assert "Remedy" in caplog.text


def test_a_pending_comment_is_nowhere_and_its_replies_become_orphans_without_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kept = thread([comment("held", status="pending"), comment("a", "held", day=1), comment("b", day=2)])
    assert outline(kept) == "a\nb"
    assert kept.entries[0].orphan
    assert caplog.text == ""


@pytest.mark.parametrize("links", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "c", "b": "a", "c": "b", "d": "b"}])
def test_a_ring_of_replies_is_cut_with_a_warning_and_loses_no_comment(
    links: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    comments = [comment(id, parent, day=day) for day, (id, parent) in enumerate(links.items())]
    kept = thread(comments)
    assert sorted(entry.comment.id for entry in kept) == sorted(links)
    assert kept.entries[0].depth == 0
    assert caplog.text.count("in a ring") == 1
    assert not any(entry.orphan for entry in kept)


def test_a_deleted_comment_stays_as_a_tombstone_while_something_answers_it() -> None:
    kept = thread(
        [
            comment("root", status="deleted"),
            comment("mid", "root", day=1, status="deleted"),
            comment("leaf", "mid", day=2),
            comment("alone", day=3, status="deleted"),
            comment("chain", day=4, status="deleted"),
            comment("end", "chain", day=5, status="deleted"),
        ]
    )
    assert outline(kept) == "root\n  mid\n    leaf"
    assert [entry.visible for entry in kept] == [False, False, True]
    assert len(kept) == 1


def test_a_thousand_levels_of_replies_need_no_recursion() -> None:
    comments = [comment("c0")] + [comment(f"c{n}", f"c{n - 1}", day=n) for n in range(1, 1000)]
    entries = thread(comments).entries
    assert [entry.depth for entry in entries] == list(range(1000))


def test_ten_thousand_comments_in_one_chain_of_rings_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    comments = [comment(f"c{n}", f"c{(n + 1) % 10_000}", day=n) for n in range(10_000)]
    assert len(thread(comments)) == 10_000
