from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedgenerator
import feedparser
import pytest
import sites
from debate.feeds import FeedHead, FeedItem, XmlType, comment_feed, feed_items
from debate.languages import ENGLISH
from factories import ROOT, TEA, Built, build, comment, comment_file, essay_file, thread
from lxml import etree
from markupsafe import Markup

SITE = "https://example.org"
NAMESPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "thr": "http://purl.org/syndication/thread/1.0",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


def _feeds(built: Built) -> list[str]:
    return [path for path in built.files() if path.startswith("feeds/") and path.endswith(".xml")]


def _tree(built: Built, path: str) -> Any:
    return etree.fromstring(built.read(path).encode())


def _parsed(built: Built, path: str) -> Any:
    return feedparser.parse(built.read(path).encode())


def _titles(built: Built, path: str) -> list[str]:
    return [entry.title for entry in _parsed(built, path).entries]


def _ids(built: Built, path: str) -> list[str]:
    return [entry.id for entry in _parsed(built, path).entries]


def _absolute(tree: Any) -> Iterator[str]:
    yield from tree.xpath("//@href | //*[local-name()='link']/text()")


@pytest.mark.parametrize("site", ["tea", "hostile", "shipped"])
def test_every_feed_keeps_to_its_standard_and_parses(site: str, request: pytest.FixtureRequest) -> None:
    built = request.getfixturevalue(site)
    schemas = {kind: etree.RelaxNG(etree.parse(ROOT / f"tests/schemas/{kind}.rng")) for kind in ("atom", "rss")}
    assert len(_feeds(built)) > 8
    for path in _feeds(built):
        schemas[path.split(".")[-2]].assertValid(_tree(built, path))
        assert not _parsed(built, path).bozo, path


@pytest.mark.parametrize(
    ("schema", "wrong"),
    [
        ("atom", '<feed xmlns="http://www.w3.org/2005/Atom"><title>No id, no date</title></feed>'),
        ("rss", '<rss version="2.0"><channel><title>No link</title></channel></rss>'),
    ],
)
def test_the_schemas_refuse_what_the_standards_refuse(schema: str, wrong: str) -> None:
    assert not etree.RelaxNG(etree.parse(ROOT / f"tests/schemas/{schema}.rng")).validate(etree.fromstring(wrong))


@pytest.mark.parametrize("site", ["tea", "shipped"])
def test_every_address_in_a_feed_is_absolute_and_every_id_is_used_once(
    site: str, request: pytest.FixtureRequest
) -> None:
    built = request.getfixturevalue(site)
    for path in _feeds(built):
        assert all(address.startswith(("http://", "https://")) for address in _absolute(_tree(built, path))), path
        ids = _ids(built, path)
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_of_comments_names_author_and_essay_newest_first(tea: Built, kind: str) -> None:
    assert _titles(tea, f"feeds/comments.{kind}.xml") == [
        "Eve on Guest book",
        "Someone on The Pot & the Kettle",
        "Dan on The Cup",
        "Cleo on The Cup",
        "Ann on The Cup",
        "Bob on The Cup",
    ]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_an_essay_has_a_feed_of_its_own_comments(tea: Built, kind: str) -> None:
    assert _ids(tea, f"feeds/comments/pot.{kind}.xml") == [f"{SITE}/pot/#comment-c1"]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_stance_has_a_feed_of_the_comments_that_argue_it(tea: Built, kind: str) -> None:
    assert _ids(tea, f"feeds/debate/tea/milk.{kind}.xml") == [f"{SITE}/cup/#comment-c2"]
    assert _ids(tea, f"feeds/debate/tea/tea.{kind}.xml") == [f"{SITE}/cup/#comment-c1"]


def test_an_essay_without_comments_and_a_draft_have_no_feed(tea: Built) -> None:
    assert not [path for path in _feeds(tea) if "spoon" in path or "unfinished" in path]


