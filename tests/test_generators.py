"""What the plugin gives to Pelican's pages: threads, panels, pages of debates; seen through real builds."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
import sites
from factories import TEA, Built, build, comment_file, essay_file
from lxml import html
from pages import comment_on, fetched, fetched_by_css, page, paths, text_of, texts

ACTING = {
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "svg",
    "math",
    "style",
    "base",
    "video",
}
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*[a-z]{2,}", re.IGNORECASE)
WINE = TEA.replace('"tea"', '"wine"').replace('"milk"', '"red-1"').replace("Milk first?", "Red or white?")


def _ours(element: Any) -> bool:
    """Say whether it is the plugin's own: a chart, a button over a thread, the reply form, a script, JSON data."""
    if element.tag in ("form", "input", "button", "textarea"):
        return element.xpath("boolean(ancestor::*[@class='thread-tools' or @id='reply-form'][not(ancestor::li)])")
    if element.tag == "svg":
        return element.get("class") == "strip" or bool(element.xpath('ancestor::figure[@class="chart"]'))
    if element.tag != "script" or element.text is None:
        return element.tag == "script" and element.get("src").startswith("https://example.org/theme/debate/")
    return element.get("type") == "application/ld+json" and bool(json.loads(element.text))


def _attacks(root: Any) -> list[str]:
    """Return what on a page could act, send or fetch by a stranger's will."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    tags = [element.tag for element in elements if element.tag in ACTING and not _ours(element)]
    handlers = [name for element in elements for name in element.attrib if name.startswith("on") or name == "style"]
    values = [value.strip().lower() for element in elements for value in element.attrib.values()]
    schemes = [value for value in values if re.match(r"(java|vb)script:|data:", re.sub(r"\s", "", value))]
    commands = [element.get("http-equiv") for element in elements if element.tag == "meta"]
    refreshes = [command for command in commands if command not in (None, "Content-Security-Policy")]
    return [*tags, *handlers, *schemes, *map(str, refreshes)]


def _children(root: Any) -> dict[str, str | None]:
    """Return, by comment id, the id of the comment whose list item holds it: the shape a browser builds."""
    articles = root.xpath('//article[starts-with(@id, "comment-")]')
    return {
        article.get("id"): next(
            (
                found.get("id")
                for li in article.iterancestors("li")
                for found in li.xpath("./article")
                if found is not article
            ),
            None,
        )
        for article in articles
    }


# Safe output


@pytest.mark.parametrize("site", ["hostile", "hostile_bare"])
def test_nothing_a_stranger_wrote_acts_on_any_page(site: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(site)
    assert len(paths(built)) > 5
    assert {path: _attacks(page(built, path)) for path in paths(built)} == {path: [] for path in paths(built)}


@pytest.mark.parametrize("site", ["hostile", "hostile_bare"])
def test_a_hostile_name_is_shown_as_the_words_it_is(site: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(site)
    shown = text_of(comment_on(built, "cup/index.html", "evil-0").xpath('.//*[contains(@class, "author")]')[0])
    assert shown == "<img src=x onerror=alert(1)> & \"Q\" 'q' <script>alert(3)</script> ]]> (address removed)"


@pytest.mark.parametrize("site", ["hostile", "hostile_bare"])
def test_names_of_debates_and_stances_are_escaped_on_their_pages(site: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(site)
    assert texts(built, "debate/tea/index.html", "//h1") == ['Milk & <i>tea</i> "first"? <script>alert(4)</script>']
    assert texts(built, "debate/index.html", "//main//h2 | //body/ul//h2")[1] == "Red? <script>alert(9)</script>"
    assert texts(built, "debate/tea/milk/index.html", "//h1") == ['Milk & <b>more</b> "<script>alert(5)</script>"']


def test_structured_data_holds_hostile_words_as_data(hostile: Built) -> None:
    (script,) = page(hostile, "cup/index.html").xpath('//script[@type="application/ld+json"]')
    data = json.loads(script.text)
    assert data["subjectOf"]["commentCount"] == len(sites.ATTACKS) + 1
    assert not [part for part in ("</", "<!--", "<script") if part in script.text]
    assert "<script>alert(2)</script>" in str(data)


def test_a_comment_cannot_close_the_markup_it_stands_in(hostile: Built) -> None:
    root = page(hostile, "cup/index.html")
    ids = [element.get("id") for element in root.xpath('//section[@id="comments"]//article')]
    assert len(ids) == len(sites.ATTACKS) + 1
    assert len(root.xpath("//main")) == len(root.xpath("//h1")) == 1
    assert root.xpath('//*[@id="main"]')[0].tag == "main"


def test_a_description_holds_quotes_and_angle_brackets_without_breaking_out(hostile: Built) -> None:
    (description,) = page(hostile, "cup/index.html").xpath('//meta[@name="description"]')
    assert set(description.attrib) == {"name", "content"}
    assert description.get("content").startswith('Say "tea" & smile')
    (description,) = page(hostile, "debate/tea/milk/index.html").xpath('//meta[@name="description"]')
    assert set(description.attrib) == {"name", "content"}


@pytest.mark.parametrize("site", ["hostile", "hostile_bare"])
def test_the_title_of_an_essay_cannot_break_out_of_the_links_to_its_feeds(
    site: str, request: pytest.FixtureRequest
) -> None:
    links = page(request.getfixturevalue(site), "cup/index.html").xpath('//link[@rel="alternate"]')
    assert {frozenset(link.attrib) for link in links} == {frozenset(("rel", "type", "href", "title"))}
    assert [link.get("title") for link in links if "\"now\" 'then' 1 < 2" in link.get("title")]


def test_only_an_http_website_is_linked_and_the_link_passes_on_no_trust(hostile: Built) -> None:
    authors = page(hostile, "cup/index.html").xpath(
        '//ol//*[contains(@class, "author")]//a[not(starts-with(@href, "#"))]'
    )
    assert [(a.get("href"), a.get("rel")) for a in authors] == [
        ("https://bob.example/?a=1&b=2", "nofollow ugc noopener")
    ]


def test_every_link_in_a_comment_passes_on_no_trust(hostile: Built) -> None:
    links = page(hostile, "pot/index.html").xpath('//*[contains(@class, "body")]//a')
    assert [(a.get("href"), a.get("rel")) for a in links] == [
        ("https://fine.example/a?b=1&c=2", "nofollow ugc noopener")
    ]


def test_template_and_link_syntax_in_a_comment_stays_text(hostile: Built) -> None:
    assert "{{ SITENAME }} {% raw %} {static}/x" in text_of(comment_on(hostile, "cup/index.html", "evil-11"))


def _xml_bodies(text: str) -> list[str]:
    entries = feedparser.parse(text.encode(), sanitize_html=False).entries
    return [entry.content[0].value if "content" in entry else entry.summary for entry in entries]


def _json_bodies(text: str) -> list[str]:
    assert "<" not in text
    return [item["content_html"] for item in json.loads(text)["items"]]


@pytest.mark.parametrize("site", ["hostile", "hostile_bare"])
def test_the_html_inside_feeds_is_as_safe_as_on_pages(site: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(site)
    feeds = [path for path in built.files() if path.startswith("feeds/comments")]
    for path in feeds:
        bodies = _json_bodies(built.read(path)) if path.endswith(".json") else _xml_bodies(built.read(path))
        assert bodies
        assert not [body for body in bodies if body and _attacks(html.fragment_fromstring(body, create_parent="div"))]


def test_no_email_address_of_anybody_is_in_the_output(hostile: Built, tea: Built, shipped: Built) -> None:
    for built in (hostile, tea, shipped):
        assert EMAIL.findall(built.everything()) == []


def test_a_pending_comment_leaves_no_trace_in_any_file_or_name(tea: Built) -> None:
    everything = tea.everything() + "\n".join(tea.files())
    assert not [word for word in ("Pendingword", "Hiddenname", "secret-7", "hidden.example") if word in everything]


def test_a_deleted_comment_and_a_comment_on_a_draft_keep_their_words_and_names_to_themselves(tea: Built) -> None:
    assert not [word for word in ("Gone.", "Mallory", "Draftword") if word in tea.everything()]


@pytest.mark.parametrize("site", ["hostile", "tea", "shipped"])
def test_reading_a_page_asks_nothing_of_another_host(site: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(site)
    own = ("https://example.org/", "http://localhost:8000/")
    addresses = {address for path in paths(built) for address in fetched(built, path)}
    styles = [built.read(path) for path in built.files() if path.endswith((".css", ".svg"))]
    addresses |= {address for style in styles for address in fetched_by_css(style)}
    assert addresses
    assert not [a for a in addresses if re.match(r"[a-z]+:|//", a) and not a.startswith(own)]


# Threads


def test_replies_stand_inside_what_they_answer(tea: Built) -> None:
    shape = _children(page(tea, "cup/index.html"))
    assert shape == {
        "comment-c1": None,
        "comment-c2": "comment-c1",
        "comment-c3": None,
        "comment-c4": "comment-c3",
        "comment-c5": None,
    }


def test_a_deleted_parent_leaves_a_tombstone_that_its_replies_still_answer(tea: Built) -> None:
    assert text_of(comment_on(tea, "cup/index.html", "c3")).startswith("This comment was deleted")
    assert comment_on(tea, "cup/index.html", "c4").xpath('.//a[@href="#comment-c3"]')


def test_a_reply_by_the_author_of_the_essay_says_so(tea: Built) -> None:
    assert "author of this essay" in text_of(comment_on(tea, "cup/index.html", "c2"))
    assert "author of this essay" not in text_of(comment_on(tea, "cup/index.html", "c1"))


def test_a_tag_says_who_decided(tea: Built, shipped: Built) -> None:
    assert "read by an editor" in text_of(comment_on(tea, "cup/index.html", "c1"))
    assert "said by the comment's author" in text_of(comment_on(tea, "cup/index.html", "c2"))
    assert "guessed by machine" in shipped.read("essays/leave-the-social-in/index.html")


def test_a_comment_that_refuses_a_tag_has_none(tea: Built) -> None:
    assert not comment_on(tea, "cup/index.html", "c5").xpath(".//details")


def test_closed_comments_are_shown_and_said_to_be_closed(tea: Built) -> None:
    section = page(tea, "pot/index.html").get_element_by_id("comments")
    assert "Comments are closed." in text_of(section)
    assert "Neither matters." in text_of(section)
    assert "Comments are closed." not in tea.read("cup/index.html")


def test_a_comment_without_an_author_is_by_someone(tea: Built) -> None:
    assert text_of(comment_on(tea, "pot/index.html", "c1").find("header")).startswith("? Someone")


def test_a_page_can_have_comments_and_no_debate(tea: Built) -> None:
    assert "Nice site." in text_of(comment_on(tea, "pages/guest-book.html", "c1"))
    assert not page(tea, "pages/guest-book.html").xpath("//details")
    assert "guest-book" not in tea.read("debate/tea/debate.json")


def test_an_essay_without_comments_says_so_and_has_no_panel(tea: Built) -> None:
    root = page(tea, "spoon/index.html")
    assert text_of(root.get_element_by_id("comments-heading")) == "No comments yet"
    assert not root.xpath('//*[contains(@class, "panel")]')


def test_an_essay_without_a_date_shows_none(tea: Built) -> None:
    assert page(tea, "undated/index.html").xpath('//main//*[contains(@class, "byline")]//time') == []
    assert "1970" not in "".join(tea.read(path) for path in ("undated/index.html", "index.html"))


def test_a_draft_and_a_translation_are_built_without_a_discussion(tea: Built, tmp_path: Path) -> None:
    assert "comments-heading" not in tea.read("drafts/unfinished.html")
    french = essay_file("La Tasse", Slug="cup", Lang="fr")
    files = {"essays/cup.md": essay_file(Slug="cup"), "essays/cup.fr.md": french, "comments/cup/c1.md": comment_file()}
    built = build(tmp_path, files, ARTICLE_LANG_SAVE_AS="fr/{slug}.html", fatal="warnings")
    assert "comment-c1" in built.read("cup/index.html")
    assert "comments-heading" not in built.read("fr/cup.html")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site of odd threads: a chain of 1,000 replies, an orphan, a ring, a comment that answers itself."""
    chain = {
        f"comments/deep/c{n}.md": comment_file(f"Reply {n}.", **({"In_Reply_To": f"c{n - 1}"} if n else {}))
        for n in range(1000)
    }
    odd = {
        "comments/odd/orphan.md": comment_file("Where is it?", In_Reply_To="lost"),
        "comments/odd/ring-a.md": comment_file("A.", In_Reply_To="ring-b"),
        "comments/odd/ring-b.md": comment_file("B.", In_Reply_To="ring-a"),
        "comments/odd/self.md": comment_file("Me.", In_Reply_To="self"),
        "comments/odd/waiting.md": comment_file("Held.", Status="pending"),
        "comments/odd/reply.md": comment_file("To the held one.", In_Reply_To="waiting"),
    }
    essays = {f"essays/{slug}.md": essay_file(slug, Slug=slug) for slug in ("deep", "odd")}
    built = build(tmp_path_factory.mktemp("odd"), chain | odd | essays, FEED_MAX_ITEMS=None)
    assert built.code == 0, built.log
    return built


