"""Feeds as a person sees them in a browser: by XSL where it is known, by CSS where it is not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from factories import Built, build
from lxml import etree, html
from pages import fetched_by_css
from sites import TEA_SITE

XML = ("comments.atom.xml", "comments.rss.xml", "essays.atom.xml", "essays.rss.xml", "comments/cup.atom.xml")
INLINE = "//script | //style | //@style | //@*[starts-with(name(), 'on')] | //img | //iframe"


def _shown(built: Built, path: str) -> Any:
    """Return the page that XSL makes of a feed, as a browser parses it."""
    transform = etree.XSLT(etree.fromstring(built.read("theme/debate/feed.xsl").encode()))
    return html.document_fromstring(str(transform(etree.fromstring(built.read(f"feeds/{path}").encode()))))


@pytest.mark.parametrize("path", XML)
def test_every_feed_names_its_stylesheets_before_its_first_element(tea: Built, path: str) -> None:
    feed = etree.fromstring(tea.read(f"feeds/{path}").encode()).getroottree()
    found = [(pi.attrib["type"], pi.attrib["href"]) for pi in feed.xpath("/processing-instruction('xml-stylesheet')")]
    assert found == [("text/xsl", "/theme/debate/feed.xsl"), ("text/css", "/theme/debate/feed.css")]
    assert all(href.lstrip("/") in tea.files() for _, href in found)


def test_the_stylesheets_stand_where_the_site_stands_whatever_the_server(mapped_feed: str) -> None:
    assert 'href="/blog/theme/debate/feed.xsl"' in mapped_feed


@pytest.fixture(scope="module")
def mapped_feed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a feed of a site that stands under a path."""
    return build(tmp_path_factory.mktemp("path"), TEA_SITE, SITEURL="https://example.org/blog").read(
        "feeds/comments.atom.xml"
    )


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_is_shown_as_a_list_of_links_with_authors_and_words(tea: Built, kind: str) -> None:
    shown = _shown(tea, f"comments/cup.{kind}.xml")
    assert shown.xpath("//h1/text()") == ["Comments on The Cup"]
    assert shown.xpath("//h2/a/@href") == [f"https://example.org/cup/#comment-c{number}" for number in (5, 4, 2, 1)]
    assert shown.xpath("//li/p[@class='byline']/span[1]/text()") == ["Dan", "Cleo", "Ann", "Bob"]
    assert shown.xpath("normalize-space(//li[last()]/p[2])") == "Tea goes in first, always."
    assert shown.xpath("//code/text()") == [f"https://example.org/feeds/comments/cup.{kind}.xml"]
    dates = shown.xpath("//li[last()]/p[@class='byline']/span[2]/text()")
    assert dates == ["2020-01-02" if kind == "atom" else "02 Jan 2020"]


def test_quotes_and_signs_are_read_as_such_and_long_texts_are_cut(shipped: Built) -> None:
    words = [paragraph.text_content() for paragraph in _shown(shipped, "essays.rss.xml").xpath("//li/p[2]")]
    assert all(300 < len(text) < 620 and text.endswith("…") for text in words)
    everything = _shown(shipped, "comments.atom.xml").text_content()
    assert not re.search(r"&(?:#39|#34|quot|amp|lt);|</?p>", everything)


@pytest.mark.parametrize("path", XML)
def test_nothing_that_a_commenter_writes_becomes_markup_in_a_feeds_page(hostile: Built, path: str) -> None:
    shown = _shown(hostile, path)
    assert shown.xpath(INLINE) == []
    addresses = shown.xpath("//@href")
    assert [a for a in addresses if not a.startswith(("https://example.org/", "/theme/"))] == []


def test_a_feeds_page_loads_the_sites_styles_and_nothing_else(tea: Built) -> None:
    shown = _shown(tea, "comments.atom.xml")
    assert shown.xpath("//link/@href") == ["/theme/debate/feed.css", "/theme/css/main.css"]
    assert shown.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'; ")
    assert "disable-output-escaping" not in tea.read("theme/debate/feed.xsl")
    assert fetched_by_css(tea.read("theme/debate/feed.css")) == set()


def test_another_theme_shows_feeds_in_the_plugins_own_style(hostile_bare: Built) -> None:
    assert _shown(hostile_bare, "comments.atom.xml").xpath("//link/@href") == [
        "/theme/debate/feed.css",
        "/theme/debate/debate.css",
    ]
