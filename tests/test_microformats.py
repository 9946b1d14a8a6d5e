"""Pages as programs of the IndieWeb read them: essays, comments and lists as microformats2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mf2py
import pytest
from factories import Built, build, comment_file, essay_file
from sites import TEA_SITE

SITE = "https://example.org"


def _items(built: Built, path: str) -> list[Any]:
    items: list[Any] = mf2py.parse(doc=built.read(path), url=f"{SITE}/{path.removesuffix('index.html')}")["items"]
    return items


def _first(item: Any, name: str) -> Any:
    return item["properties"].get(name, [None])[0]


def _all(items: list[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        nested = [value for values in item["properties"].values() for value in values if isinstance(value, dict)]
        yield from _all([value for value in nested if "type" in value] + item.get("children", []))


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the one entry of an essay's page, with three comments."""
    headers = {"Modified": "2020-03-01", "Tags": "tea, cups", "Summary": "Say <b>smile</b>"}
    files = {
        "essays/cup.md": essay_file(Slug="cup", body="Tea for *two*.", **headers),
        "comments/cup/c1.md": comment_file("First.", Website="https://bob.example/"),
        "comments/cup/c2.md": comment_file("Second.", author="Cleo", In_Reply_To="c1"),
        "comments/cup/c3.md": comment_file("Gone.", Status="deleted"),
        "comments/cup/c4.md": comment_file("Third.", author="Dan", In_Reply_To="c3"),
    }
    (found,) = _items(build(tmp_path_factory.mktemp("cup"), files, RELATIVE_URLS=True), "cup/index.html")
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "The Cup"),
        ("summary", "Say smile"),
        ("url", f"{SITE}/cup/"),
        ("uid", f"{SITE}/cup/"),
        ("published", "2020-01-01T00:00:00+0000"),
        ("updated", "2020-03-01T00:00:00+0000"),
    ],
)
def test_an_essay_is_an_entry_with_each_field_once(entry: Any, name: str, value: str) -> None:
    assert entry["type"] == ["h-entry"]
    assert entry["properties"][name] == [value]


def test_an_essay_has_its_text_author_and_categories(entry: Any) -> None:
    assert _first(entry, "content")["html"] == "<p>Tea for <em>two</em>.</p>"
    assert _first(entry, "author")["type"] == ["h-card"]
    assert _first(_first(entry, "author"), "name") == "Ann"
    assert entry["properties"]["category"][-2:] == ["tea", "cups"]


def test_comments_are_cited_in_the_essays_entry_and_say_what_they_answer(entry: Any) -> None:
    told = {_first(c, "url").split("#")[1]: c for c in entry["properties"]["comment"]}
    assert {id: c["type"] for id, c in told.items()} == {f"comment-c{n}": ["h-cite"] for n in (1, 2, 4)}
    assert {id: _first(c, "in-reply-to") for id, c in told.items()} == {
        "comment-c1": f"{SITE}/cup/",
        "comment-c2": f"{SITE}/cup/#comment-c1",
        "comment-c4": f"{SITE}/cup/#comment-c3",
    }
    bob = _first(told["comment-c1"], "author")
    assert (_first(bob, "name"), _first(bob, "url")) == ("Bob", "https://bob.example/")
    assert [_first(c, "content")["value"] for c in told.values()] == ["First.", "Second.", "Third."]
    assert all(len(c["properties"]["published"]) == 1 for c in told.values())


def test_the_list_of_essays_is_a_feed_of_entries(tea: Built) -> None:
    (feed,) = [item for item in _items(tea, "index.html") if item["type"] == ["h-feed"]]
    assert _first(feed, "name") == "Essays"
    assert [(_first(e, "name"), _first(e, "url")) for e in feed["children"]] == [
        ("The Spoon", f"{SITE}/spoon/"),
        ("The Pot & the Kettle", f"{SITE}/pot/"),
        ("The Cup", f"{SITE}/cup/"),
        ("No Day", f"{SITE}/undated/"),
    ]
    assert "published" not in feed["children"][-1]["properties"]


def test_a_page_with_a_guest_book_is_an_entry_with_its_comments(tea: Built) -> None:
    (page,) = _items(tea, "pages/guest-book.html")
    assert _first(page, "name") == "Guest book"
    assert _first(page, "url") == f"{SITE}/pages/guest-book.html"
    assert [_first(c["properties"]["author"][0], "name") for c in page["properties"]["comment"]] == ["Eve"]


def test_no_undated_essay_is_given_a_date(tmp_path: Path) -> None:
    (item,) = _items(build(tmp_path, TEA_SITE), "undated/index.html")
    assert "published" not in item["properties"]


def test_the_quotes_of_the_panel_are_no_comments_of_their_own(shipped: Built) -> None:
    items = [*_all(_items(shipped, "essays/is-that-networking/index.html"))]
    cited = [_first(item, "url") for item in items if item["type"] == ["h-cite"]]
    assert len(cited) == len(set(cited)) == 20
