from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from debate.cache import Cache
from debate.outputs import Outputs, write_changed

LONG_AGO = 1_000_000_000


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "cache")) as cache:
        yield cache


def _aged(path: Path) -> Path:
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_a_file_that_holds_the_text_already_keeps_its_times(tmp_path: Path) -> None:
    write_changed(tmp_path / "a" / "b.txt", "text")
    path = _aged(tmp_path / "a" / "b.txt")
    write_changed(path, "text")
    assert path.stat().st_mtime == LONG_AGO
    write_changed(path, "next")
    assert path.read_text() == "next"


def test_a_long_text_in_parts_is_written_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    write_changed(path, iter(["te", "xt"]))
    _aged(path)
    write_changed(path, iter(["t", "ext"]))
    assert path.stat().st_mtime == LONG_AGO
    write_changed(path, iter(["next"]))
    assert [file.name for file in path.parent.iterdir()] == ["b.txt"]
    assert path.read_text() == "next"


def test_a_text_that_breaks_off_leaves_the_old_file_whole(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "ne"
        raise ValueError("no more")

    write_changed(tmp_path / "b.txt", "text")
    with pytest.raises(ValueError, match="no more"):
        write_changed(tmp_path / "b.txt", broken())
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("b.txt", "text")]


def test_a_file_is_not_made_again_while_digest_and_file_are_as_they_were(tmp_path: Path, cache: Cache) -> None:
    outputs, made = Outputs(tmp_path, cache), []
    for digest in ("d1", "d1", "d2"):
        outputs.write("x.txt", digest, lambda digest=digest: made.append(digest) or digest)
    assert made == ["d1", "d2"]


@pytest.mark.parametrize("harm", ["deleted", "edited"])
def test_a_file_that_was_deleted_or_edited_is_made_again(tmp_path: Path, cache: Cache, harm: str) -> None:
    outputs = Outputs(tmp_path, cache)
    outputs.write("x.txt", "d", lambda: "text")
    (tmp_path / "x.txt").unlink() if harm == "deleted" else (tmp_path / "x.txt").write_text("else")
    assert outputs.write("x.txt", "d", lambda: "text")
    assert (tmp_path / "x.txt").read_text() == "text"


def test_without_a_digest_a_file_is_made_every_time_but_only_written_when_it_is_new(
    tmp_path: Path, cache: Cache
) -> None:
    outputs = Outputs(tmp_path, cache)
    outputs.write("x.txt", "", lambda: "text")
    path = _aged(tmp_path / "x.txt")
    assert outputs.write("x.txt", "", lambda: "text")
    assert path.stat().st_mtime == LONG_AGO


def test_other_settings_make_every_file_again(tmp_path: Path, cache: Cache) -> None:
    Outputs(tmp_path, cache, "one").write("x.txt", "d", lambda: "one")
    Outputs(tmp_path, cache, "two").write("x.txt", "d", lambda: "two")
    assert (tmp_path / "x.txt").read_text() == "two"
