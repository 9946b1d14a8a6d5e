"""The theme's templates over the kitchen sink: what a blogger expects of every kind of page."""

from __future__ import annotations

import re

import pytest
from factories import ROOT, Built, pelican
from pages import page, paths, text_of, texts

SINK = ROOT / "examples/kitchen-sink"


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the kitchen sink."""
    built = pelican(SINK, "sinkconf.py", tmp_path_factory.mktemp("sink"), "--fatal", "errors")
    assert built.code == 0, built.log
    return built


def _links(built: Built, path: str, xpath: str) -> list[tuple[str, str]]:
    return [(text_of(link), link.get("href")) for link in page(built, path).xpath(f"{xpath}//a")]


def test_every_page_has_one_heading_of_the_first_level_a_title_and_its_language(sink: Built) -> None:
    for path in paths(sink):
        root = page(sink, path)
        assert len(root.xpath("//h1")) == 1, path
        assert text_of(root.find(".//title")), path
        assert root.get("lang"), path


def test_a_site_that_names_no_icon_has_the_themes_and_one_that_does_has_its_own(sink: Built, shipped: Built) -> None:
    for built, icon in ((sink, "theme/icon.svg"), (shipped, "favicon.svg")):
        assert page(built, "index.html").xpath('//link[@rel="icon"]/@href') == [f"./{icon}"]
        assert built.read(icon).startswith("<svg")


def test_an_essays_byline_says_who_when_how_long_and_how_many_answered(sink: Built) -> None:
    (byline,) = texts(sink, "essays/many/index.html", '//article/header/p[@class="byline"]')
    assert byline == "Kim O'Hara10 February 20211 minute to read42 comments"


def test_a_changed_essay_says_when_and_a_translated_one_leads_to_its_translation(sink: Built) -> None:
    (byline,) = texts(sink, "essays/typography/index.html", '//article/header/p[@class="byline"]')
    assert "changed 2 April 2021" in byline
    assert ("Alles, was ein Text enthalten kann", "../../essays/typography/de/") in _links(
        sink, "essays/typography/index.html", '//p[@class="byline"]'
    )


def test_a_bar_below_the_title_says_the_shares_and_leads_to_the_panel(sink: Built) -> None:
    (bar,) = page(sink, "essays/one/index.html").xpath('//article/header/a[@class="standing"]')
    assert bar.get("href") == "#panel-heading"
    assert bar.find("svg").get("aria-label") == "Milk first: 1"


@pytest.mark.parametrize("slug", ["empty", "shut", "typography"])
def test_where_nothing_is_tagged_there_is_no_bar(sink: Built, slug: str) -> None:
    assert page(sink, f"essays/{slug}/index.html").xpath('//a[@class="standing"]//*[@role="img"]') == []


def test_a_draft_says_so(sink: Built) -> None:
    assert texts(sink, "drafts/draft.html", '//p[@class="note"]') == ["A draft: not linked from anywhere on this site."]
    assert page(sink, "essays/one/index.html").xpath('//p[@class="note"]') == []


def test_the_menu_holds_items_categories_and_pages_and_marks_where_one_is(sink: Built) -> None:
    menu = _links(sink, "categories/parts/index.html", "//header//nav")
    assert ("A menu item", "https://example.org/menu") in menu
    assert ("Scripts", "../../categories/scripts/") in menu
    assert ("A page with comments", "../../about/") in menu
    current = page(sink, "categories/parts/index.html").xpath("//header//nav//a[@aria-current]")
    assert [text_of(link) for link in current] == ["Parts"]
    assert page(sink, "essays/one/index.html").xpath("//header//nav//a[@aria-current]") == []


def test_the_footer_holds_the_owners_own_places_and_other_links(sink: Built) -> None:
    footer = page(sink, "index.html").xpath("//footer//li/a")
    assert [(text_of(link), link.get("rel")) for link in footer] == [
        ("Fediverse", "me"),
        ("Forge", "me"),
        ("A friend's site", None),
    ]


def test_the_archive_goes_by_years_and_ends_with_what_has_no_date(sink: Built) -> None:
    headings = texts(sink, "archive/index.html", "//main//h2")
    assert headings == ["2021", "2020", "Without a date", "Tags"]


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("archive/2021/index.html", "2021"),
        ("archive/1970/index.html", "Without a date"),
        ("tags/type/index.html", "Essays on “type”"),
        ("categories/parts/index.html", "Parts"),
        ("authors/kim-ohara/index.html", "Essays by Kim O'Hara"),
        ("tags/index.html", "Tags"),
        ("categories/index.html", "Categories"),
        ("authors/index.html", "Authors"),
    ],
)
def test_every_list_says_what_it_lists(sink: Built, path: str, heading: str) -> None:
    assert texts(sink, path, "//h1") == [heading]


def test_lists_of_names_count_their_essays(sink: Built) -> None:
    rows = dict(
        re.fullmatch(r"(.+) (\d+)", row).groups() for row in texts(sink, "tags/index.html", '//ul[@class="names"]/li')
    )
    assert rows["type"] == "2"


def test_wide_code_and_tables_can_be_reached_by_keyboard(sink: Built) -> None:
    wide = page(sink, "essays/typography/index.html").xpath(
        '//*[@class="prose e-content"]//*[self::pre or self::table]'
    )
    assert [(part.tag, part.get("tabindex")) for part in wide] == [("pre", "0"), ("table", "0")]


def test_no_finding_is_told_more_than_twice_on_the_page_of_a_debate(shipped: Built) -> None:
    said = " ".join(texts(shipped, "debate/networking/index.html", "//main//p | //figcaption"))
    assert said.count("No pairing stands out") == 2
    assert said.count("Tone is not stance") == 1
    assert "in at most 100 of each label" not in said


def test_what_a_machine_takes_for_what_stands_in_the_debates_order(shipped: Built) -> None:
    table = page(shipped, "how-stances-are-tagged/index.html").xpath('//table[@class="confusion"]')[0]
    names = ["Online is real networking", "It is a spectrum", "Face-to-face only", "takes no side"]
    assert [text_of(cell) for cell in table.xpath("thead//th")][1:] == names
    assert [text_of(cell) for cell in table.xpath("tbody//th")] == names
    hits = [[i for i, cell in enumerate(row) if "hit" in cell.get("class", "")] for row in table.xpath("tbody/tr")]
    assert hits == [[1], [2], [3], [4]]


def test_no_stylesheet_says_left_or_right_where_the_page_may_be_turned_round() -> None:
    sheets = [*(ROOT / "plugins/debate/static").glob("*.css"), *(ROOT / "theme/static/css").glob("*.css")]
    physical = re.compile(r"(?:margin|padding|border)-(?:left|right)\b|(?:text-align|float): (?:left|right)")
    assert {sheet.name: physical.findall(sheet.read_text(encoding="utf-8")) for sheet in sheets} == {
        sheet.name: [] for sheet in sheets
    }
