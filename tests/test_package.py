"""The plugin in somebody else's site: the built wheel, Pelican's own theme, and just the lines the README gives."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from factories import ROOT, Built, comment_file, essay_file, pelican
from pages import comment_on, page, text_of
from sites import write

hatchling = pytest.importorskip("hatchling")


def _block(after: str) -> str:
    """Return the indented block that follows some words in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(re.escape(after) + r".*?\n\n((?:    .*\n|\n)+)", text)
    assert found, after
    return re.sub(r"^    ", "", found[1], flags=re.MULTILINE)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def other(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build another site with the wheel, the README's lines and Pelican's simple theme."""
    folder = tmp_path_factory.mktemp("other")
    snippet = _block("into your theme's `article.html`")
    article = '{% extends "!simple/article.html" %}{% block content %}{{ super() }}' + snippet + "{% endblock %}"
    write(
        folder,
        {
            "pelicanconf.py": f'SITEURL = "https://other.example"\nTHEME = "theme"\n'
            f"{_block('in your `pelicanconf.py`')}",
            "theme/templates/article.html": article,
            "content/debates/networking.toml": (ROOT / "content/debates/networking.toml").read_text(encoding="utf-8"),
            "content/cup.md": essay_file(Slug="cup"),
            "content/comments/cup/c1.md": comment_file("Only meeting face to face makes real contacts, I believe."),
        },
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(installed))
        built = pelican(folder, "pelicanconf.py", folder / "output", "--fatal", "warnings")
    assert built.code == 0, built.log
    return built


def test_the_wheel_puts_the_plugin_where_pelican_looks_for_plugins(installed: Path) -> None:
    command = [sys.executable, "-c", "from pelican.plugins import debate; print(debate.__file__)"]
    environment = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert Path(done.stdout.strip()) == installed / "pelican/plugins/debate/__init__.py"


def test_the_wheel_brings_templates_styles_and_the_model_and_nothing_else(installed: Path) -> None:
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert top == {"pelican"}
    package = installed / "pelican/plugins/debate"
    source = ROOT / "plugins/debate"
    ours = {p.relative_to(source) for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert {p.relative_to(package) for p in package.rglob("*") if p.is_file()} == ours


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_plugin_requires_nothing_that_it_does_not_import() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", sources, re.MULTILINE))
    required = {re.match(r"\w+", line)[0] for line in _project()["dependencies"]}
    assert required - imported == set()


def test_the_site_installs_what_runs_its_tasks() -> None:
    extras = _project()["optional-dependencies"]
    assert "pelican-debate[cards,search,tasks]" in extras["site"]
    assert [line.split(">")[0] for line in extras["tasks"]] == ["invoke"]
    assert "pelican-debate[site]" in extras["dev"]


def test_the_lines_of_the_readme_give_another_site_its_discussions(other: Built) -> None:
    comment = comment_on(other, "cup.html", "c1")
    assert "Only meeting face to face" in text_of(comment)
    assert comment.xpath('.//details[contains(@class, "tag")]')


def test_another_theme_gets_the_pages_feeds_and_data_of_the_debate(other: Built) -> None:
    assert {
        "debate/networking/index.html",
        "debate/networking/debate.json",
        "debate/networking/online/index.html",
        "feeds/comments/cup.atom.xml",
        "theme/debate/debate.css",
    } <= set(other.files())
    assert text_of(page(other, "debate/networking/index.html").xpath("//article//h1")[0]).endswith("real networking?")


def test_an_essay_of_another_theme_is_still_shown_as_it_was(other: Built) -> None:
    assert "<p>Tea.</p>" in other.read("cup.html")
