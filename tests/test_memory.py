from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest
from debate.memory import collect_rarely, let_go


@pytest.fixture(autouse=True)
def _nothing_out_of_sight() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python does not look through everything at once")
def test_a_build_is_not_searched_for_garbage_as_a_whole_and_python_then_collects_as_ever() -> None:
    before = gc.get_threshold()
    collect_rarely()
    during = gc.get_threshold()
    let_go(None)
    assert during[:2] == before[:2]
    assert during[2] > 1000 * before[2]
    assert gc.get_threshold() == before


@pytest.mark.parametrize("ended_well", [True, False])
def test_what_a_build_left_behind_goes_when_the_next_begins(ended_well: bool) -> None:
    class Held:
        """Something that only the collector can free."""

    collect_rarely()
    held = Held()
    held.itself = held  # type: ignore[attr-defined]
    gone = weakref.ref(held)
    del held
    if ended_well:
        let_go(None)
    collect_rarely()
    assert gone() is None
    let_go(None)


def test_a_process_that_ends_after_a_build_does_not_search_what_is_left() -> None:
    let_go(None)
    assert gc.get_freeze_count() > 0
    collect_rarely()
    assert gc.get_freeze_count() == 0
    let_go(None)
