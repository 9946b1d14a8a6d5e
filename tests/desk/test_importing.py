from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from debate.desk.importing import import_command
from debate.errors import ImportFileError
from debate.settings import DebateSettings
from factories import ROOT, TEA, build

from .factories import files, write

PAGE = """Milk first, again

Milk first or tea first: whoever says milk first has never burnt a cup. My milk goes in first.

Posted by Ann

2 thoughts on \u201cMilk first, again\u201d

  1. I put the milk in first, always have, always will, and nobody has complained.

  2. Tea first. You cannot judge the colour otherwise, and colour is everything.

Leave a Reply
"""
SITE = TEA.replace("Milk first?", "Does first poured milk matter?")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "debates").mkdir(parents=True)
    (folder / "debates/tea.toml").write_text(SITE, encoding="utf-8")
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def _run(page: Path, into: Path, content: Path, **options: object) -> tuple[int, str]:
    out = io.StringIO()
    code = import_command(page, into, content, DebateSettings(default="tea"), out=out, **options)
    return code, out.getvalue()


def _debate_line(into: Path) -> list[str]:
    (essay,) = (into / "essays").glob("*.md")
    return [line for line in essay.read_text(encoding="utf-8").splitlines() if line.startswith("Debate:")]


def test_a_new_folder_gets_the_sites_debates_and_can_be_built_by_itself(
    page: Path, content: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    code, report = _run(page, site / "content", content)
    assert code == 0
    assert "comments: 2 written" in report
    assert "build --content" in report
    built = build(site, {}, DEBATE_DEFAULT="tea")
    assert built.code == 0, built.log
    assert "nobody has complained" in built.read("milk-first-again/index.html")


def test_a_lent_debate_has_its_model_and_examples_with_it(page: Path, content: Path, tmp_path: Path) -> None:
    beside = {"own.stance": b"PK\x03\x04\xff", "more/labelled.jsonl": b"{}\n"}
    for name, data in beside.items():
        write(content / "debates" / name, data)
    _run(page, tmp_path / "new", content)
    assert files(tmp_path / "new/debates") == beside | {"tea.toml": SITE.encode()}


def test_an_essay_about_the_question_joins_the_sites_debate(page: Path, content: Path, tmp_path: Path) -> None:
    _run(page, tmp_path / "new", content)
    assert _debate_line(tmp_path / "new") == ["Debate: tea"]


def test_an_essay_about_something_else_stays_out(page: Path, content: Path, tmp_path: Path) -> None:
    (content / "debates/tea.toml").write_text(TEA.replace("Milk first?", "Are trains quiet?"), encoding="utf-8")
    _run(page, tmp_path / "new", content)
    assert _debate_line(tmp_path / "new") == ["Debate: none"]


def test_a_debate_that_is_named_counts_and_one_that_is_unknown_is_refused(
    page: Path, content: Path, tmp_path: Path
) -> None:
    _run(page, tmp_path / "one", content, debate="none")
    assert _debate_line(tmp_path / "one") == ["Debate: none"]
    with pytest.raises(ImportFileError, match=r"no debate \"coffee\".*the debates are: tea"):
        _run(page, tmp_path / "two", content, debate="coffee")


def test_a_licence_that_the_comments_of_others_may_not_have_is_named(page: Path, content: Path, tmp_path: Path) -> None:
    out = io.StringIO()
    import_command(page, tmp_path / "new", content, DebateSettings(licence="CC0"), out=out)
    assert "the site will say: Licence: CC0. Remedy: set DEBATE_LICENCE = None" in out.getvalue()
    import_command(page, tmp_path / "new", content, DebateSettings(licence="CC0"), out=(again := io.StringIO()))
    assert "Licence" not in again.getvalue()
    assert "Licence" not in _run(page, tmp_path / "other", content)[1]


def test_a_dry_run_writes_nothing_at_all(page: Path, content: Path, tmp_path: Path) -> None:
    code, report = _run(page, tmp_path / "new", content, dry_run=True)
    assert code == 0
    assert "2 to write" in report
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("own", [True, False])
def test_comments_without_their_essays_are_told_to_come_second(content: Path, tmp_path: Path, own: bool) -> None:
    mentions = tmp_path / "mentions.json"
    mention = {"wm-property": "in-reply-to", "wm-target": "https://example.org/gone/", "content": {"text": "Milk."}}
    mentions.write_text(json.dumps({"children": [mention | {"wm-id": 1}]}), encoding="utf-8")
    _, report = _run(mentions, content if own else tmp_path / "new", content)
    assert "(1 comment)" in report
    assert "import the posts first, then the comments into that folder" in report
    assert "build --content" not in report


@pytest.mark.shared
def test_the_five_real_discussions_run_through_the_whole_job(shared: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for path in sorted((shared / "discussions").glob("*.txt")):
        settings = DebateSettings(default="networking")
        assert import_command(path, site / "content", ROOT / "content", settings, out=io.StringIO()) == 0
    built = build(site, {}, DEBATE_DEFAULT="networking")
    assert built.code == 0, built.log
    folders = sorted((site / "content/comments").iterdir())
    assert sorted(len(list(folder.iterdir())) for folder in folders) == [2, 2, 3, 4]
    assert "Leave a" not in built.everything()
    assert built.read("debate/networking/debate.json").count('"stance_by": "machine"') == 11