def test_a_stance_that_nobody_argues_has_no_feed_and_no_link_to_one(tmp_path: Path) -> None:
    files = {
        "debates/tea.toml": sites.TEA,
        "essays/cup.md": essay_file(Slug="cup", Debate="tea"),
        "comments/cup/c1.md": comment_file(Stance="tea"),
    }
    built = build(tmp_path, files)
    assert "feeds/debate/tea/milk.atom.xml" not in built.files()
    assert "milk.atom.xml" not in built.everything()


def test_an_atom_entry_says_which_comment_or_essay_it_answers(tea: Built) -> None:
    entries = _tree(tea, "feeds/comments/cup.atom.xml").findall("a:entry", NAMESPACES)
    links = {e.findtext("a:id", "", NAMESPACES): e.find("thr:in-reply-to", NAMESPACES) for e in entries}
    page, essay = f"{SITE}/cup/", "tag:example.org,2020-01-01:/cup/"
    assert {id: (link.get("ref"), link.get("href")) for id, link in links.items()} == {
        f"{page}#comment-c1": (essay, page),
        f"{page}#comment-c2": (f"{page}#comment-c1",) * 2,
        f"{page}#comment-c4": (f"{page}#comment-c3",) * 2,
        f"{page}#comment-c5": (essay, page),
    }


@pytest.mark.parametrize(("site", "replies", "elsewhere"), [("shipped", 20, 0), ("tea", 1, 1)])
def test_a_reply_refers_to_the_very_id_of_its_parent_and_a_root_to_the_id_of_the_essay(
    site: str, replies: int, elsewhere: int, request: pytest.FixtureRequest
) -> None:
    built = request.getfixturevalue(site)
    comments = _tree(built, "feeds/comments.atom.xml")
    refs = set(comments.xpath("//thr:in-reply-to/@ref", namespaces=NAMESPACES))
    shown = set(comments.xpath("//a:entry/a:id/text()", namespaces=NAMESPACES))
    roots = {ref for ref in refs if "#" not in ref}
    assert len(roots - set(_ids(built, "feeds/essays.atom.xml"))) == elsewhere, "pages stand in no feed"
    assert len(shown & refs) >= replies


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_an_existing_blog_keeps_the_ids_that_pelican_gave_its_essays(tmp_path: Path, kind: str) -> None:
    files = {
        "essays/cup.md": essay_file(Slug="cup", date="2026-01-01 23:30"),
        "essays/pot.md": essay_file("Pot", Slug="pot", Category="Pots"),
    }
    paths = {
        "atom": ("feeds/essays.atom.xml", "feeds/ann.atom.xml", "feeds/pots.xml"),
        "rss": ("feeds/essays.rss.xml",),
    }
    settings = {"THEME": "simple", "TIMEZONE": "Asia/Tokyo", "CATEGORY_FEED_ATOM": "feeds/{slug}.xml"}
    plain = build(tmp_path / "plain", files, PLUGINS=[], **settings)
    before = {path: _ids(plain, path) for path in paths[kind]}
    assert before[f"feeds/essays.{kind}.xml"][0] == "tag:example.org,2026-01-01:/cup/"
    with_plugin = build(tmp_path / "plugin", files, **settings)
    assert {path: _ids(with_plugin, path) for path in paths[kind]} == before
    commented = files | {"debates/tea.toml": TEA, "comments/cup/c1.md": comment_file(Stance="tea")}
    with_debate = build(tmp_path / "debate", commented, DEBATE_DEFAULT="tea", **settings)
    assert {path: _ids(with_debate, path) for path in paths[kind]} == before


