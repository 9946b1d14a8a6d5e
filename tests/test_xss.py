"""Published XSS vectors in every field of a real site: what parsers then find on pages, in feeds and in data files."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator

import pytest
import tinyhtml5
from debate.sanitizing import plain_text, safe_html
from factories import Built
from harmless import ACTIVE_TAGS, element_faults, faults
from lxml import etree
from vectors import build_with, twin, vectors

VECTORS = vectors()


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
        for parsed in (str(safe_html(markdown)), plain_text(safe_html(markdown)).replace("<", "&lt;")):
            assert faults(parsed) == []
            assert list(_faults_of(tinyhtml5.parse(f"<!doctype html><body>{parsed}"))) == []


def test_pages_hold_what_their_harmless_twins_hold_and_nothing_else_that_acts(attacked: Built, calm: Built) -> None:
    pages = [path for path in attacked.files() if path.endswith(".html")]
    assert len(pages) > 20
    found = {path: list(_faults_of(tinyhtml5.parse(attacked.read(path)), own=True)) for path in pages}
    assert {path: fault for path, fault in found.items() if fault} == {}
    for path in set(pages) & set(calm.files()):
        assert _active(attacked, path) == _active(calm, path), path


def test_no_vector_changes_the_outline_of_a_page(attacked: Built, calm: Built) -> None:
    for path in calm.files():
        if path.endswith(".html") and path in attacked.files():
            assert _outline(attacked, path) == _outline(calm, path), path


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
    assert [fault for text in html for fault in faults(text)] == []


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
    assert len(rows) > 5 * len(VECTORS)
    assert [cell for row in rows[1:] for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠")] == []


def test_no_address_of_a_stranger_is_fetched_by_a_page(attacked: Built) -> None:
    for path in attacked.files():
        if path.endswith((".html", ".css", ".svg")):
            root = tinyhtml5.parse(attacked.read(path))
            fetched = [e.get("src") or e.get("srcset") or e.get("data") or e.get("poster") for e in root.iter()]
            links = [e.get("href") for e in root.iter() if _tag(e) == "link" and e.get("rel") != "canonical"]
            assert [each for each in (*fetched, *links) if each and "evil.example" in each] == [], path


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _faults_of(root: etree._Element, *, own: bool = False) -> Iterator[str]:
    """Yield the faults of a whole page; `own` leaves out what a page's own template may hold, which its twin has too."""
    for element in root.iter():
        if _tag(element):
            element.tag = _tag(element)
            yield from (fault for fault in element_faults(element, images=own) if not (own and fault.endswith("x>")[:0]))


def _active(built: Built, path: str) -> Counter[str]:
    return Counter(tag for e in tinyhtml5.parse(built.read(path)).iter() if (tag := _tag(e)) in ACTIVE_TAGS)


def _outline(built: Built, path: str) -> list[str]:
    wanted = ("h1", "h2", "main", "nav", "header", "footer", "article", "section", "title", "body", "html")
    return [tag for e in tinyhtml5.parse(built.read(path)).iter() if (tag := _tag(e)) in wanted]


def _structured(built: Built, path: str) -> list[str]:
    root = tinyhtml5.parse(built.read(path))
    return [e.text for e in root.iter() if _tag(e) == "script" and e.get("type") == "application/ld+json"]


def _pairs(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from ((key, each) for key, each in value.items() if isinstance(each, str))
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _pairs(each)


def _html_in(value: object) -> list[str]:
    return [text for key, text in _pairs(value) if key.endswith("html")]
