"""The plugin in a theme that knows nothing of it: Pelican's own `simple`, with the two templates of docs/plugin.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factories import ROOT, Built, build
from pages import page, text_of
from sites import TEA_SITE, write

EXAMPLE = ROOT / "examples/simple-theme/templates"


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the ordinary small site in Pelican's simple theme."""
    overrides = {"THEME": "simple", "THEME_TEMPLATES_OVERRIDES": [str(EXAMPLE)]}
    built = build(tmp_path_factory.mktemp("simple"), TEA_SITE, fatal="warnings", **overrides)
    assert built.code == 0, built.log
    return built


def test_an_essay_has_its_thread_and_panel_below_the_themes_own_text(simple: Built) -> None:
    (main,) = page(simple, "cup/index.html").xpath("//main")
    parts = [part.get("class") for part in main.xpath("./article | ./section")]
    assert [(part or "essay").split()[0] for part in parts] == ["essay", "debate-panel", "comments"]
    assert len(main.xpath('.//article[starts-with(@id, "comment-")]')) == 5


def test_the_panel_brings_its_chart_and_every_tag_its_words(simple: Built) -> None:
    root = page(simple, "cup/index.html")
    assert root.xpath('//figure[@class="chart"]/*[local-name() = "svg"]')
    assert [text_of(tag) for tag in root.xpath('//*[contains(@class, "debate-label")]')]


@pytest.mark.parametrize("path", ["cup/index.html", "debate/tea/index.html", "debate/tea/milk/index.html"])
def test_every_page_of_the_plugin_stands_in_the_themes_frame_with_the_plugins_style(simple: Built, path: str) -> None:
    root = page(simple, path)
    assert len(root.xpath("//main")) == 1
    styles = [link.get("href") for link in root.xpath('//link[@rel="stylesheet"]')]
    assert styles == ["https://example.org/theme/debate/debate.css"]
    assert simple.read("theme/debate/debate.css")


def test_the_small_bar_of_the_document_stands_beside_every_essay_that_is_in_a_debate(tmp_path: Path) -> None:
    document = (ROOT / "docs/plugin.md").read_text(encoding="utf-8")
    (snippet,) = re.findall(r"^- \*\*A small bar\*\*.*\n\n((?: {6}.*\n)+)", document, re.MULTILINE)
    listed = f"{{% for article in articles %}}<p>{{{{ article.slug }}}}{snippet}</p>{{% endfor %}}"
    index = f'{{% extends "!simple/base.html" %}}{{% block content %}}{listed}{{% endblock %}}'
    write(tmp_path / "templates", {"index.html": index})
    built = build(tmp_path, TEA_SITE, THEME="simple", THEME_TEMPLATES_OVERRIDES=["templates"])
    assert built.code == 0, built.log
    bars = {
        text_of(line).split()[0]: len(line.xpath("*")) for line in page(built, "index.html").xpath("//main//p[text()]")
    }
    assert bars == {"cup": 1, "pot": 1, "spoon": 0, "undated": 0}


@pytest.mark.parametrize("name", ["base.html", "article.html"])
def test_the_document_for_plugin_users_shows_the_templates_as_they_are(name: str) -> None:
    document = (ROOT / "docs/plugin.md").read_text(encoding="utf-8")
    shown = re.sub(r"{#-.*?-#}\n", "", (EXAMPLE / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "".join(f"    {line}\n" for line in shown.splitlines()) in document
