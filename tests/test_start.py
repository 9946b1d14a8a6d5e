"""start.py with a stand-in for the environment's Python: nothing is installed here, nothing needs the network."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from factories import ROOT

import start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")

# Notes down how it was called; `-m pip` and `-m invoke` end with the codes the test gives.
STAND_IN = """#!/bin/sh
[ "$1" = -c ] && exit 0
printf '%s|' "$(pwd)" "$@" >> "$(dirname "$0")/calls.txt"
echo >> "$(dirname "$0")/calls.txt"
[ "$2" = pip ] && exit {pip}
exit {task}
"""


def _project(folder: Path, *, ready: bool, pip: int = 0, task: int = 0) -> Path:
    """Copy start.py into a path with spaces and put a stand-in where the environment's Python would be."""
    project = folder / "a path with spaces"
    python = project / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(STAND_IN.format(pip=pip, task=task), encoding="utf-8")
    python.chmod(0o755)
    for name in ("start.py", "pyproject.toml"):
        shutil.copy(ROOT / name, project)
    if ready:
        (project / ".venv/installed.txt").write_text(f"{_digest(project)} dev", encoding="utf-8")
    return project


def _digest(project: Path) -> str:
    return hashlib.sha256((project / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()


def _start(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(project / "start.py"), *arguments]
    return subprocess.run(command, cwd=project.parent, capture_output=True, text=True, check=False)


def _calls(project: Path) -> list[list[str]]:
    lines = (project / ".venv/bin/calls.txt").read_text(encoding="utf-8").splitlines()
    return [line.rstrip("|").split("|") for line in lines]


def test_a_task_runs_in_the_environment_with_its_arguments_from_anywhere(tmp_path: Path) -> None:
    project = _project(tmp_path, ready=True)
    assert _start(project, "serve", "--port", "8001").returncode == 0
    assert _calls(project) == [[str(project), "-m", "invoke", "serve", "--port", "8001"]]


def test_without_a_task_the_tasks_are_listed(tmp_path: Path) -> None:
    project = _project(tmp_path, ready=True)
    _start(project)
    assert _calls(project)[0][1:] == ["-m", "invoke", "--list"]


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_asked_behind_a_task_is_the_tasks_help(tmp_path: Path, word: str) -> None:
    project = _project(tmp_path, ready=True)
    _start(project, "import", word)
    assert _calls(project)[0][1:] == ["-m", "invoke", "--help", "import"]


@pytest.mark.parametrize("code", [0, 1, 7])
def test_the_exit_code_of_a_task_is_passed_on(tmp_path: Path, code: int) -> None:
    assert _start(_project(tmp_path, ready=True, task=code), "test").returncode == code


def test_a_changed_pyproject_is_installed_once_before_the_task(tmp_path: Path) -> None:
    project = _project(tmp_path, ready=True)
    with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    _start(project, "build")
    _start(project, "build")
    assert [call[2] for call in _calls(project)] == ["pip", "invoke", "invoke"]
    assert _calls(project)[0][-2:] == ["--editable", f"{project}[site]"]


def test_what_only_tests_need_is_installed_when_they_run(tmp_path: Path) -> None:
    project = _project(tmp_path, ready=False)
    for task in ("build", "serve", "test", "build", "lint"):
        _start(project, task)
    assert [call[-1] for call in _calls(project) if call[2] == "pip"] == [f"{project}[site]", f"{project}[dev]"]


def test_a_failed_installation_says_so_and_is_tried_again(tmp_path: Path) -> None:
    project = _project(tmp_path, ready=False, pip=1)
    for _ in range(2):
        done = _start(project, "build")
        assert done.returncode == 1
        assert "Remedy: " in done.stderr
        assert "Traceback" not in done.stderr
    assert [call[2] for call in _calls(project)] == ["pip", "pip"]


def test_an_environment_whose_python_is_gone_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _project(tmp_path, ready=False)
    (project / ".venv/bin/python").unlink()
    monkeypatch.setattr(start, "VENV", project / ".venv")
    monkeypatch.setattr(start, "PYTHON", project / ".venv/bin/python")
    monkeypatch.setattr(start, "_make_environment", lambda: "made anew")
    assert start._install("site") == "made anew"
    assert not (project / ".venv").exists()


def test_where_there_is_no_pip_at_all_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(sys, "executable", "/bin/false")
    problem = start._make_environment()
    assert problem == start.NO_PIP
    assert "Remedy: " in problem
    assert not (tmp_path / ".venv").exists()


def test_an_old_python_is_refused_with_its_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert start.main(["build"]) == 1
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


def test_the_script_is_read_by_much_older_pythons_too() -> None:
    import ast

    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 8))
