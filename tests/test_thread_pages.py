"""Threads as pages show them: built by the real Pelican, read as a browser or another site's parser would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mf2py
import pytest
from factories import ROOT, TEA, Built, build, comment_file, essay_file
from pages import comment_on, page, text_of, texts

PAGE = "cup/index.html"
SCRIPTS = ("reply.js", "thread.js")

THREAD: Mapping[str, str] = {
    "debates/tea.toml": TEA,
    "essays/cup.md": essay_file("The Cup", Slug="cup", Debate="tea"),
    "comments/cup/a.md": comment_file("Milk.", author="Zoë Ångström", Stance="milk", Website="https://zoe.example/"),
    "comments/cup/b.md": comment_file("Tea!", author="محمد علي", date="2020-01-03", In_Reply_To="a", Stance="tea"),
    "comments/cup/c.md": comment_file("שלום, tea.", author="Ann", date="2020-01-04", In_Reply_To="b", Stance="tea"),
    "comments/cup/d.md": comment_file("Gone.", date="2020-01-05", Status="deleted"),
    "comments/cup/e.md": comment_file("Rude.", author=None, date="2020-01-06", In_Reply_To="d", Stance="none"),
    "comments/cup/f.md": comment_file("And tea.", author="Fay", date="2020-01-07", Stance="tea", Stance_By="author"),
    "comments/cup/g.md": comment_file("Hm.", author="Gus", date="2020-01-08", Stance="off"),
}


@pytest.fixture(scope="module")
def cup(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build(tmp_path_factory.mktemp("thread"), THREAD)
    assert built.code == 0, built.log
    return built


@pytest.fixture(scope="module")
def citations(cup: Built) -> list[dict[str, Any]]:
    """Return the comments of the essay as a microformats2 parser reads them."""
    found = mf2py.parse(doc=cup.read(PAGE), url="https://example.org/cup/")["items"]
    return [comment for item in found for comment in item["properties"].get("comment", ())]


def test_a_parser_of_microformats_finds_every_comment_and_no_tombstone(citations: list[dict[str, Any]]) -> None:
    assert {kind for item in citations for kind in item["type"]} == {"h-cite"}
    assert [item["properties"]["url"] for item in citations] == [
        [f"https://example.org/cup/#comment-{id}"] for id in "abcefg"
    ]


def test_a_parser_of_microformats_reads_author_date_and_text(citations: list[dict[str, Any]]) -> None:
    first = citations[0]["properties"]
    (author,) = first["author"]
    assert author["properties"] == {"name": ["Zoë Ångström"], "url": ["https://zoe.example/"]}
    assert first["published"] == ["2020-01-02T00:00:00+0000"]
    assert first["content"][0]["value"] == "Milk."


def test_a_comment_answers_the_essay_and_a_reply_the_comment_before_it(citations: list[dict[str, Any]]) -> None:
    answered = {item["properties"]["url"][0][-1]: item["properties"]["in-reply-to"] for item in citations}
    assert answered["a"] == ["https://example.org/cup/"]
    assert answered["b"] == ["https://example.org/cup/#comment-a"]


def test_a_branch_says_what_it_hides_and_starts_open(cup: Built) -> None:
    branches = page(cup, PAGE).xpath('//details[@class="branch"]')
    assert [branch.get("open") for branch in branches] == [""] * 3
    assert [text_of(span) for span in branches[0].xpath("./summary/span")] == ["2 replies", "Hide 2 replies"]
    assert [text_of(span) for span in branches[2].xpath("./summary/span")] == ["One reply", "Hide one reply"]


def test_every_reply_says_whom_it_answers(cup: Built) -> None:
    replies = page(cup, PAGE).xpath('//ol[contains(@class, "replies")]/li/article')
    assert [text_of(reply.xpath('.//a[contains(@class, "in-reply-to")]')[0]) for reply in replies] == [
        "in reply to Zoë Ångström",
        "in reply to محمد علي",
        "in reply to a comment",
    ]


def test_names_and_texts_find_their_own_direction(cup: Built) -> None:
    comment = comment_on(cup, PAGE, "c")
    assert [text_of(name) for name in comment.xpath(".//bdi")] == ["Ann", "محمد علي"]
    assert comment.xpath('.//div[contains(@class, "e-content")]/@dir') == ["auto"]


def test_avatars_are_initials_that_screen_readers_pass_over(cup: Built) -> None:
    avatars = page(cup, PAGE).xpath('//span[starts-with(@class, "avatar hue-")]')
    assert [avatar.text for avatar in avatars] == ["ZÅ", "م\u200cع", "A", "?", "F", "G"]
    assert {avatar.get("aria-hidden") for avatar in avatars} == {"true"}


def test_the_authors_own_reply_is_marked(cup: Built) -> None:
    assert texts(cup, PAGE, '//*[@class="debate-badge"]') == ["author of this essay"]
    assert [a.get("id") for a in page(cup, PAGE).xpath('//article[.//*[@class="debate-badge"]]')] == ["comment-c"]


def test_neighbours_on_the_same_level_are_links(cup: Built) -> None:
    assert comment_on(cup, PAGE, "a").xpath('.//a[@class="following"]/@href') == ["#comment-d"]
    assert comment_on(cup, PAGE, "f").xpath('.//*[@class="hops"]/a/@href') == ["#comment-d", "#comment-g"]
    assert not comment_on(cup, PAGE, "b").xpath('.//*[@class="hops"]')


def test_the_buttons_offer_the_stances_and_orders_that_exist(cup: Built) -> None:
    assert texts(cup, PAGE, '//*[@class="thread-tools"]//label') == [
        *("all", "Milk first 1", "Tea first 3", "takes no side 1"),
        *("oldest first", "newest first", "by stance"),
    ]


def test_a_short_thread_has_no_buttons(tea: Built) -> None:
    assert not page(tea, PAGE).xpath('//*[@class="thread-tools"]')


def test_a_persons_tag_and_a_machines_differ_in_class_and_words(shipped: Built) -> None:
    path, by = "essays/two-hundred-strangers/index.html", '//details[contains(@class, "{}")]//*[@class="debate-by"]'
    assert set(texts(shipped, path, by.format("by-person"))) == {"read by an editor", "said by the comment's author"}
    guesses = set(texts(shipped, path, by.format("by-machine")))
    assert {"likely, guessed by machine", "perhaps, guessed by machine", "says the machine"} <= guesses
    assert all("machine" in guess for guess in guesses)


def test_evidence_is_marked_in_the_text_and_linked_from_the_why(shipped: Built) -> None:
    root = page(shipped, "essays/two-hundred-strangers/index.html")
    links = root.xpath('//div[@class="debate-why"]//a[starts-with(@href, "#evidence-")]/@href')
    assert len(links) > 5
    assert all(root.get_element_by_id(link[1:]).tag == "mark" for link in links)


def test_no_id_occurs_twice_on_any_page_with_comments(shipped: Built) -> None:
    for path in (path for path in shipped.files() if path.endswith(".html")):
        ids = page(shipped, path).xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_all_scripts_together_stay_under_six_kilobytes() -> None:
    assert sum((ROOT / "plugins/debate/static" / name).stat().st_size for name in SCRIPTS) < 6000


def test_a_page_without_replies_loads_no_thread_script(cup: Built, tea: Built) -> None:
    def scripts(built: Built, path: str) -> list[str]:
        return [src.rpartition("/")[2] for src in page(built, path).xpath("//script/@src")]

    assert scripts(cup, PAGE) == ["thread.js"]
    assert scripts(tea, "spoon/index.html") == []


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Built:
    comments = {
        f"comments/cup/c{n}.md": comment_file("Tea.", date=f"2020-01-02 00:{n // 60:02}:{n % 60:02}")
        for n in range(600)
    }
    built = build(tmp_path_factory.mktemp("long"), {"essays/cup.md": essay_file("The Cup", Slug="cup"), **comments})
    assert built.code == 0, built.log
    return built


def test_a_thread_of_hundreds_comes_in_parts_of_which_the_first_is_open(long: Built) -> None:
    parts = page(long, PAGE).xpath('//details[@class="part"]')
    assert [text_of(part.find("summary")) for part in parts] == [
        "Comments 1 to 250",
        "Comments 251 to 500",
        "Comments 501 to 600",
    ]
    assert [part.get("open") for part in parts] == ["", None, None]
    assert len(parts[1].xpath("./ol/li")) == 250
