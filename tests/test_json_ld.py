from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
from debate.json_ld import DEEPEST, MOST_CHARACTERS, MOST_COMMENTS, Publication, discussion_json_ld, essay_json_ld
from factories import ROOT, START, Built, comment, thread
from pages import page, paths

SCHEMA = json.loads((ROOT / "tests/schemas/json_ld.json").read_text(encoding="utf-8"))
SITE = Publication("Cups", "https://example.org", "On cups", "en")
SCRIPT = "//script[@type='application/ld+json']/text()"


def _data(built: Built, path: str) -> Any:
    (text,) = page(built, path).xpath(SCRIPT)
    return json.loads(text)


def _discussion(*comments: Any) -> Any:
    return json.loads(discussion_json_ld(thread(comments, author="Ann", date=START), SITE))


def _essay(content: str = "<p>One two <em>three</em>.</p>", **fields: Any) -> Any:
    document = SimpleNamespace(content=content, summary="<p>Say &amp; smile</p>", **fields)
    return json.loads(essay_json_ld(document, thread([comment("bob")], author="Ann", date=START), SITE))


def _shape(comments: list[Any], depth: int = 0) -> str:
    lines = (f"{'  ' * depth}{c['url'].split('-')[-1]}\n{_shape(c.get('comment', []), depth + 1)}" for c in comments)
    return "".join(lines)


def test_every_essay_page_has_what_search_engines_demand(tea: Built, shipped: Built) -> None:
    for built, path in ((tea, "cup/index.html"), *((shipped, p) for p in paths(shipped) if p.startswith("essays/"))):
        data = _data(built, path)
        jsonschema.validate(data, SCHEMA)
        assert data["@type"] == "BlogPosting"
        assert data["subjectOf"]["@type"] == "DiscussionForumPosting"
        assert data["mainEntityOfPage"] == page(built, path).xpath("//link[@rel='canonical']/@href")[0]


def test_the_front_page_a_guest_book_and_a_stances_page_say_what_they_are(tea: Built) -> None:
    kinds = {"index.html": "WebSite", "debate/tea/milk/index.html": "BreadcrumbList"}
    assert {path: _data(tea, path)["@type"] for path in kinds} == kinds
    assert _data(tea, "pages/guest-book.html")["@type"] == "DiscussionForumPosting"
    assert page(tea, "drafts/unfinished.html").xpath(SCRIPT) == []


def test_the_crumbs_of_a_stance_lead_from_the_front_page_over_its_debate(tea: Built) -> None:
    data = _data(tea, "debate/tea/milk/index.html")
    jsonschema.validate(data, SCHEMA)
    assert [(item["name"], item["item"]) for item in data["itemListElement"]] == [
        ("Test", "https://example.org/"),
        ("Milk first?", "https://example.org/debate/tea/"),
        ("Milk first", "https://example.org/debate/tea/milk/"),
    ]


def test_an_essay_without_comments_is_a_posting_without_a_discussion(tea: Built) -> None:
    data = _data(tea, "spoon/index.html")
    jsonschema.validate(data, SCHEMA)
    assert "subjectOf" not in data
    assert data["commentCount"] == 0


def test_an_essay_tells_its_words_dates_language_and_where_it_belongs() -> None:
    data = _essay(lang="en", modified=START, tags=[SimpleNamespace(name="tea")])
    assert data["wordCount"] == 3
    assert data["description"] == "Say & smile"
    assert data["datePublished"] == data["dateModified"] == "2020-01-01T12:00:00+00:00"
    assert data["keywords"] == ["tea"]
    assert data["isPartOf"] == {"@type": "Blog", "name": "Cups", "url": "https://example.org/"}
    assert "dateModified" not in _essay()


def test_replies_stand_in_what_they_answer_and_the_deepest_side_by_side() -> None:
    chain = [comment("c0"), *(comment(f"c{n}", f"c{n - 1}", day=n) for n in range(1, DEEPEST + 3))]
    expected = "".join(f"{'  ' * min(n, DEEPEST)}c{n}\n" for n in range(DEEPEST + 3))
    assert _shape(_discussion(*chain)["comment"]) == expected


def test_replies_to_a_deleted_comment_move_up_and_its_words_are_gone() -> None:
    data = _discussion(comment("gone", status="deleted", text="secret"), comment("kept", "gone", day=1, text="k"))
    assert _shape(data["comment"]) == "kept\n"
    assert "secret" not in str(data)


@pytest.mark.parametrize("count", [MOST_COMMENTS, MOST_COMMENTS + 1, 5000])
def test_a_great_thread_is_told_in_part_with_its_true_number(count: int) -> None:
    data = _discussion(*(comment(f"c{n}", day=n % 9, text="Words.") for n in range(count)))
    assert data["commentCount"] == count
    assert len(data["comment"]) == MOST_COMMENTS
    assert len(json.dumps(data)) < 15_000


def test_a_long_comment_is_cut_between_words_and_a_nameless_one_is_someones() -> None:
    (told,) = _discussion(comment("c1", author=None, text="word " * MOST_CHARACTERS))["comment"]
    assert len(told["text"]) <= MOST_CHARACTERS + 2
    assert told["text"].endswith("word …")
    assert told["author"]["name"] == "Someone"


def test_nothing_in_a_comment_can_end_the_script_element() -> None:
    text = "</script><!-- <script> & ]]> \u2028"
    markup = str(discussion_json_ld(thread([comment("c1", text=text)]), SITE))
    assert not set("<>&") & set(markup)
    assert json.loads(markup)["comment"][0]["text"] == text


def test_data_stands_last_in_this_theme_and_in_the_head_of_others(tea: Built, hostile_bare: Built) -> None:
    (last,) = page(tea, "cup/index.html").xpath("/html/body/script[@type='application/ld+json']")
    assert last.getnext() is None
    assert len(page(hostile_bare, "cup/index.html").xpath("//head/script[@type='application/ld+json']")) == 1
