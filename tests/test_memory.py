from __future__ import annotations

import gc

from debate.memory import collect_rarely, let_go


def test_a_build_is_not_searched_for_garbage_as_a_whole_and_python_then_collects_as_ever() -> None:
    before = gc.get_threshold()
    collect_rarely(None)
    during = gc.get_threshold()
    let_go(None)
    assert during[:2] == before[:2]
    assert during[2] > 1000 * before[2]
    assert gc.get_threshold() == before
