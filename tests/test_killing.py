"""Work killed at random moments, a few times each; benchmarks/kill.py does it as often as wanted."""

from __future__ import annotations

import random

import pytest
from killing import WORKS

from benchmarks.kill import kill_often


@pytest.mark.parametrize("name", WORKS)
def test_killed_work_leaves_whole_files_loses_nothing_and_completes_next_time(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = kill_often(WORKS[name], 3, random.Random(f"tests {name}"))
    assert (outcome.kills, outcome.faults) == (3, 0), capsys.readouterr().out
