from __future__ import annotations

import logging
import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import debate.cache
import pytest
from debate.cache import AT_ONCE, FILE, OLDEST, Cache, code_digest, digest_of


def _kept(folder: Path, value: str = "value", digest: str = "d1") -> None:
    with closing(Cache(folder)) as cache:
        cache.put("kind", "name", digest, value)


def _found(folder: Path, digest: str = "d1") -> str | None:
    with closing(Cache(folder)) as cache:
        return cache.get("kind", "name", digest)


def test_what_one_build_keeps_the_next_one_finds(tmp_path: Path) -> None:
    _kept(tmp_path, "ünï")
    assert _found(tmp_path) == "ünï"


def test_another_digest_finds_nothing_and_takes_the_place(tmp_path: Path) -> None:
    _kept(tmp_path)
    assert _found(tmp_path, "d2") is None
    _kept(tmp_path, "new", "d2")
    assert (_found(tmp_path, "d1"), _found(tmp_path, "d2")) == (None, "new")


def test_a_build_finds_what_it_has_just_kept_itself(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as cache:
        cache.put("kind", "name", "d1", "value")
        assert (cache.get("kind", "name", "d1"), cache.get("kind", "name", "d2")) == ("value", None)


def test_nothing_is_kept_under_an_empty_digest_or_without_a_folder(tmp_path: Path) -> None:
    _kept(tmp_path, digest="")
    assert _found(tmp_path, "") is None
    cache = Cache()
    cache.put("kind", "name", "d1", "value")
    assert cache.get("kind", "name", "d1") is None


def test_more_rows_than_are_held_in_memory_are_all_kept(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as cache:
        for number in range(AT_ONCE + 7):
            cache.put("kind", str(number), "d", str(number))
    with closing(Cache(tmp_path)) as cache:
        assert [cache.get("kind", str(number), "d") for number in (0, AT_ONCE, AT_ONCE + 6)] == ["0", "500", "506"]


def test_slots_that_builds_no_longer_use_are_dropped_and_those_in_use_stay(tmp_path: Path) -> None:
    _kept(tmp_path)
    for number in range(OLDEST + 1):
        with closing(Cache(tmp_path)) as cache:
            cache.touch([("kind", "touched")])
            cache.put("other", "name", str(number), "value")
            if not number:
                cache.put("kind", "touched", "d", "value")
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT name FROM kept WHERE kind = 'kind'").fetchall() == [("touched",)]


@pytest.mark.parametrize("damage", ["not a database", "cut", "scrambled", "value"])
def test_a_damaged_file_is_made_anew_with_exactly_one_warning(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    _kept(tmp_path, "value " * 3_000)
    _damage(tmp_path / FILE, damage)
    with caplog.at_level(logging.WARNING):
        assert _found(tmp_path) is None
        assert _found(tmp_path) is None
    assert len(caplog.records) == 1
    assert "made anew" in caplog.text
    _kept(tmp_path)
    assert _found(tmp_path) == "value"


def _damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    if how == "not a database":
        path.write_bytes(b"<html>" * 5_000)
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "scrambled":
        path.write_bytes(content[:100] + random.Random(1).randbytes(len(content) - 100))
    else:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE kept SET value = 'other'")


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with closing(Cache(tmp_path / "file" / "below")) as cache:
        cache.put("kind", "name", "d1", "value")
        assert cache.get("kind", "name", "d2") is None


def test_a_build_that_has_read_can_keep_what_it_makes_while_another_reads_and_writes(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as one, closing(Cache(tmp_path)) as other:
        for number, cache in enumerate((one, other, one, other)):
            assert cache.get("a", "never", "kept") is None
            cache.put("a", f"name {number}", "1", "text")
            cache.save()
    with closing(Cache(tmp_path)) as later:
        assert [later.get("a", f"name {number}", "1") for number in range(4)] == ["text"] * 4


def test_a_slot_that_is_forgotten_keeps_nothing_of_what_was_in_it(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as cache:
        cache.put("a", "name", "1", "words of Mallory")
    with closing(Cache(tmp_path)) as cache:
        cache.forget("a", "name")
        cache.forget("a", "never there")
        assert cache.get("a", "name", "1") is None
    with closing(Cache(tmp_path)) as cache:
        assert (cache.get("a", "name", "1"), cache.get("a", "name", "")) == (None, None)
        cache.put("a", "name", "2", "other words")
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT name, value FROM kept").fetchall() == [("name", "other words")]


def test_where_readers_would_block_writers_no_reading_is_held_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debate.cache, "PATIENCE_SECONDS", 0.0)
    real = sqlite3.connect

    def without_wal(*given: Any, **options: Any) -> sqlite3.Connection:
        return real(*given, **options, factory=NoWal)

    monkeypatch.setattr(sqlite3, "connect", without_wal)
    with closing(Cache(tmp_path)) as one, closing(Cache(tmp_path)) as other:
        assert one.get("a", "never", "kept") is None
        other.put("a", "name", "1", "text")
        other.save()
        assert one.get("a", "name", "1") == "text"


class NoWal(sqlite3.Connection):
    """A database on a file system without shared memory."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Run a statement, but for the one that such a file system refuses."""
        return super().execute(sql.replace("PRAGMA journal_mode = WAL", "PRAGMA journal_mode = DELETE"), *values)


def test_builds_at_once_do_not_disturb_each_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    threads = [threading.Thread(target=_busy, args=(tmp_path, str(number))) for number in range(2)]
    with caplog.at_level(logging.INFO):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert caplog.records == []
    with closing(Cache(tmp_path)) as cache:
        assert all(cache.get("kind", f"{number}-{row}", "d") == "x" * 99 for number in range(2) for row in range(99))


def _busy(folder: Path, number: str) -> None:
    for start in range(0, 99, 33):
        with closing(Cache(folder)) as cache:
            for row in range(start, start + 33):
                cache.put("kind", f"{number}-{row}", "d", "x" * 99)


def test_a_digest_tells_values_apart_that_run_together() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of(None) != digest_of("None")


def test_the_code_is_part_of_every_digest(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "module.py").write_text(name)
    assert code_digest(tmp_path / "one") != code_digest(tmp_path / "two")
    assert code_digest() == code_digest()
