from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sites
from factories import ROOT, TEA, Built, build, comment_file, essay_file
from pages import page

SITE = "https://example.org"
SCHEMA = json.loads((ROOT / "tests/schemas/json_feed.json").read_text(encoding="utf-8"))


def _feeds(built: Built) -> list[str]:
    return [path for path in built.files() if path.startswith("feeds/") and path.endswith(".json")]


def _feed(built: Built, path: str) -> Any:
    return json.loads(built.read(path))


def _item(built: Built, path: str, link: str) -> Any:
    (found,) = [item for item in _feed(built, path)["items"] if item["url"] == f"{SITE}/{link}"]
    return found


@pytest.mark.parametrize("site", ["tea", "hostile", "shipped"])
def test_every_json_feed_keeps_to_the_standard(site: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(site)
    assert len(_feeds(built)) >= 5
    for path in _feeds(built):
        jsonschema.validate(_feed(built, path), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"version": "https://jsonfeed.org/version/1"},
        {"items": [{"id": "1"}]},
        {"items": [{"content_text": "x"}]},
        {"items": [{"id": "1", "content_text": "x", "date_published": "2020-01-01"}]},
        {"items": [{"id": "1", "content_text": "x", "authors": [{}]}]},
        {"debate": {}},
    ],
)
def test_the_schema_refuses_what_the_standard_refuses(change: dict[str, Any]) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": []}
    jsonschema.validate(feed, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(feed | change, SCHEMA)


def test_a_json_feed_holds_the_very_entries_of_its_atom_feed(tea: Built) -> None:
    for path in _feeds(tea):
        atom = tea.read(path.replace(".json", ".atom.xml"))
        assert [item["id"] for item in _feed(tea, path)["items"] if f"<id>{item['id']}</id>" not in atom] == []
        assert len(_feed(tea, path)["items"]) == atom.count("<entry>")


def test_a_comment_says_who_wrote_it_what_it_answers_and_what_it_argues(tea: Built) -> None:
    assert _item(tea, "feeds/comments/cup.json", "cup/#comment-c2") == {
        "id": f"{SITE}/cup/#comment-c2",
        "url": f"{SITE}/cup/#comment-c2",
        "title": "Ann on The Cup",
        "content_html": "<p>I put the milk in first.</p>",
        "date_published": "2020-01-03T00:00:00+00:00",
        "authors": [{"name": "Ann"}],
        "tags": ["Milk first"],
        "_debate": {
            "essay": f"{SITE}/cup/",
            "in_reply_to": f"{SITE}/cup/#comment-c1",
            "debate": "tea",
            "stance": "milk",
            "by": "author",
        },
    }


def test_a_machines_tag_carries_its_confidence_and_a_tag_that_is_off_is_none(shipped: Built, tea: Built) -> None:
    said = [item["_debate"] for item in _feed(shipped, "feeds/comments.json")["items"] if "by" in item["_debate"]]
    assert {"machine"} <= {each["by"] for each in said}
    assert all(0 < each["confidence"] <= 1 for each in said if each["by"] == "machine")
    assert set(_item(tea, "feeds/comments/cup.json", "cup/#comment-c5")["_debate"]) == {"essay", "in_reply_to"}


def test_a_comment_without_an_author_claims_none(tea: Built) -> None:
    assert "authors" not in _item(tea, "feeds/comments.json", "pot/#comment-c1")


def test_a_debate_of_aggregates_tells_no_comments_stance(tmp_path: Path) -> None:
    files = {
        "debates/tea.toml": f"aggregates_only = true\n{TEA}",
        "essays/cup.md": essay_file(Slug="cup", Debate="tea"),
        "comments/cup/c1.md": comment_file(Stance="tea"),
    }
    built = build(tmp_path, files)
    item = _item(built, "feeds/comments.json", "cup/#comment-c1")
    assert set(item["_debate"]) == {"essay", "in_reply_to"}
    assert "tags" not in item


def test_an_essay_arrives_whole_with_its_dates_and_where_its_discussion_stands(tmp_path: Path) -> None:
    headers = {"Modified": "2020-03-01", "Tags": "tea, cups", "Summary": "Say *tea* & <b>smile</b>"}
    files = {
        "debates/tea.toml": TEA,
        "essays/cup.md": essay_file(Slug="cup", Debate="tea", body="See [here]({filename}pot.md).", **headers),
        "essays/pot.md": essay_file("Pot", Slug="pot", date=None, Debate="none"),
        "comments/cup/c1.md": comment_file(Stance="tea"),
    }
    built = build(tmp_path, files, RELATIVE_URLS=True)
    item = _item(built, "feeds/essays.json", "cup/")
    said = item.pop("_debate")
    assert said.pop("stands").endswith("“Tea first”.")
    assert said == {"comments": 1, "comments_feed": f"{SITE}/feeds/comments/cup.json"}
    assert item == {
        "id": "tag:example.org,2020-01-01:/cup/",
        "url": f"{SITE}/cup/",
        "title": "The Cup",
        "content_html": f'<p>See <a href="{SITE}/pot/">here</a>.</p>',
        "summary": "Say tea & smile",
        "date_published": "2020-01-01T00:00:00+00:00",
        "date_modified": "2020-03-01T00:00:00+00:00",
        "authors": [{"name": "Ann"}],
        "tags": ["tea", "cups"],
        "language": "en",
    }
    undated = _item(built, "feeds/essays.json", "pot/")
    assert "date_published" not in undated
    assert undated["id"] == undated["url"]


def test_json_feeds_are_linked_where_they_are_and_can_be_switched_off(tea: Built, tmp_path: Path) -> None:
    link = "//link[@rel='alternate' and @type='application/feed+json']/@href"
    assert page(tea, "cup/index.html").xpath(link) == [
        f"{SITE}/feeds/{name}.json" for name in ("essays", "comments", "comments/cup")
    ]
    off = {f"DEBATE_{name}_FEED_JSON": None for name in ("ESSAYS", "COMMENTS", "THREAD", "STANCE")}
    built = build(tmp_path, sites.TEA_SITE, **off)
    assert _feeds(built) == []
    assert page(built, "cup/index.html").xpath(link) == []


def test_a_path_that_two_feeds_share_stops_the_build(tmp_path: Path) -> None:
    built = build(tmp_path, sites.TEA_SITE, DEBATE_ESSAYS_FEED_JSON="feeds/comments.json")
    assert built.code != 0
    assert "feeds/comments.json is the path of two feeds" in built.log
