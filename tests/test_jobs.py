from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from debate.errors import DebateError
from debate.jobs import each
from factories import ROOT


def _square(number: int) -> int:
    if number < 0:
        raise DebateError("too small", where=str(number), remedy="give more")
    return number * number


def _die_once(marks: Path) -> int:
    """Kill the own process the first time."""
    if not marks.exists():
        marks.write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def _die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_gives_its_result_with_its_place(jobs: int) -> None:
    assert sorted(each(_square, range(10), jobs)) == [(number, number * number) for number in range(10)]


def test_the_error_of_a_task_comes_as_it_was_raised() -> None:
    with pytest.raises(DebateError, match=r"-1: too small\. Remedy: give more") as caught:
        list(each(_square, [1, -1], 2))
    assert (caught.value.where, caught.value.remedy) == ("-1", "give more")


def test_a_process_that_is_killed_is_replaced_and_its_task_done_all_the_same(tmp_path: Path) -> None:
    found = dict(each(_die_once, [tmp_path / "a", tmp_path / "b", tmp_path / "b"], 2))
    assert sorted(found) == [0, 1, 2]
    assert os.getpid() not in found.values()


def test_a_task_that_kills_every_process_ends_the_work() -> None:
    with pytest.raises(DebateError, match=r"a process died 3 times at the same work.*fewer --jobs"):
        list(each(_die, [1], 2))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes by /proc")
def test_no_process_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import sys, time, os\nfrom pathlib import Path\nfrom debate.jobs import each\n"
        "def work(path):\n    Path(path, str(os.getpid())).write_text('')\n    time.sleep(60)\n"
        "if __name__ == '__main__':\n    list(each(work, [sys.argv[1]] * 2, 2))\n"
    )
    folder = tmp_path / "pids"
    folder.mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    with subprocess.Popen([sys.executable, str(script), str(folder)], env=environment) as process:
        while len(list(folder.iterdir())) < 2:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    for _ in range(200):
        if not any(Path("/proc", mark.name).exists() for mark in folder.iterdir()):
            return
        time.sleep(0.05)
    pytest.fail("a worker lives on")
