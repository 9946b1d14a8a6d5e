from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import sites
from debate.settings import DebateSettings
from debate.site_files import addresses
from factories import TEA, Built, build, comment_file, essay_file
from lxml import etree
from pages import page

SITE = "https://example.org/blog"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
FILES = {
    "debates/tea.toml": TEA,
    "essays/old.md": essay_file("Old", Slug="old", Debate="tea", date="2019-01-01", Tags="cups"),
    "essays/new.md": essay_file("New", Slug="new", date="2020-01-05", Modified="2020-02-01"),
    "essays/draft.md": essay_file("Draft", Slug="draft", Status="draft"),
    "essays/hidden.md": essay_file("Hidden", Slug="hidden", Status="hidden"),
    "essays/undated.md": essay_file("Undated & mild", Slug="undated-&-mild", date=None, Debate="none"),
    "pages/404.md": "Title: Lost\nSlug: 404\nStatus: hidden\nsave_as: 404.html\nurl: 404.html\n\nLost.\n",
    "pages/about.md": "Title: About\nSlug: about\n\nHere.\n",
    "comments/old/c1.md": comment_file(Stance="tea", date="2020-01-20"),
    "comments/old/c2.md": comment_file(Status="pending", date="2020-06-01"),
}


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site under a path, with its sitemap."""
    settings = {"SITEURL": SITE, "DEBATE_SITEMAP": "sitemap.xml", "DEFAULT_PAGINATION": 1, "AUTHOR_SAVE_AS": ""}
    built = build(tmp_path_factory.mktemp("mapped"), FILES, fatal="warnings", **settings)
    assert built.code == 0, built.log
    return built


def _dates(built: Built) -> dict[str, str | None]:
    tree = etree.fromstring(built.read("sitemap.xml").encode())
    entries = tree.findall("s:url", SITEMAP)
    dates = {e.findtext("s:loc", "", SITEMAP): e.findtext("s:lastmod", None, SITEMAP) for e in entries}
    assert len(dates) == len(entries)
    return {address.removeprefix(f"{SITE}/"): date and date[:10] for address, date in dates.items()}


def test_the_sitemap_names_every_page_to_be_found_with_the_day_it_last_changed(mapped: Built) -> None:
    assert _dates(mapped) == {
        "": "2020-02-01",
        "archives.html": "2020-02-01",
        "authors.html": "2020-02-01",
        "categories.html": "2020-02-01",
        "tags.html": "2020-02-01",
        "old/": "2020-01-20",
        "new/": "2020-02-01",
        "undated-&-mild/": None,
        "pages/about.html": None,
        "tag/cups.html": "2020-01-20",
        "category/essays.html": "2020-02-01",
        "debate/tea/": "2020-01-20",
        "debate/tea/milk/": "2020-01-20",
        "debate/tea/tea/": "2020-01-20",
    }


def test_every_address_of_the_sitemap_is_a_page_and_the_one_that_the_page_itself_names(shipped: Built) -> None:
    tree = etree.fromstring(shipped.read("sitemap.xml").encode())
    for address in tree.xpath("//s:loc/text()", namespaces=SITEMAP):
        path = address.removeprefix("http://localhost:8000/")
        file = f"{path}index.html" if not path or path.endswith("/") else path
        assert page(shipped, file).xpath("//link[@rel='canonical']/@href") == [address]


def test_a_translation_on_a_site_of_its_own_stands_in_that_sites_sitemap() -> None:
    english = SimpleNamespace(url="../cup/", save_as="../cup/index.html", translations=())
    german = SimpleNamespace(url="tasse/", save_as="tasse/index.html", translations=(english,))
    lists = dict.fromkeys(("pages", "tags", "categories", "authors", "DIRECT_TEMPLATES"), ())
    assert [*addresses(DebateSettings(), (), lists | {"articles": [german]})] == [("tasse/", None)]


def test_robots_learn_the_full_address_of_the_sitemap(mapped: Built) -> None:
    assert mapped.read("robots.txt") == f"User-agent: *\nDisallow:\n\nSitemap: {SITE}/sitemap.xml\n"


def test_a_robots_file_of_the_owners_own_stays(tmp_path: Path) -> None:
    own = {"STATIC_PATHS": ["extra"], "EXTRA_PATH_METADATA": {"extra/robots.txt": {"path": "robots.txt"}}}
    files = sites.TEA_SITE | {"extra/robots.txt": "User-agent: *\nDisallow: /\n"}
    built = build(tmp_path, files, DEBATE_SITEMAP="sitemap.xml", **own)
    assert built.read("robots.txt") == "User-agent: *\nDisallow: /\n"


def test_a_site_that_did_not_ask_gets_neither_sitemap_nor_robots_file(tea: Built) -> None:
    assert {"sitemap.xml", "robots.txt"} & set(tea.files()) == set()
