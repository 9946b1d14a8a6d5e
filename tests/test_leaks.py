"""Builds again and again in one process, as under livereload; benchmarks/leaks.py does it hundreds of times."""

from __future__ import annotations

import gc
import sys

import pytest
from jinja2 import Environment

from benchmarks.leaks import measured


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="open files are counted in Linux's /proc")
def test_builds_in_one_process_leave_no_file_open_and_no_site_in_memory() -> None:
    before = _environments()
    open_files = [files for _, files in measured(6)]
    assert len(set(open_files[1:])) == 1, open_files
    gc.collect()
    assert _environments() <= before + 1


def _environments() -> int:
    """Return how many templates' environments are alive; each belongs to one build."""
    return sum(isinstance(each, Environment) for each in gc.get_objects())
