"""The budget of an essay with 50 comments: small, still, one stylesheet, no script in the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from factories import ROOT, build, essay_file

from .budget import Cost, cost_of
from .kinds import KIND
from .serving import served

if TYPE_CHECKING:
    from .reader import Reader

pytestmark = pytest.mark.browser

COMMENTS = 50
KILOBYTE = 1000


def _files() -> dict[str, str]:
    """Return a site of one long essay under which 50 comments of the shipped site stand, every third one a root."""
    given = sorted((ROOT / "content/comments").glob("*/*.md"))
    texts = [text for file in given if "Status:" not in (text := file.read_text(encoding="utf-8"))][:COMMENTS]
    essay = (ROOT / "content/essays/leave-the-social-in.md").read_text(encoding="utf-8").split("\n\n", 1)[1]
    comments = {
        f"comments/long/c{number}.md": _answering(text, f"c{number - 1}" if number % 3 else None)
        for number, text in enumerate(texts)
    }
    debate = (ROOT / "content/debates/networking.toml").read_text(encoding="utf-8")
    return {"debates/networking.toml": debate, "essays/long.md": essay_file(Slug="long", body=essay)} | comments


def _answering(text: str, parent: str | None) -> str:
    head, body = text.split("\n\n", 1)
    kept = re.sub(r"^In-Reply-To:.*\n?", "", head, flags=re.MULTILINE).rstrip("\n")
    return f"{kept}\n" + (f"In-Reply-To: {parent}\n" if parent else "") + f"\n{body}"


@pytest.fixture(scope="module")
def fifty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build and serve an essay with 50 comments, replies and search switched on, and return its address."""
    given = {
        "DEBATE_DEFAULT": "networking",
        "DEBATE_REPLY_ADDRESS": "replies@site.example",
        "DEBATE_REPOSITORY": "https://forge.example/me/blog",
        "DEBATE_SEARCH_URL": "search/",
    }
    built = build(tmp_path_factory.mktemp("fifty"), _files(), SITEURL="", RELATIVE_URLS=True, **given)
    assert built.code == 0, built.log
    assert built.read("long/index.html").count('id="comment-') == COMMENTS
    with served(built.output) as address:
        yield address


@pytest.fixture
def cost(reader_of: Callable[[str], Reader], fifty: str) -> Cost:
    """Measure the page as a new visitor gets it."""
    return cost_of(reader_of(fifty), "/long/")


def test_an_essay_with_50_comments_keeps_within_its_budget(cost: Cost) -> None:
    assert cost.html + cost.css < 40 * KILOBYTE, cost
    assert cost.scripts < 6 * KILOBYTE, cost
    assert cost.stylesheets == 1, cost
    assert cost.requests <= 5, cost
    assert cost.holding == (), cost
    assert cost.shift <= 0.01, cost


def test_what_is_painted_largest_is_text_of_the_essay(cost: Cost) -> None:
    assert cost.largest
    assert cost.largest.in_essay, cost.largest


@KIND
def test_every_kind_of_page_asks_for_one_stylesheet_and_holds_nothing_back(reader: Reader, path: str) -> None:
    found = cost_of(reader, path)
    assert found.stylesheets == 1, found
    assert found.holding == (), found
    assert found.scripts < 6 * KILOBYTE, found
    assert found.shift <= 0.01, found
