from __future__ import annotations

from pathlib import Path

import factories
import pytest
from debate.contents import Comment, Debate
from debate.discussions import Discussion
from debate.search import SearchRecord, plain_text, read_records, search_records, write_records
from debate.tagging import tag_threads
from factories import Built, build, comment_file, essay_file
from pages import page, text_of, texts
from sites import TEA_SITE

SITE = TEA_SITE | {
    "essays/hidden.md": essay_file("Hidden", Slug="hidden", Status="hidden", body="Hiddenessay."),
    "comments/hidden/c1.md": comment_file("Hiddencomment."),
}


def _discussion(*comments: Comment, debate: Debate | None = None, listed: bool = True) -> Discussion:
    thread = factories.thread(comments, author="Ann")
    if debate:
        (thread,) = tag_threads([thread], None)
    return Discussion(thread, debate, listed=listed)


def _found(*comments: Comment, **changes: object) -> list[SearchRecord]:
    return list(search_records([(_discussion(*comments, **changes), "essay", "<p>Body.</p>")]))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a search page; Pagefind counts as installed."""
    pytest.importorskip("pagefind")
    built = build(tmp_path_factory.mktemp("search"), SITE, DEBATE_SEARCH_URL="find/", fatal="warnings")
    assert built.code == 0, built.log
    return built


def _records(built: Built) -> list[SearchRecord]:
    return read_records(built.output.parent / ".cache/search.json")[0]


def test_an_essay_and_each_of_its_comments_is_a_record_of_its_own() -> None:
    records = _found(factories.comment("c1", author="Bob", text="I agree."))
    assert [(record.url, record.title, record.text) for record in records] == [
        ("cup/", "The Cup", "Body."),
        ("cup/#comment-c1", "Bob", "I agree."),
    ]
    assert records[0].filters == {"kind": "essay", "author": "Ann"}
    assert records[1].filters == {"kind": "comment", "author": "Bob", "essay": "The Cup"}
    assert records[1].date == "2020-01-01"


def test_a_comment_can_be_found_by_its_stance() -> None:
    tagged = factories.comment("c1", stance="tea", stance_by="author")
    assert _found(tagged, debate=factories.debate())[1].filters["stance"] == "Tea first"


def test_no_stance_of_a_comment_is_told_where_only_aggregates_are_shown() -> None:
    tagged = factories.comment("c1", stance="tea", stance_by="author")
    assert "stance" not in _found(tagged, debate=factories.debate(aggregates_only=True))[1].filters


def test_what_a_comment_quotes_is_found_with_the_one_who_wrote_it() -> None:
    assert _found(factories.comment("c1", text="> Milk first.\n\nNever."))[1].text == "Never."


def test_a_comment_without_author_and_date_has_neither() -> None:
    record = _found(factories.comment("c1", author=None, date=None))[1]
    assert (record.title, record.date, "author" in record.filters) == ("", "", False)


@pytest.mark.parametrize("status", ["deleted", "pending"])
def test_a_comment_that_is_not_shown_is_not_found(status: str) -> None:
    records = _found(factories.comment("c1", status=status, text="Gone."), factories.comment("c2", "c1"))
    assert [record.url for record in records] == ["cup/", "cup/#comment-c2"]


def test_nothing_of_an_essay_that_is_not_listed_is_found() -> None:
    assert _found(factories.comment("c1"), listed=False) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("un<em>believ</em>able", "unbelievable"),
        ("a<br>b", "a b"),
        ("<td>1</td><td>2</td>", "1 2"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
    ],
)
def test_words_of_neighbouring_blocks_stay_apart(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    records = [SearchRecord("cup/", "Tee & „Kanne“", "漢字", "2020-01-01", {"kind": "essay"})]
    write_records(tmp_path / "s.json", records, "de")
    assert read_records(tmp_path / "s.json") == (records, "de")


def test_drafts_and_hidden_deleted_and_held_texts_are_in_no_record(site: Built) -> None:
    told = str(_records(site))
    assert "Tea goes in first, always." in told
    for secret in ("Draftword", "Unfinished", "Hiddenessay", "Hiddencomment", "Pendingword", "Hiddenname", "Mallory"):
        assert secret not in told


def test_pages_and_their_comments_are_found_too(site: Built) -> None:
    kinds = {record.url: record.filters["kind"] for record in _records(site)}
    assert kinds["pages/guest-book.html"] == "page"
    assert kinds["pages/guest-book.html#comment-c1"] == "comment"


def test_every_page_leads_to_the_search_page_by_a_form_that_needs_no_script(site: Built) -> None:
    (form,) = page(site, "cup/index.html").xpath('//header//form[@role="search"]')
    assert form.get("action") == "https://example.org/find/"
    assert form.xpath('.//input[@type="search"]/@name') == ["q"]
    (label,) = form.xpath(".//label")
    assert label.get("for") == form.xpath(".//input/@id")[0]
    assert page(site, "find/index.html").xpath("//header//form") == []


def test_without_script_the_search_page_says_so_and_lists_every_essay(site: Built) -> None:
    root = page(site, "find/index.html")
    assert "needs JavaScript" in text_of(root.get_element_by_id("search-status"))
    titles = texts(site, "find/index.html", '//ul[@class="search-essays"]/li/a')
    assert titles == ["The Spoon", "The Pot & the Kettle", "The Cup", "No Day"]


@pytest.mark.parametrize("given", [{}, {"DEBATE_SEARCH_URL": None}])
def test_without_the_setting_there_is_no_search(tmp_path: Path, given: dict[str, None]) -> None:
    _has_no_search(build(tmp_path, TEA_SITE, **given))


def test_without_pagefind_the_site_is_built_without_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "blocked").mkdir()
    finder = "import sys; sys.modules['pagefind'] = None\n"  # find_spec says None... or raises, as for a broken one
    (tmp_path / "blocked/sitecustomize.py").write_text(finder, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "blocked"))
    _has_no_search(build(tmp_path, TEA_SITE, fatal="warnings", DEBATE_SEARCH_URL="find/"))


def test_records_of_an_earlier_build_do_not_outlive_the_search_page(tmp_path: Path) -> None:
    write_records(tmp_path / ".cache/search.json", [], "en")
    build(tmp_path, TEA_SITE)
    assert not (tmp_path / ".cache/search.json").exists()


def _has_no_search(built: Built) -> None:
    assert built.code == 0, built.log
    assert [path for path in built.files() if "find/" in path] == []
    assert 'role="search"' not in built.read("cup/index.html")
    assert not (built.output.parent / ".cache/search.json").exists()
