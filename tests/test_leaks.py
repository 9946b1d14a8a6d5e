"""Builds again and again in one process, as under livereload; benchmarks/leaks.py does it hundreds of times."""

from __future__ import annotations

import sys

import pytest

from benchmarks.leaks import measured


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="open files are counted in Linux's /proc")
def test_builds_in_one_process_leave_no_file_open() -> None:
    open_files = [files for _, files in measured(6)]
    assert len(set(open_files[1:])) == 1, open_files
