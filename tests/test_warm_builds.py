"""A build that finds all in the cache writes what a build without one writes, and touches only what changed."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from factories import TEA, build, comment_file, essay_file, pelican
from pages import texts
from sites import TEA_SITE


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _times(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def _edit(content: Path, chance: random.Random, number: int) -> None:
    """Change one thing: add, edit, delete a comment, hold one back, label one, retitle or close an essay."""
    paths = sorted(content.glob("comments/*/*.md"))
    path = chance.choice(paths)
    kind = chance.choice(("add", "add", "edit", "delete", "hold", "label", "title"))
    if kind == "add":
        text = comment_file(f"Tea number {number}, *truly*.", date=f"2020-03-{1 + number:02}", In_Reply_To=path.stem)
        (path.parent / f"n{number}.md").write_text(text)
    elif kind == "edit":
        path.write_text(path.read_text() + f"\nAnd edit {number}.\n")
    elif kind == "delete":
        path.unlink()
    elif kind == "title":
        essay = chance.choice(sorted(content.glob("essays/*.md")))
        essay.write_text(essay.read_text().replace("Title: The", f"Title: The {number}th"))
    else:
        header = "Status: pending" if kind == "hold" else "Stance: milk"
        path.write_text(f"{header}\n{path.read_text()}")


def test_after_any_edits_a_warm_build_writes_the_bytes_of_a_cold_one(tmp_path: Path) -> None:
    chance = random.Random(1)
    built = build(tmp_path, TEA_SITE)
    for number in range(3):
        _edit(tmp_path / "content", chance, number)
        _edit(tmp_path / "content", chance, number + 10)
        assert pelican(tmp_path, "pelicanconf.py", built.output, "--delete-output-directory").code == 0
        cache = tmp_path / ".cache"
        cache.rename(tmp_path / "kept")
        cold = pelican(tmp_path, "pelicanconf.py", tmp_path / "cold", "--delete-output-directory")
        assert _digests(built.output) == _digests(cold.output)
        shutil.rmtree(cache, ignore_errors=True)
        (tmp_path / "kept").rename(cache)


def test_a_build_touches_only_files_whose_text_changed(tmp_path: Path) -> None:
    built = build(tmp_path, TEA_SITE)
    before, texts = _times(built.output), _digests(built.output)
    pelican(tmp_path, "pelicanconf.py", built.output)
    assert _times(built.output) == before
    (tmp_path / "content/comments/cup/c9.md").write_text(comment_file("One more.", author="Fay"))
    pelican(tmp_path, "pelicanconf.py", built.output)
    after = _digests(built.output)
    touched = {name for name, time in _times(built.output).items() if time != before.get(name)}
    assert touched == {name for name, text in after.items() if text != texts.get(name)}
    assert "spoon/index.html" in before
    assert "feeds/comments/pot.atom.xml" not in touched


def test_a_warning_is_given_in_every_build(tmp_path: Path) -> None:
    built = build(tmp_path, {**TEA_SITE, "comments/cup/bad.md": comment_file("Hm.", Stance="coffee")})
    assert "unknown stance" in built.log
    assert "unknown stance" in pelican(tmp_path, "pelicanconf.py", built.output).log


def test_two_builds_at_once_both_end_well_and_write_the_same(tmp_path: Path) -> None:
    alone = build(tmp_path, TEA_SITE)
    shutil.rmtree(tmp_path / ".cache")
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--fatal", "warnings", "-o"]
    running = [subprocess.Popen([*command, f"out{number}"], cwd=tmp_path) for number in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert _digests(tmp_path / "out0") == _digests(tmp_path / "out1") == _digests(alone.output)


def test_a_damaged_cache_costs_one_warning_and_changes_no_page(tmp_path: Path) -> None:
    built = build(tmp_path, TEA_SITE)
    texts = _digests(built.output)
    (tmp_path / ".cache" / "debate.sqlite").write_bytes(b"\0" * 20_000)
    again = pelican(tmp_path, "pelicanconf.py", built.output)
    assert again.log.count("the cache is damaged") == 1
    assert _digests(built.output) == texts


def test_a_build_elsewhere_on_another_day_writes_the_same_bytes(tmp_path: Path) -> None:
    first = build(tmp_path / "one", TEA_SITE)
    other = tmp_path / "a longer path" / "two"
    shutil.copytree(tmp_path / "one", other, ignore=shutil.ignore_patterns("output", ".cache"))
    for path in other.rglob("*.md"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    environment = os.environ | {"TZ": "Asia/Kolkata", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output"]
    subprocess.run(command, cwd=other, env=environment, check=True, capture_output=True)
    assert _digests(other / "output") == _digests(first.output)


def test_the_page_of_a_very_large_debate_says_of_how_many_comments_the_words_were_read(tmp_path: Path) -> None:
    files = {"debates/tea.toml": TEA, "essays/cup.md": essay_file("The Cup", Slug="cup", Debate="tea")}
    files |= {f"comments/cup/c{n}.md": comment_file(f"Tea first, says house {n}.", Stance="tea") for n in range(2_001)}
    built = build(tmp_path, files)
    assert built.code == 0, built.log
    assert any(
        "count all 2,001 tagged comments" in words and "was read in 2,000 of them, drawn by lot" in words
        for words in texts(built, "debate/tea/index.html", "//p[@class='debate-note']")
    )


def test_words_of_a_comment_that_was_deleted_leave_the_cache_even_where_its_neighbour_is_faulty(tmp_path: Path) -> None:
    said = comment_file("Unforgettable words.", author="Mallory", Stance="tea")
    build(tmp_path, dict(TEA_SITE) | {"comments/cup/c9.md": said})
    cache = tmp_path / ".cache" / "debate.sqlite"
    assert b"Unforgettable" in cache.read_bytes()
    (tmp_path / "content/comments/cup/c9.md").unlink()
    (tmp_path / "content/comments/cup/c1.md").write_text(comment_file("Tea goes in first.", Stance="no such"))
    built = pelican(tmp_path, "pelicanconf.py", tmp_path / "output")
    assert "no such" in built.log
    assert b"Unforgettable" not in cache.read_bytes()