def test_a_chain_of_a_thousand_replies_is_built_whole_and_in_order(odd: Built) -> None:
    articles = page(odd, "deep/index.html").xpath("//main//article/article | //main//li/article")
    assert [article.get("id") for article in articles] == [f"comment-c{n}" for n in range(1000)]
    assert len(re.findall("<entry>", odd.read("feeds/comments/deep.atom.xml"))) == 1000


def test_deep_replies_stop_moving_right_and_say_whom_they_answer(odd: Built) -> None:
    root = page(odd, "deep/index.html")
    assert max(len(list(article.iterancestors("ol"))) for article in root.iter("article")) == 9
    assert texts(odd, "deep/index.html", '//article[@id="comment-c700"]//a[@href="#comment-c699"]') == [
        "level 701, in reply to Bob"
    ]


def test_an_orphan_and_a_reply_to_a_held_comment_stand_as_roots_with_a_note(odd: Built) -> None:
    for id in ("orphan", "reply"):
        assert "answers a comment that is not kept here" in text_of(comment_on(odd, "odd/index.html", id))
        assert _children(page(odd, "odd/index.html"))[f"comment-{id}"] is None


def test_rings_of_replies_are_cut_with_a_warning_and_every_comment_shown(odd: Built) -> None:
    shape = _children(page(odd, "odd/index.html"))
    assert {"comment-ring-a", "comment-ring-b", "comment-self"} < set(shape)
    assert odd.log.count("replies run in a ring") == 2


