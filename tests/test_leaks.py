"""Builds again and again in one process, as under livereload; benchmarks/leaks.py does it hundreds of times."""

from __future__ import annotations

import gc
import sys

import pytest
from jinja2 import Environment

from benchmarks.leaks import measured


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="open files are counted in Linux's /proc")
def test_builds_in_one_process_leave_no_file_open() -> None:
    open_files = [files for _, files in measured(6)]
    assert len(set(open_files[1:])) == 1, open_files


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from Linux's /proc")
def test_builds_in_one_process_leave_no_site_in_memory_but_the_last() -> None:
    alive = []
    for builds in (2, 6):
        gc.unfreeze()
        gc.collect()
        measured(builds)
        gc.unfreeze()
        alive.append(_environments())
    assert alive[1] <= alive[0]


def _environments() -> int:
    """Return how many templates' environments are in memory; each belongs to one build."""
    return sum(isinstance(each, Environment) for each in gc.get_objects())
