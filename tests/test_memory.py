from __future__ import annotations

import gc
import sys
import weakref

import pytest
from debate.memory import collect_rarely, let_go


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python does not look through everything at once")
def test_a_build_is_not_searched_for_garbage_as_a_whole_and_python_then_collects_as_ever() -> None:
    before = gc.get_threshold()
    collect_rarely(None)
    during = gc.get_threshold()
    let_go(None)
    assert during[:2] == before[:2]
    assert during[2] > 1000 * before[2]
    assert gc.get_threshold() == before


def test_what_a_failed_build_held_is_let_go_when_the_next_begins() -> None:
    class Held:
        """Something that only the collector can free."""

    collect_rarely(None)
    held = Held()
    held.itself = held  # type: ignore[attr-defined]
    gone = weakref.ref(held)
    del held
    collect_rarely(None)
    assert gone() is None
    let_go(None)
