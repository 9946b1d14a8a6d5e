from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from factories import ROOT, comment_file, essay_file
from invoke import Collection
from sites import write

import tasks

TASKS = Collection.from_module(tasks).tasks
WITH_A_FIRST_ARGUMENT = "import inbox suggest evaluate evaluate-key-points tag-archive"
EXPECTED = "build rebuild clean serve reserve regenerate livereload preview publish test lint typecheck check"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a task needs into a path with a space, with little content: what a build makes is tested elsewhere."""
    folder = tmp_path_factory.mktemp("a copy")
    debate = (ROOT / "content/debates/networking.toml").read_text(encoding="utf-8")
    content = {
        "debates/networking.toml": debate.replace('model = "networking"\n', ""),
        "essays/cup.md": essay_file(Slug="cup", body="![A cup]({static}/images/blue/cup.svg)"),
        "images/blue/cup.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "comments/cup/c1.md": comment_file(Stance="online"),
    }
    write(folder / "content", content)
    for name in ("theme", "plugins", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def _invoke(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "invoke", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "SITEURL"} | variables
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


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
    assert 'src="../../images/blue/cup.svg"' in (copy / "output/essays/cup/index.html").read_text(encoding="utf-8")
    assert (copy / "output/images/blue/cup.svg").is_file()
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
    address = {"SITEURL": "https://blog.example"}
    codes = [_invoke(copy, "build").returncode, _invoke(copy, "publish", **address).returncode]
    shutil.rmtree(stray.parent)
    assert codes[0] == 0
    assert codes[1] != 0


def test_nothing_is_published_without_an_address_and_the_message_says_where_it_goes(copy: Path) -> None:
    kept = copy / "output/kept.html"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("the site as it was", encoding="utf-8")
    for address in ("", "blog.example"):
        done = _invoke(copy, "publish", SITEURL=address)
        assert done.returncode != 0
        assert "Remedy: write it into publishconf.py" in done.stderr
        assert "Traceback" not in done.stderr
    assert kept.is_file()


def test_a_site_is_published_under_the_address_the_environment_gives(copy: Path) -> None:
    done = _invoke(copy, "publish", SITEURL="https://blog.example/notes/")
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'href="https://blog.example/notes/essays/cup/"' in (copy / "output/index.html").read_text(encoding="utf-8")


def test_a_preview_needs_no_address_and_is_read_on_this_machine(copy: Path) -> None:
    done = _invoke(copy, "preview")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "http://localhost:8000/essays/cup/" in (copy / "output/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WITH_A_FIRST_ARGUMENT.split())
def test_help_behind_a_task_is_not_taken_for_its_first_argument(copy: Path, name: str) -> None:
    done = _invoke(copy, name, "--help")
    assert done.returncode == 0
    assert "Docstring:" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--port", "abc"],
        ["reserve", "--port", "80.5"],
        ["livereload", "--port", "-1"],
        ["suggest", "some-model", "--limit", "abc"],
        ["import", "nowhere.xml", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["tag-archive", "nowhere.jsonl", "--part-size", "0"],
    ],
)
def test_a_wrong_number_is_one_clear_line(copy: Path, arguments: list[str]) -> None:
    done = _invoke(copy, *arguments)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"{arguments[-2]} {arguments[-1]}: no whole number of" in done.stderr


@pytest.mark.parametrize("name", ["serve", "reserve", "livereload"])
def test_a_port_that_another_program_has_fails_the_task_before_anything_is_built(copy: Path, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _invoke(copy, name, "--port", port)
    assert done.returncode == 1
    assert f"--port {port}: " in done.stderr
    assert "Remedy: end the program that listens there" in done.stderr
    assert done.stdout == ""


def test_no_page_of_one_content_folder_stays_among_those_of_another(copy: Path, tmp_path: Path) -> None:
    write(tmp_path, {"essays/pot.md": essay_file(Slug="pot"), "debates/no.txt": ""})
    pages = [copy / "output/essays" / name / "index.html" for name in ("cup", "pot")]
    for content, there in ((".", [True, False]), (str(tmp_path), [False, True]), (".", [True, False])):
        arguments = () if content == "." else ("--content", content)
        done = _invoke(copy, "build", *arguments, "--", "-e", "DEBATE_DEFAULT=null")
        assert done.returncode == 0, done.stdout + done.stderr
        assert [path.is_file() for path in pages] == there


def test_nor_after_a_first_build_of_the_other_folder_that_failed(copy: Path, tmp_path: Path) -> None:
    write(tmp_path, {"essays/pot.md": essay_file(Slug="pot"), "debates/no.txt": ""})
    assert _invoke(copy, "build").returncode == 0
    assert (copy / "output/essays/cup/index.html").is_file()
    other = ("build", "--content", str(tmp_path), "--", "-e")
    assert _invoke(copy, *other, "DEBATE_RECENT_COMMENTS=-1").returncode == 1
    assert _invoke(copy, *other, "DEBATE_DEFAULT=null").returncode == 0
    assert not (copy / "output/essays/cup").exists()
    assert _invoke(copy, "build").returncode == 0


def test_an_archive_is_tagged_by_a_task_and_a_missing_tagger_is_named(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "Meeting online is real to me, I found my friends there."}\n')
    done = _invoke(copy, "tag-archive", str(tmp_path / "a.jsonl"), "--debate", "networking", "--jobs", "2")
    assert done.returncode == 1
    assert 'the debate "networking" has no tagger yet' in done.stderr
    shutil.copytree(ROOT / "content/debates", tmp_path / "content/debates")
    arguments = ("--debate", "networking", "--content", str(tmp_path / "content"))
    done = _invoke(copy, "tag-archive", str(tmp_path / "a.jsonl"), *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tagged now: 1 in" in done.stdout
    assert (tmp_path / "a.jsonl.tags/part-00000.jsonl").is_file()