def test_an_essay_without_a_date_has_its_address_as_id(tea: Built) -> None:
    for kind in ("atom", "rss"):
        assert f"{SITE}/undated/" in _ids(tea, f"feeds/essays.{kind}.xml")


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """Build the small site with ids that last, and again with every date changed by a year."""
    redated = {name: text.replace("2020-0", "2021-0") for name, text in sites.TEA_SITE.items()}
    folder = tmp_path_factory.mktemp("lasting")
    before, after = (
        build(folder / name, files, DEBATE_LASTING_IDS=True)
        for name, files in (("before", sites.TEA_SITE), ("after", redated))
    )
    return before, after


def test_where_ids_are_to_last_none_in_any_feed_changes_with_an_edited_date(lasting: tuple[Built, Built]) -> None:
    before, after = lasting
    assert _feeds(before) == _feeds(after)
    for path in _feeds(before):
        assert before.read(path) != after.read(path)
        assert _ids(before, path) == _ids(after, path)


def test_no_comments_id_changes_with_an_edited_date(tea: Built, lasting: tuple[Built, Built]) -> None:
    paths = [path for path in _feeds(tea) if path.startswith(("feeds/comments", "feeds/debate"))]
    assert len(paths) > 8
    assert [_ids(tea, path) for path in paths] == [_ids(lasting[1], path) for path in paths]


def test_an_essay_in_the_rss_feed_counts_its_comments_and_names_their_feed(tea: Built) -> None:
    items = _tree(tea, "feeds/essays.rss.xml").findall("channel/item")
    said = {
        item.findtext("link"): (
            item.findtext("slash:comments", namespaces=NAMESPACES),
            item.findtext("wfw:commentRss", namespaces=NAMESPACES),
            item.findtext("comments"),
        )
        for item in items
    }
    assert said[f"{SITE}/cup/"] == ("4", f"{SITE}/feeds/comments/cup.rss.xml", f"{SITE}/cup/#comments")
    assert said[f"{SITE}/spoon/"] == ("0", None, f"{SITE}/spoon/#comments")


def test_an_essay_in_the_atom_feed_links_to_its_replies_with_their_count(tea: Built) -> None:
    essays = _tree(tea, "feeds/essays.atom.xml")
    (entry,) = essays.xpath(f"//a:entry[a:link/@href='{SITE}/cup/']", namespaces=NAMESPACES)
    links = entry.xpath("a:link[@rel='replies']", namespaces=NAMESPACES)
    assert {(link.get("type"), link.get("href")) for link in links} == {
        ("text/html", f"{SITE}/cup/#comments"),
        ("application/atom+xml", f"{SITE}/feeds/comments/cup.atom.xml"),
    }
    assert {link.get(f"{{{NAMESPACES['thr']}}}count") for link in links} == {"4"}


def test_a_stance_is_the_category_of_a_comment_and_off_is_none(tea: Built) -> None:
    entries = {entry.id: entry for entry in _parsed(tea, "feeds/comments/cup.atom.xml").entries}
    terms = {id.rsplit("-")[-1]: [tag.term for tag in entry.get("tags", [])] for id, entry in entries.items()}
    assert terms == {"c1": ["Tea first"], "c2": ["Milk first"], "c4": [], "c5": []}


def test_the_words_of_a_comment_arrive_as_html(tea: Built) -> None:
    (entry,) = _parsed(tea, "feeds/debate/tea/tea.atom.xml").entries
    assert entry.content[0].value == "<p>Tea goes in <em>first</em>, always.</p>"
    (item,) = _parsed(tea, "feeds/debate/tea/tea.rss.xml").entries
    assert item.summary == entry.content[0].value


def test_feeds_hold_as_many_entries_as_pelicans_own(tmp_path: Path) -> None:
    built = build(tmp_path, sites.TEA_SITE, FEED_MAX_ITEMS=2)
    assert [len(_titles(built, f"feeds/{name}.atom.xml")) for name in ("comments", "comments/cup", "essays")] == [2] * 3


