"""A queue of items decided by single keys."""

import pytest
from debate.desk.queue import Key, Queue, Step
from debate.errors import DebateError

from .factories import Typed


def walk(keys, items=("one", "two", "three"), *, stay=False, after=str):
    """Walk items with "d", which writes an item down; return what was written and what was shown."""
    done = []

    def act(item):
        if item == "broken":
            raise DebateError("cannot be done")
        done.append(item)
        return Step(f"Did {item}.", done.pop, stay)

    def show(item, place):
        if item == "gone":
            raise DebateError("cannot be shown")
        return f"<{place}: {item}>"

    typed = Typed(keys)
    queue = Queue(items, show, [Key("d", "do", act), Key("n", "do nothing", lambda item: None)], typed.terminal, after)
    queue.run()
    return done, typed.text


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        ("ddd", ["one", "two", "three"]),
        ("DsD", ["one", "three"]),
        ("dq", ["one"]),
        ("d", ["one"]),
        ("ddud", ["one", "two"]),
        ("dduud", ["one"]),
        ("sud", ["one"]),
        ("ud", ["one"]),
        ("ddduq", ["one", "two"]),
        ("sssx", []),
        ("xn\nd", ["one"]),
    ],
)
def test_keys_move_through_the_queue(keys, done):
    assert walk(keys)[0] == done


def test_each_item_is_shown_with_its_place_and_every_key_is_named():
    shown = walk("sq")[1]
    assert "<1 of 3: one>" in shown
    assert "<2 of 3: two>" in shown
    assert "[d] do  [n] do nothing  [s] skip  [u] undo  [q] quit" in shown


def test_an_unknown_key_does_not_show_the_item_again():
    assert walk("xxq")[1].count("<1 of 3: one>") == 1


def test_an_item_is_shown_again_after_a_step_that_stays():
    done, shown = walk("ddq", stay=True)
    assert done == ["one", "one"]
    assert shown.count("<1 of 3: one>") == 3


def test_an_item_that_cannot_be_shown_is_passed_over():
    done, shown = walk("dd", ("one", "gone", "two"))
    assert done == ["one", "two"]
    assert "cannot be shown." in shown


def test_an_act_that_fails_is_told_and_the_item_asked_again():
    done, shown = walk("dsd", ("broken", "two"))
    assert done == ["two"]
    assert "cannot be done." in shown


def test_an_undo_that_fails_is_told():
    def refuse():
        raise DebateError("too late")

    typed = Typed("du")
    keys = [Key("d", "do", lambda item: Step("", refuse))]
    Queue(["one", "two"], lambda item, place: item, keys, typed.terminal).run()
    assert "too late." in typed.text


def test_what_comes_after_each_step_is_shown():
    assert walk("d", after=lambda: "figure so far")[1].count("figure so far") == 1


def test_control_c_ends_the_walk_with_everything_kept():
    typed = Typed()

    def interrupt():
        raise KeyboardInterrupt

    terminal = typed.terminal.__class__(interrupt, typed.terminal.write)
    Queue(["one"], lambda item, place: item, [], terminal).run()
    assert "everything decided is saved" in typed.text


def test_an_empty_queue_asks_nothing():
    assert walk("d", ()) == ([], "")
