"""What a killed run leaves is taken away by the next; what another process is writing, or the owner keeps, is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from debate.errors import DebateError
from debate.frontmatter import write_whole
from debate.leftovers import sweep

DEAD = 2_000_000_000
"""A process number above what any system gives."""


@pytest.mark.parametrize("process", [DEAD, os.getpid()], ids=["dead", "own"])
def test_a_file_of_a_process_that_is_gone_is_removed(tmp_path: Path, process: int) -> None:
    left = tmp_path / "cup" / f".c1.md.{process}-00ff.part"
    left.parent.mkdir()
    left.write_text("Auth", encoding="utf-8")
    sweep(tmp_path)
    assert list(tmp_path.rglob("*.part")) == []


def test_a_file_that_a_living_process_writes_is_left_alone(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        held = tmp_path / f".c1.md.{child.pid}-00ff.part"
        held.touch()
        sweep(tmp_path)
        assert held.exists()
    finally:
        child.communicate()
    sweep(tmp_path)
    assert not held.exists()


@pytest.mark.parametrize(
    "name", ["c1.md", ".part", ".c1.md.part", f"c1.md.{DEAD}-00.part", f".c1.md.{DEAD}-00.part.md"]
)
def test_a_file_of_the_owners_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    sweep(tmp_path)
    assert (tmp_path / name).exists()


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    sweep(tmp_path / "none")


def test_the_longest_name_a_file_may_have_can_be_written_whole(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 126 + ".md")
    write_whole(path, "x\n")
    assert path.read_text(encoding="utf-8") == "x\n"


def test_a_full_disk_is_a_clear_error_and_the_old_file_stays_whole(tmp_path: Path) -> None:
    code = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parents[1] / "plugins")!r})
from pathlib import Path
from debate.errors import DebateError
from debate.frontmatter import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(Path("c1.md"), "x" * 5000)
except DebateError as error:
    print(error.message)
"""
    (tmp_path / "c1.md").write_text("old\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "c1.md: the file cannot be written: File too large. Remedy: " in done.stdout
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("c1.md", "old\n")]


def test_a_really_full_disk_is_a_clear_error_and_the_old_file_stays_whole(small_disk: Path) -> None:
    (small_disk / "c1.md").write_text("old\n", encoding="utf-8")
    with pytest.raises(DebateError, match="No space left on device"):
        write_whole(small_disk / "c1.md", "x" * 2_000_000)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in small_disk.iterdir()] == [("c1.md", "old\n")]


def test_a_folder_without_a_right_to_write_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "c1.md").write_text("old\n", encoding="utf-8")
    tmp_path.chmod(0o555)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("this user may write anywhere")
        with pytest.raises(DebateError, match="Permission denied"):
            write_whole(tmp_path / "c1.md", "new\n")
    finally:
        tmp_path.chmod(0o755)
    assert (tmp_path / "c1.md").read_text(encoding="utf-8") == "old\n"


def test_a_read_only_disk_is_a_clear_error_and_the_old_file_stays(small_disk: Path) -> None:
    (small_disk / "c1.md").write_text("old\n", encoding="utf-8")
    if subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], capture_output=True).returncode:
        pytest.skip("this user may not remount")
    with pytest.raises(DebateError, match="Read-only file system"):
        write_whole(small_disk / "c1.md", "new\n")
    assert (small_disk / "c1.md").read_text(encoding="utf-8") == "old\n"


@pytest.fixture
def small_disk(tmp_path: Path):
    """Mount a file system of one megabyte; skip where that is not allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True)
    except OSError:
        pytest.skip("there is no mount command")
    if done.returncode:
        pytest.skip("this user may not mount a disk")
    yield disk
    # Lazily: a process that another test starts just now may hold the disk for a moment.
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