def test_a_feed_that_is_switched_off_is_neither_written_nor_linked(tmp_path: Path) -> None:
    off = {f"DEBATE_{name}_FEED_RSS": None for name in ("COMMENTS", "THREAD", "STANCE")}
    built = build(tmp_path, sites.TEA_SITE, **off)
    assert [path for path in _feeds(built) if path.endswith("rss.xml") and path != "feeds/essays.rss.xml"] == [
        "feeds/ann.rss.xml"
    ]
    assert "commentRss" not in built.read("feeds/essays.rss.xml")
    assert "comments.rss.xml" not in built.read("index.html")


def test_the_feed_of_all_comments_is_linked_even_where_no_recent_comments_are_shown(tmp_path: Path) -> None:
    built = build(tmp_path, sites.TEA_SITE, DEBATE_RECENT_COMMENTS=0)
    assert 'href="https://example.org/feeds/comments.atom.xml"' in built.read("index.html")


def test_an_essays_entry_ends_with_where_its_discussion_stands(shipped: Built) -> None:
    words = json.loads(shipped.read("debate/networking/debate.json"))["essays"][0]["summary"]["words"]
    for name in ("atom", "rss"):
        entry = feedparser.parse(shipped.read(f"feeds/essays.{name}.xml")).entries[0]
        text = entry.content[0].value if name == "atom" else entry.summary
        assert words in text.replace("&#39;", "'").replace("&#34;", '"')


def _written(kind: XmlType, item: FeedItem) -> tuple[Any, str]:
    text = comment_feed(kind, FeedHead("Tea & <milk>", "d", f"{SITE}/", f"{SITE}/f"), [item])
    return etree.fromstring(text.encode()), text


def _made(html: str = "<p>A</p>", **changes: Any) -> FeedItem:
    """Return an item as `feed_items` makes it of one comment on an essay."""
    discussion = thread([comment("c1", html=Markup(html))], title="Cup\x00\ufffes")
    pairs = [(discussion, discussion.entries[0])]
    (item,) = feed_items(pairs, site_url=SITE, debate_of={}, language=ENGLISH)
    return replace(item, **changes)


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_names_titles_and_categories_of_any_signs_arrive_as_they_are(kind: XmlType) -> None:
    hostile = "\"A\" & 'B' <c> ]]>"
    tree, _ = _written(kind, _made(title=hostile, author=hostile, category=hostile))
    found = [*tree.itertext(), *tree.xpath("//@term")]
    assert found.count(hostile) == 3


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_control_character_in_an_essays_title_spoils_no_feed(kind: XmlType) -> None:
    tree, text = _written(kind, _made())
    assert "\x00" not in text
    assert any(part.endswith(" on Cups") for part in tree.itertext())


@pytest.mark.parametrize(("kind", "element"), [("atom", '<content type="html"/>'), ("rss", "<description/>")])
def test_a_comment_without_words_is_an_empty_element(kind: XmlType, element: str) -> None:
    assert element in _written(kind, _made(html=""))[1]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_of_comments_is_what_feedgenerator_would_write(kind: XmlType) -> None:
    item = _made(html='<p>"Tea" &amp; milk</p>', category='Milk "first"')
    feed_class = feedgenerator.Atom1Feed if kind == "atom" else feedgenerator.Rss201rev2Feed
    feed = feed_class(
        title="Tea & <milk>",
        link=f"{SITE}/",
        description="d",
        feed_url=f"{SITE}/f",
        feed_guid=f"{SITE}/f",
        language="en",
    )
    words = {"content" if kind == "atom" else "description": str(item.entry.comment.html)}
    feed.add_item(
        **{
            "title": "T",
            "link": item.link,
            "unique_id": item.link,
            "author_name": item.author,
            "pubdate": item.date,
            "categories": [item.category],
            "description": None,
        }
        | words
    )
    own = re.sub(
        r' xmlns:thr="[^"]*"|<thr:[^>]*/>|<link [^>]*rel="related"[^>]*/>',
        "",
        _written(kind, replace(item, title="T"))[1],
    )
    assert own == feed.writeString("utf-8")
