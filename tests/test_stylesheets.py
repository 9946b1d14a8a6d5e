from __future__ import annotations

from pathlib import Path

import pytest
from debate.errors import StylesheetError
from debate.stylesheets import flatten, theme_sheet
from factories import Built
from pages import page, paths
from sites import write


def _flat(sheets: dict[str, str], path: str = "css/main.css") -> str:
    return flatten(path, sheets.get)


def test_an_import_gives_way_to_the_text_it_names_and_the_order_stays() -> None:
    sheets = {
        "css/main.css": '@import "a.css";\n@import url(b.css);\np { top: 0 }',
        "css/a.css": "a{}",
        "css/b.css": "b{}",
    }
    assert _flat(sheets) == "a{}\nb{}\np { top: 0 }\n"


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ('@import "a.css" layer(site);', "@layer site {\na{}\n}"),
        ('@import "a.css" layer;', "@layer  {\na{}\n}"),
        ('@import "a.css" print;', "@media print {\na{}\n}"),
        ("@import 'a.css' layer(x.y) (width > 9rem);", "@media (width > 9rem) {\n@layer x.y {\na{}\n}\n}"),
        ('@charset "utf-8";\n@layer one, two;\n@import "a.css";', "@layer one, two;\na{}"),
        ('/* one; */@import/* two */"a.css"/* three */;', "a{}"),
    ],
)
def test_the_conditions_of_an_import_become_the_blocks_that_mean_the_same(line: str, folded: str) -> None:
    assert _flat({"css/main.css": line, "css/a.css": "a{}"}) == f"{folded}\n"


def test_imports_within_imports_are_found_from_where_they_stand() -> None:
    sheets = {
        "css/main.css": '@import "../x/a.css";',
        "x/a.css": '@import "deep/b.css" layer(b);',
        "x/deep/b.css": "b{}",
    }
    assert _flat(sheets) == "@layer b {\nb{}\n}\n"


@pytest.mark.parametrize(
    ("address", "moved"),
    [
        ("dot.svg", '"../x/dot.svg"'),
        ("'../dot.svg'", '"../dot.svg"'),
        ('"/dot.svg"', '"/dot.svg"'),
        ("#mark", "#mark"),
        ("https://example.org/dot.svg", "https://example.org/dot.svg"),
    ],
)
def test_addresses_in_an_imported_sheet_are_seen_from_the_sheet_it_is_folded_into(address: str, moved: str) -> None:
    sheets = {"css/main.css": '@import "../x/a.css";', "x/a.css": f"p {{ background: url({address}) }}"}
    assert f"url({moved})" in _flat(sheets)


def test_comments_and_indents_are_left_out_but_never_words_in_quotes() -> None:
    text = "p {\n  /* gone */\n  content: '/* kept */  \"';\n\n}\na/**/b{}"
    assert _flat({"css/main.css": text}) == "p {\ncontent: '/* kept */  \"';\n}\na/**/b{}\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('@import "gone.css";', "there is no such stylesheet"),
        ('@import "main.css";', "it imports itself"),
        ('@import "https://fonts.example/a.css";', "only sheets of the site itself"),
        ("@import url(//fonts.example/a.css);", "only sheets of the site itself"),
        ('@import "a.css" supports(display: grid);', "with layer\\(\\) and media alone"),
    ],
)
def test_an_import_that_cannot_be_folded_stops_the_build_with_its_place_and_remedy(line: str, words: str) -> None:
    with pytest.raises(StylesheetError, match=words) as caught:
        _flat({"css/main.css": line})
    assert caught.value.where == "css/main.css"
    assert caught.value.remedy


def test_an_import_after_a_rule_is_no_import() -> None:
    assert _flat({"css/main.css": 'p{}\n@import "a.css";'}) == 'p{}\n@import "a.css";\n'


def test_only_a_theme_that_imports_the_plugins_sheets_has_its_own_folded(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"debate.css": "d{}"})
    theme = write(
        tmp_path / "theme",
        {"css/main.css": '@import "../debate/debate.css";\nm{}', "css/other.css": '@import "x.css";'},
    )
    assert theme_sheet("css/main.css", theme, own) == "d{}\nm{}\n"
    assert theme_sheet("css/other.css", theme, own) is None


def test_every_page_asks_for_one_stylesheet_that_asks_for_no_other(tea: Built) -> None:
    linked = {tuple(page(tea, path).xpath("//link[@rel='stylesheet']/@href")) for path in paths(tea)}
    assert {len(addresses) for addresses in linked} == {1}
    folded = tea.read("theme/css/main.css")
    assert "@import" not in folded
    assert "--paper:" in folded
    assert ".thread {" in folded
    assert ".chart {" in folded
    assert not (tea.output / "theme/debate/tokens.css").exists()


def test_every_page_of_another_theme_asks_for_one_sheet_of_the_plugin(hostile_bare: Built) -> None:
    assert page(hostile_bare, "cup/index.html").xpath("//link[@rel='stylesheet']/@href") == [
        "https://example.org/theme/debate/debate.css"
    ]
    assert hostile_bare.read("theme/debate/debate.css").count("--stance-sky:") >= 2
