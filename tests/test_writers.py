from __future__ import annotations

import os
from pathlib import Path

import pytest
from blinker import Signal
from debate.writers import SparingWriter, sparing_writer
from jinja2 import Template
from pelican import signals

LONG_AGO = 1_000_000_000


def _write(folder: Path, text: str, writer: SparingWriter | None = None, **options: bool) -> Path:
    writer = writer or SparingWriter(str(folder), {"PAGINATED_TEMPLATES": {}})
    writer.write_file("a/index.html", Template(text), {"localsiteurl": ""}, **options)
    return folder / "a" / "index.html"


def test_a_page_that_stays_as_it_is_keeps_its_times(tmp_path: Path) -> None:
    path = _write(tmp_path, "tea")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert _write(tmp_path, "tea").stat().st_mtime == LONG_AGO
    assert _write(tmp_path, "milk").stat().st_mtime > LONG_AGO
    assert path.read_text() == "milk"


def test_a_page_is_written_once_a_build_as_with_pelicans_own_writer(tmp_path: Path) -> None:
    writer = SparingWriter(str(tmp_path), {"PAGINATED_TEMPLATES": {}})
    _write(tmp_path, "first", writer)
    with pytest.raises(RuntimeError, match="overwr"):
        _write(tmp_path, "second", writer)
    assert _write(tmp_path, "third", writer, override_output=True).read_text() == "third"
    assert _write(tmp_path, "fourth", writer).read_text() == "third"


def test_a_page_whose_template_fails_leaves_the_old_file(tmp_path: Path) -> None:
    _write(tmp_path, "old")
    with pytest.raises(ZeroDivisionError):
        _write(tmp_path, "{{ 1 / 0 }}")
    assert (tmp_path / "a" / "index.html").read_text() == "old"


def test_another_plugins_writer_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    # One of its own: a build in this process, by another test, leaves the plugin connected to Pelican's.
    monkeypatch.setattr(signals, "get_writer", Signal())

    def other(_: object) -> None:
        return None

    def ours(_: object) -> None:
        return None

    with signals.get_writer.connected_to(ours):
        assert sparing_writer(None) is SparingWriter
        with signals.get_writer.connected_to(other):
            assert sparing_writer(None) is None