# Debates


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the small site with a second debate, which is one more file."""
    files = {
        **sites.TEA_SITE,
        "debates/wine.toml": WINE,
        "essays/glass.md": essay_file("The Glass", Slug="glass", Debate="wine"),
        "comments/glass/g1.md": comment_file("Red it is.", Stance="red-1"),
    }
    built = build(tmp_path_factory.mktemp("two"), files, fatal="warnings", DEFAULT_PAGINATION=2)
    assert built.code == 0, built.log
    return built


def test_a_second_debate_is_only_another_file_with_stances_of_its_own(two: Built) -> None:
    data = json.loads(two.read("debate/wine/debate.json"))
    assert [stance["key"] for stance in data["stances"]] == ["red-1", "wine"]
    assert [essay["slug"] for essay in data["essays"]] == ["glass"]
    assert texts(two, "debate/wine/red-1/index.html", '//*[@class="comment"]//*[contains(@class, "body")]') == [
        "Red it is."
    ]
    assert "feeds/debate/wine/red-1.atom.xml" in two.files()


def test_debates_do_not_mix(two: Built) -> None:
    assert "Red it is." not in two.read("debate/tea/debate.json")
    rows = csv.DictReader(io.StringIO(two.read("debate/tea/comments.csv").removeprefix("\ufeff")))
    assert "glass" not in {row["essay"] for row in rows}


def test_two_debates_have_an_index_and_one_has_none(two: Built, tea: Built) -> None:
    assert [a.get("href") for a in page(two, "debate/index.html").xpath("//main//h2/a")] == [
        "https://example.org/debate/tea/",
        "https://example.org/debate/wine/",
    ]
    assert "debate/index.html" not in tea.files()


def test_a_list_over_several_pages_and_debates_has_one_heading_and_a_title_a_page(two: Built) -> None:
    lists = ["index.html", "index2.html", "index3.html", "author/ann.html", "author/ann2.html"]
    assert [len(page(two, path).xpath("//h1")) for path in lists] == [1] * len(lists)
    assert [text_of(page(two, path).find(".//title")) for path in lists] == [
        "Test",
        "Test, page 2",
        "Test, page 3",
        "Essays by Ann – Test",
        "Essays by Ann, page 2 – Test",
    ]
    assert texts(two, "index.html", "//main//h2")[:2] == ["Milk first?", "Red or white?"]


def test_an_essay_can_opt_out_of_the_default_debate(tmp_path: Path) -> None:
    files = {
        "debates/tea.toml": TEA,
        "essays/cup.md": essay_file(Slug="cup"),
        "essays/pot.md": essay_file("Pot", Slug="pot", Debate="none"),
        "comments/cup/c1.md": comment_file(Stance="tea"),
        "comments/pot/c1.md": comment_file(),
    }
    built = build(tmp_path, files, DEBATE_DEFAULT="tea", fatal="warnings")
    assert built.code == 0, built.log
    assert [essay["slug"] for essay in json.loads(built.read("debate/tea/debate.json"))["essays"]] == ["cup"]


def test_addresses_follow_the_settings(tmp_path: Path) -> None:
    changed = {
        "DEBATE_URL": "on/{key}/",
        "DEBATE_STANCE_URL": "on/{key}/for/{stance}/",
        "DEBATE_COMMENTS_FEED_ATOM": "all.xml",
        "DEBATE_PATH": "questions",
        "DEBATE_COMMENTS_PATH": "replies",
    }
    files = {
        name.replace("debates/", "questions/").replace("comments/", "replies/"): text
        for name, text in sites.TEA_SITE.items()
    }
    built = build(tmp_path, files, fatal="warnings", **changed)
    assert {"on/tea/index.html", "on/tea/for/milk/index.html", "all.xml", "on/tea/debate.json"} <= set(built.files())
    assert not [path for path in built.files() if path.startswith("debate/")]


def test_the_panel_counts_every_label_and_quotes_each_stance_present(tea: Built) -> None:
    panel = page(tea, "cup/index.html").xpath('//*[@class="debate-panel"]')[0]
    rows = panel.xpath('.//figure[@id="panel-stances"]//tbody/tr')
    counts = {text_of(row.find("th")): text_of(row.findall("td")[0]) for row in rows}
    assert counts == {"Milk first": "1", "Tea first": "1", "takes no side": "0", "not sure": "0"}
    assert [text_of(quote) for quote in panel.iter("blockquote")] == [
        "I put the milk in first.",
        "Tea goes in first, always.",
    ]
    assert panel.xpath('.//a[@href="https://example.org/cup/#comment-c1"]')


def test_the_sidebar_shows_the_newest_comments_on_every_page(tea: Built) -> None:
    for path in ("index.html", "spoon/index.html", "debate/tea/index.html"):
        recent = texts(tea, path, '//section[@class="recent"]//li/a')
        assert recent[:2] == ["Eve on Guest book", "Someone on The Pot & the Kettle"]
        assert len(recent) == 5
