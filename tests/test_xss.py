"""Published XSS vectors in every field of a real site: what parsers then find on pages, in feeds and in data files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

import pytest
import tinyhtml5
from debate.desk.searching import _page as indexed
from debate.search import RECORDS, read_records
from factories import Built, safe_html
from harmless import ACTIVE_TAGS, element_faults, faults
from lxml import etree
from vectors import AN_ESSAY, build_with, twin, vectors

VECTORS = vectors()
CSP = "<meta http-equiv='Content-Security-Policy'>"
"""The one element of our own pages that would be a fault in a stranger's text."""

ESSAY_IMAGES = frozenset({("img", ("alt", "src"))})
"""An essay may hold images, an imported one too."""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the site with the vectors."""
    return build_with(tmp_path_factory.mktemp("attacked"), str)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the same site with harmless words in the place of every vector."""
    return build_with(tmp_path_factory.mktemp("calm"), twin)


def test_the_table_holds_well_over_sixty_vectors_of_many_classes() -> None:
    assert len(VECTORS) == len(set(VECTORS)) >= 150
    assert len({kind for kind, _ in VECTORS}) >= 15


@pytest.mark.parametrize(("kind", "text"), VECTORS, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(VECTORS)])
def test_a_vector_in_a_comment_leaves_nothing_that_acts(kind: str, text: str) -> None:
    for markdown in (text, f"[x]({text})", f"<{text}>", f'<a href="{text}">x</a>', f"> {text}", f"```\n{text}\n```"):
        html = safe_html(markdown)
        assert faults(html) == []
        assert [fault for e in _parsed(f"<!doctype html><body>{html}") for fault in element_faults(e)] == []


def test_pages_hold_no_kind_of_element_that_their_harmless_twins_do_not_hold(attacked: Built, calm: Built) -> None:
    pages = [path for path in attacked.files() if path.endswith(".html")]
    assert len(pages) > 20
    found = {
        path: [fault for e in _elements(attacked, path) for fault in element_faults(e, images=True)] for path in pages
    }
    assert {fault for faults in found.values() for fault in faults if " " in fault} == {CSP}
    known = {kind for path in calm.files() if path.endswith(".html") for kind in _active(calm, path)}
    assert {path: _active(attacked, path) - known - ESSAY_IMAGES for path in pages} == {path: set() for path in pages}


@pytest.mark.parametrize("number", range(len(VECTORS) // AN_ESSAY))
def test_no_vector_breaks_out_of_its_comment(attacked: Built, calm: Built, number: int) -> None:
    path = f"v-{number}/index.html"
    shown, expected = ([e.get("id") for e in _elements(built, path) if _is_comment(e)] for built in (attacked, calm))
    assert sorted(shown) == sorted(expected)
    assert len(shown) == 3 * AN_ESSAY
    for tag in ("html", "head", "body", "main", "h1", "title", "base"):
        assert _count(attacked, path, tag) == _count(calm, path, tag), tag


def test_every_feed_is_well_formed_and_the_html_in_it_is_harmless(attacked: Built) -> None:
    feeds = [path for path in attacked.files() if path.endswith(".xml")]
    assert len([path for path in feeds if path.startswith("feeds/comments/v-")]) > 10
    entries = 0
    for path in feeds:
        for element in etree.fromstring(attacked.read(path).encode(), etree.XMLParser(resolve_entities=False)).iter():
            if etree.QName(element).localname in ("content", "summary", "description", "encoded") and element.text:
                entries += 1
                assert faults(element.text, images=True) == [], path
            assert [a for a in (element.get("href"), element.get("uri")) if a and ":" in a.split("/")[0][:12]
                    and not a.startswith(("http://", "https://"))] == []  # fmt: skip
    assert entries > len(VECTORS)


def test_every_json_file_parses_and_its_html_is_harmless(attacked: Built) -> None:
    files = [path for path in attacked.files() if path.endswith(".json")]
    assert files
    html = [text for path in files for text in _html_in(json.loads(attacked.read(path)))]
    assert [fault for text in html for fault in faults(text, images=True)] == []


def test_structured_data_is_data_and_its_addresses_are_web_addresses(attacked: Built) -> None:
    blocks = [block for path in attacked.files() if path.endswith(".html") for block in _structured(attacked, path)]
    assert len(blocks) > 10
    for block in blocks:
        assert "<" not in block
        addresses = [value for key, value in _pairs(json.loads(block)) if key in ("url", "@id", "sameAs", "image")]
        assert [value for value in addresses if ":" in value and not value.startswith(("http:", "https:", "/"))] == []


def test_no_cell_of_a_table_is_a_formula_and_every_comment_has_its_row(attacked: Built) -> None:
    text = attacked.read("debate/networking/comments.csv").removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) > 3 * len(VECTORS)
    assert [
        cell for row in rows[1:] for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    ] == []


def test_what_the_search_indexer_reads_holds_the_vectors_as_words_alone(attacked: Built) -> None:
    pytest.importorskip("pagefind", reason="without Pagefind a site has no search records")
    records, language = read_records(attacked.output.parent / ".cache" / RECORDS)
    assert len(records) > 3 * len(VECTORS)
    assert [record.url for record in records if urlsplit(record.url).scheme or record.url.startswith("/")] == []
    assert "<script>alert(1)</script>" in " ".join(record.text for record in records)
    for record in records:
        elements = _parsed(indexed(record, language))
        assert {element.tag for element in elements} == {"html", "head", "body", "p", "a"}, record
        names = {name for element in elements for name in element.attrib}
        assert names <= {"lang", "id", "content", "data-pagefind-meta", "data-pagefind-filter"}, record


def test_no_address_of_a_stranger_is_fetched_by_a_page(attacked: Built) -> None:
    for path in attacked.files():
        if path.endswith(".html"):
            elements = _elements(attacked, path)
            fetched = [e.get("src") or e.get("srcset") or e.get("data") or e.get("poster") for e in elements]
            links = [e.get("href") for e in elements if e.tag == "link"]
            assert [each for each in (*fetched, *links) if each and "//evil.example" in each] == [], path


def _parsed(page: str) -> list[etree._Element]:
    """Return the elements of a page as a browser would find them, named without a namespace."""
    elements = [element for element in tinyhtml5.parse(page).iter() if isinstance(element.tag, str)]
    for element in elements:
        element.tag = element.tag.rpartition("}")[2].lower()
    return elements


@cache
def _elements(built: Built, path: str) -> list[etree._Element]:
    return _parsed(built.read(path))


def _active(built: Built, path: str) -> set[tuple[str, tuple[str, ...]]]:
    """Return the kinds of elements on a page that can act: their names and those of their attributes."""
    return {(e.tag, tuple(sorted(e.attrib))) for e in _elements(built, path) if e.tag in ACTIVE_TAGS}


def _count(built: Built, path: str, tag: str) -> int:
    return sum(element.tag == tag for element in _elements(built, path))


def _is_comment(element: etree._Element) -> bool:
    return element.tag == "article" and (element.get("id") or "").startswith("comment-")


def _structured(built: Built, path: str) -> list[str]:
    return [e.text for e in _elements(built, path) if e.tag == "script" and e.get("type") == "application/ld+json"]


def _pairs(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from ((key, each) for key, each in value.items() if isinstance(each, str))
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _pairs(each)


def _html_in(value: object) -> list[str]:
    return [text for key, text in _pairs(value) if key.endswith("html")]
