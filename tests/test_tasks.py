from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from factories import ROOT, comment_file, essay_file
from invoke import Collection
from sites import write

import tasks

TASKS = Collection.from_module(tasks).tasks
EXPECTED = "build rebuild clean serve reserve regenerate livereload preview publish test lint typecheck check"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a task needs into a path with a space, with little content: what a build makes is tested elsewhere."""
    folder = tmp_path_factory.mktemp("a copy")
    debate = (ROOT / "content/debates/networking.toml").read_text(encoding="utf-8")
    content = {
        "debates/networking.toml": debate.replace('model = "networking"\n', ""),
        "essays/cup.md": essay_file(Slug="cup"),
        "comments/cup/c1.md": comment_file(Stance="online"),
    }
    write(folder / "content", content)
    for name in ("theme", "plugins"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def _invoke(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "invoke", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_task_a_blogger_expects_is_there() -> None:
    assert set(EXPECTED.split()) - {name.replace("_", "-") for name in TASKS} == set()


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_says_what_it_does_and_what_each_argument_means(name: str) -> None:
    task = TASKS[name]
    assert len((task.__doc__ or "").strip()) > 10
    assert [argument.name for argument in task.get_arguments() if not argument.help] == []


def test_the_site_is_built_from_a_path_with_spaces_and_cleaned_up_again(copy: Path) -> None:
    done = _invoke(copy, "build")
    assert done.returncode == 0, done.stderr
    assert (copy / "output/index.html").is_file()
    (copy / ".cache").mkdir(exist_ok=True)
    assert _invoke(copy, "clean").returncode == 0
    assert not (copy / "output").exists()
    assert not (copy / ".cache").exists()


def test_rebuild_empties_the_output_first(copy: Path) -> None:
    stale = copy / "output/stale.html"
    stale.parent.mkdir(exist_ok=True)
    stale.write_text("old", encoding="utf-8")
    assert _invoke(copy, "rebuild").returncode == 0
    assert not stale.exists()


def test_arguments_after_two_dashes_go_to_pelican(copy: Path) -> None:
    done = _invoke(copy, "build", "--", "--version")
    assert done.returncode == 0
    assert "Processed" not in done.stdout
    assert done.stdout.strip().startswith("4.")


def test_a_failed_build_fails_the_task(copy: Path) -> None:
    debate = copy / "content/debates/wrong.toml"
    debate.write_text("key = 3\n", encoding="utf-8")
    done = _invoke(copy, "build")
    debate.unlink()
    assert done.returncode == 1
    assert "wrong.toml" in "".join((done.stdout + done.stderr).split())


def test_publishing_stops_at_a_warning_that_building_does_not_mind(copy: Path) -> None:
    stray = copy / "content/comments/nowhere/c1.md"
    stray.parent.mkdir()
    stray.write_text("Author: Bob\n\nHi.\n", encoding="utf-8")
    codes = [_invoke(copy, "build").returncode, _invoke(copy, "publish").returncode]
    shutil.rmtree(stray.parent)
    assert codes[0] == 0
    assert codes[1] != 0
