"""What stands in the head of a page for machines: policy, addresses, what a shared link shows."""

from __future__ import annotations

import re
from ast import literal_eval
from pathlib import Path

import pytest
from factories import ROOT, Built, build, essay_file
from pages import page, paths
from sites import TEA_SITE

POLICY = "//meta[@http-equiv='Content-Security-Policy']/@content"
INLINE = (
    "//script[not(@src) and not(@type='application/ld+json')] | //style | //@style | //@*[starts-with(name(), 'on')]"
)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build three essays, one a page of the list, with a draft, a hidden essay and a page for lost readers."""
    files = {
        **{f"essays/e{day}.md": essay_file(f"E{day}", Slug=f"e{day}", date=f"2020-01-0{day}") for day in (1, 2, 3)},
        "essays/draft.md": essay_file("Draft", Slug="draft", Status="draft"),
        "essays/hidden.md": essay_file("Hidden", Slug="hidden", Status="hidden"),
        "pages/404.md": "Title: Lost\nSlug: 404\nStatus: hidden\nsave_as: 404.html\nurl: 404.html\n\nLost.\n",
    }
    patterns = [
        (1, "{base_name}/", "{base_name}/index.html"),
        (2, "{base_name}/{number}/", "{base_name}/{number}/index.html"),
    ]
    settings = {"SITEURL": "https://example.org/blog", "DEFAULT_PAGINATION": 1, "PAGINATION_PATTERNS": patterns}
    built = build(tmp_path_factory.mktemp("many"), files, RELATIVE_URLS=True, **settings)
    assert built.code == 0, built.log
    return built


def _meta(built: Built, path: str, name: str) -> list[str]:
    return page(built, path).xpath(f"//meta[@property='{name}' or @name='{name}']/@content")


def test_every_page_says_before_anything_is_loaded_that_only_the_site_itself_may_be(tea: Built) -> None:
    for path in paths(tea):
        (policy,) = page(tea, path).xpath(POLICY)
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "unsafe" not in policy
        before = tea.read(path).partition("Content-Security-Policy")[0]
        assert "<link" not in before
        assert "<script" not in before


def test_no_page_holds_anything_that_the_policy_forbids(tea: Built, shipped: Built, hostile: Built) -> None:
    for built in (tea, shipped, hostile):
        assert {path: found for path in paths(built) if (found := page(built, path).xpath(INLINE))} == {}


def test_an_owner_changes_directives_by_name_and_may_leave_the_policy_out(tmp_path: Path) -> None:
    wide = {"img-src": "'self' https://images.example", "frame-src": "https://video.example", "media-src": None}
    built = build(tmp_path / "wide", TEA_SITE, CONTENT_SECURITY_POLICY=wide)
    (policy,) = page(built, "cup/index.html").xpath(POLICY)
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://images.example; "
        "form-action 'self'; base-uri 'none'; frame-src https://video.example"
    )
    assert page(build(tmp_path / "none", TEA_SITE, CONTENT_SECURITY_POLICY=None), "cup/index.html").xpath(POLICY) == []


def test_the_documented_setting_lets_isso_ask_the_site_and_nobody_else(tmp_path: Path) -> None:
    text = (ROOT / "docs/replies.md").read_text(encoding="utf-8")
    (setting,) = re.findall(r"CONTENT_SECURITY_POLICY = (.+)", text)
    built = build(tmp_path, TEA_SITE, CONTENT_SECURITY_POLICY=literal_eval(setting))
    (policy,) = page(built, "cup/index.html").xpath(POLICY)
    assert "default-src 'none'; script-src 'self'" in policy
    assert policy.endswith("; connect-src 'self'")


def test_the_documented_headers_hold_the_policy_of_the_pages(tea: Built) -> None:
    (policy,) = page(tea, "cup/index.html").xpath(POLICY)
    text = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    assert f"    {policy}\n" in text
    documented = set(re.findall(r"""Content-Security-Policy:?\s"?(default-src[^"\n]+)""", text))
    assert len(documented) == 1
    assert set(policy.split("; ")) - set(documented.pop().split("; ")) == {"script-src 'self'"}


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", ""),
        ("2/index.html", "2/"),
        ("e1/index.html", "e1/"),
        ("hidden/index.html", "hidden/"),
    ],
)
def test_a_page_names_its_own_address_whatever_address_it_is_read_at(many: Built, path: str, address: str) -> None:
    expected = f"https://example.org/blog/{address}"
    assert page(many, path).xpath("//link[@rel='canonical']/@href") == [expected]
    assert _meta(many, path, "og:url") == [expected]
    assert _meta(many, path, "robots") == []


@pytest.mark.parametrize("path", ["404.html", "drafts/draft.html"])
def test_what_nobody_should_find_asks_not_to_be_found(many: Built, path: str) -> None:
    assert _meta(many, path, "robots") == ["noindex"]
    assert page(many, path).xpath("//link[@rel='canonical']") == []


def test_the_page_for_lost_readers_works_at_any_depth_and_on_any_server(many: Built) -> None:
    addresses = page(many, "404.html").xpath("//@href | //@src")
    own = [address for address in addresses if not address.startswith(("https://getpelican.com", "#"))]
    assert [address for address in own if not address.startswith("/blog/")] == []
    assert "/blog/theme/css/main.css" in own


def test_a_shared_essay_shows_title_description_site_and_dates(tmp_path: Path) -> None:
    headers = {
        "Modified": "2020-03-01",
        "Tags": "tea & milk, cups",
        "Summary": 'Say "tea" & <b>smile</b>',
        "Lang": "en",
    }
    files = {"essays/cup.md": essay_file("Tea & Biscuits", Slug="cup", **headers)}
    built = build(tmp_path, files, SITENAME="Cups & Co")
    shared = {name: _meta(built, "cup/index.html", name) for name in (
        "og:title", "og:description", "description", "og:type", "og:site_name", "og:locale", "article:tag", "author",
        "article:published_time", "article:modified_time",
    )}  # fmt: skip
    assert shared == {
        "og:title": ["Tea & Biscuits"],
        "og:description": ['Say "tea" & smile'],
        "description": ['Say "tea" & smile'],
        "og:type": ["article"],
        "og:site_name": ["Cups & Co"],
        "og:locale": ["en"],
        "article:tag": ["tea & milk", "cups"],
        "author": ["Ann"],
        "article:published_time": ["2020-01-01T00:00:00+00:00"],
        "article:modified_time": ["2020-03-01T00:00:00+00:00"],
    }


def test_an_undated_essay_claims_no_date(tea: Built) -> None:
    assert _meta(tea, "undated/index.html", "article:published_time") == []
