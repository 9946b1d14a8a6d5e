from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from debate import fingerprints
from debate.cache import Cache
from debate.fingerprints import fingerprints_of
from debate.readers import CommentFolders

DAY = 86_400_000_000_000


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "cache")) as cache:
        yield cache


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    for name in ("cup/c1", "cup/c2", "pot/c1"):
        path = tmp_path / "comments" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Author: Ann\n\n{name}\n")
    return tmp_path / "comments"


def _digests(folder: Path, cache: Cache, zone: str | None = None) -> Mapping[str, str]:
    folders = CommentFolders(folder, lambda slug: None, ZoneInfo(zone) if zone else UTC)
    return fingerprints_of(folders, cache).digests


def test_a_digest_changes_with_one_essays_comments_and_with_no_others(comments: Path, cache: Cache) -> None:
    before = _digests(comments, cache)
    (comments / "cup" / "c2.md").write_text("Author: Bob\n\ncup/c2\n")
    after = _digests(comments, cache)
    assert before["cup"] != after["cup"]
    assert before["pot"] == after["pot"]


@pytest.mark.parametrize("change", ["added", "removed", "renamed"])
def test_a_digest_changes_when_a_comment_comes_or_goes(comments: Path, cache: Cache, change: str) -> None:
    before = _digests(comments, cache)
    cup = comments / "cup"
    if change == "added":
        shutil.copy(cup / "c1.md", cup / "c3.md")
    elif change == "removed":
        (cup / "c1.md").unlink()
    else:
        (cup / "c1.md").rename(cup / "c9.md")
    assert _digests(comments, cache)["cup"] != before["cup"]


def test_files_that_are_as_they_were_are_not_read_again(
    comments: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "RACY_NANOSECONDS", -DAY)
    before = _digests(comments, cache)
    monkeypatch.setattr(fingerprints, "_bytes", lambda file: pytest.fail(f"{file.name} was read"))
    assert _digests(comments, cache) == before


def test_a_change_is_seen_that_keeps_size_and_time(comments: Path, cache: Cache) -> None:
    before, path = _digests(comments, cache), comments / "cup" / "c1.md"
    state = path.stat()
    path.write_text("Author: Ann\n\ncup/c9\n")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert _digests(comments, cache)["cup"] != before["cup"]


def test_another_time_zone_is_another_reading(comments: Path, cache: Cache) -> None:
    assert _digests(comments, cache) != _digests(comments, cache, "Asia/Kolkata")


def test_which_essays_have_changed_comments_is_told_once(
    comments: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed() -> list[str]:
        return list(fingerprints_of(CommentFolders(comments, lambda slug: None), cache).changed)

    monkeypatch.setattr(fingerprints, "RACY_NANOSECONDS", -DAY)
    assert changed() == ["cup", "pot"]
    assert changed() == []
    (comments / "pot" / "c2.md").write_text("Author: Bob\n\npot/c2\n")
    assert changed() == ["pot"]


def test_a_file_as_new_as_the_look_at_it_is_not_trusted_however_long_the_reading_takes(
    comments: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = max(path.stat().st_ctime_ns for path in comments.rglob("*.md"))
    clock = [newest + fingerprints.RACY_NANOSECONDS // 2]
    real = fingerprints._bytes

    def slowly(file: os.DirEntry[str]) -> bytes:
        clock[0] += 5 * fingerprints.RACY_NANOSECONDS
        return real(file)

    monkeypatch.setattr(fingerprints.time, "time_ns", lambda: clock[0])
    monkeypatch.setattr(fingerprints, "_bytes", slowly)
    folders = CommentFolders(comments, lambda slug: None)
    fingerprints_of(folders, cache)
    assert list(fingerprints_of(folders, cache).changed) == ["cup", "pot"]
