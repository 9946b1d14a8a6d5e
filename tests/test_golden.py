"""Whole small sites with what the plugin should make of them, kept as files that a reviewer can read.

`pytest --write-golden` rewrites the expected files; a change in them is then reviewed like any other.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from factories import ROOT, Built, build

GOLDEN = ROOT / "tests/golden"
SCENARIOS = sorted(path.name for path in GOLDEN.iterdir())
_THREAD = re.compile(r'<section class="comments".*?</section>', re.DOTALL)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_gives_what_is_expected_of_it(scenario: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    shutil.copytree(GOLDEN / scenario / "content", tmp_path / "content")
    made = _made(build(tmp_path, {}))
    folder = GOLDEN / scenario / "expected"
    if pytestconfig.getoption("--write-golden"):
        _write(folder, made)
    expected = {path.name: path.read_bytes().decode() for path in sorted(folder.iterdir())}
    assert sorted(made) == sorted(expected)
    for name, text in made.items():
        assert text == expected[name], f"{scenario}/expected/{name}"


def _made(built: Built) -> dict[str, str]:
    """Return by flat name what the plugin wrote: threads, feeds of comments, data; nothing that is only the theme's."""
    threads = {f"{_flat(path)}.thread": _thread(built.read(path)) for path in built.files() if path.endswith(".html")}
    feeds = {_flat(path): _lines(built.read(path)) for path in built.files() if path.startswith("feeds/comments")}
    tables = {_flat(path): built.read(path) for path in built.files() if path.endswith(".csv")}
    debates = (path for path in built.files() if path.endswith("debate.json"))
    data = {_flat(path): _comments(json.loads(built.read(path))) for path in debates}
    return {name: text for name, text in (threads | feeds | tables | data).items() if text}


def _flat(path: str) -> str:
    return path.replace("/", "--")


def _thread(page: str) -> str:
    """Return the discussion of a page, a tag a line, without the indentation of templates."""
    found = _THREAD.search(page)
    return _lines(re.sub(r"\s+", " ", found[0])) if found else ""


def _lines(markup: str) -> str:
    return re.sub(r">\s*<", ">\n<", markup) + "\n"


def _comments(data: dict[str, Any]) -> str:
    """Return the data without its summaries, which have tests of their own and change with their wording."""
    essays = [{key: value for key, value in essay.items() if key != "summary"} for essay in data["essays"]]
    kept = {key: data[key] for key in ("debate", "question", "url", "stances", "opposites", "tagger")}
    return json.dumps(kept | {"essays": essays}, ensure_ascii=False, indent=1) + "\n"


def _write(folder: Path, made: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in made.items():
        (folder / name).write_bytes(text.encode())
