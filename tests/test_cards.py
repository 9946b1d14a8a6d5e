from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from debate.cache import Cache
from debate.card_files import PlacedCard, placed_cards, write_cards
from debate.cards import Card
from debate.outputs import Outputs
from debate.settings import DebateSettings
from factories import ROOT, Built, build, thread
from pages import page
from sites import TEA_SITE

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")

from debate.card_painting import Painter, colours_of  # noqa: E402 - it needs Pillow

COLOURS = colours_of((ROOT / "plugins/debate/static/tokens.css").read_text(encoding="utf-8"))
CUP = Card("The Cup", "Cups", "Of two comments both argue “Tea first”.", (("sky", 1), ("amber", 3), ("unsure", 0)))
SITE = {"SITENAME": "Cups", "SITESUBTITLE": "On cups"}


@pytest.fixture(scope="module")
def painter() -> Painter:
    """Return a painter in the colours of tokens.css."""
    return Painter(COLOURS)


def _image(painter: Painter, card: Card) -> Any:
    return Image.open(BytesIO(painter.paint(card))).convert("RGB")


def _near(colour: Sequence[int], token: str) -> bool:
    wanted = bytes.fromhex(COLOURS[token].lstrip("#"))
    return all(abs(one - other) <= 8 for one, other in zip(colour, wanted, strict=True))


def _inked(image: Any) -> int:
    """Count the dark points of the part of a card where the title stands."""
    return sum(image.crop((80, 140, 1120, 440)).convert("L").histogram()[:90])


def _placed(**changes: Any) -> dict[str, PlacedCard]:
    essays = [SimpleNamespace(slug="cup", url="cup/", discussion=SimpleNamespace(thread=thread([]), summary=None))]
    return dict(placed_cards(DebateSettings(**changes), SITE, essays, ()))


def test_the_colours_are_those_of_the_light_scheme() -> None:
    assert COLOURS["paper"] == "#fbfaf6"
    assert {"ink", "ink-soft", "line", "link", "stance-sky", "stance-teal", "stance-none"} <= set(COLOURS)


def test_a_card_is_as_large_as_sites_show_it_and_small_to_fetch(painter: Painter) -> None:
    data = painter.paint(CUP)
    assert Image.open(BytesIO(data)).size == (1200, 630)
    assert Image.open(BytesIO(data)).format == "PNG"
    assert len(data) < 40_000


def test_the_bar_divides_its_width_as_the_comments_divide_in_the_stances_colours(painter: Painter) -> None:
    image = _image(painter, CUP)
    assert _near(image.getpixel((90, 460)), "stance-sky")
    assert _near(image.getpixel((330, 460)), "stance-sky")
    assert _near(image.getpixel((350, 460)), "stance-amber")
    assert _near(image.getpixel((1110, 460)), "stance-amber")
    assert _near(image.getpixel((1130, 460)), "paper")


def test_a_card_without_tagged_comments_has_no_bar(painter: Painter) -> None:
    image = _image(painter, Card("The Cup", "Cups"))
    assert all(_near(image.getpixel((x, 460)), "paper") for x in range(80, 1120, 40))


@pytest.mark.parametrize(
    "title", ["The Cup", "Žluťoučký kůň", "Привет, мир", "Δοκιμή", "Tiếng Việt", "e\u0301te\u0301"]
)
def test_titles_in_latin_greek_and_cyrillic_letters_are_drawn(painter: Painter, title: str) -> None:
    assert _inked(_image(painter, Card(title, "Cups"))) > 500


@pytest.mark.parametrize("title", ["كوب", "漢字のタイトル", "כוס", "चाय", "Tea 茶"])
def test_a_title_whose_letters_the_font_lacks_is_left_out_rather_than_drawn_as_boxes(
    painter: Painter, title: str
) -> None:
    image = _image(painter, Card(title, "Cups", bar=(("sky", 1),)))
    assert _inked(image) == 0
    assert _near(image.getpixel((90, 460)), "stance-sky")


def test_emoji_are_dropped_from_a_title_that_is_drawn_otherwise(painter: Painter) -> None:
    assert painter.paint(Card("Tea 🙂 first 🫖", "Cups")) == painter.paint(Card("Tea first", "Cups"))


@pytest.mark.parametrize("title", ["word " * 200, "w" * 500, "A title of a good many words that still fits as it is"])
def test_a_title_of_any_length_stays_within_its_place(painter: Painter, title: str) -> None:
    image = _image(painter, Card(title, "Cups"))
    assert _inked(image) > 500
    outside = [image.getpixel((x, y)) for x in (40, 1150, 1190) for y in range(140, 620, 5)]
    below = [image.getpixel((x, y)) for y in (445, 500, 600) for x in range(0, 1200, 5)]
    assert all(_near(colour, "paper") for colour in outside + below)


def test_equal_cards_give_equal_bytes_whatever_was_drawn_before(painter: Painter) -> None:
    painter.paint(Card("Another", "Cups"))
    assert painter.paint(CUP) == Painter(COLOURS).paint(CUP)


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (CUP, "The Cup. Of two comments both argue “Tea first”."),
        (Card("Is it?", "Cups", "One comment."), "Is it? One comment."),
        (Card("The Cup", "Cups"), "The Cup"),
    ],
)
def test_a_card_can_be_said_in_words(card: Card, words: str) -> None:
    assert card.alt == words


def test_a_card_is_drawn_once_and_again_only_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output, cache, drawn = tmp_path / "output", tmp_path / "cards", []
    paint = Painter.paint
    monkeypatch.setattr(Painter, "paint", lambda self, card: drawn.append(card.title) or paint(self, card))
    pot = PlacedCard("cards/pot.png", Card("The Pot", "Cups"))
    for cards in ((PlacedCard("cards/cup.png", CUP), pot), (PlacedCard("cards/cup.png", CUP), pot)):
        write_cards(cards, Outputs(output, Cache()), cache)
    assert drawn == ["The Cup", "The Pot"]
    before = (output / "cards/cup.png").stat().st_mtime_ns
    another = PlacedCard("cards/pot.png", Card("A Pot", "Cups"))
    write_cards((PlacedCard("cards/cup.png", CUP), another), Outputs(output, Cache()), cache)
    assert drawn[2:] == ["A Pot"]
    assert (output / "cards/cup.png").stat().st_mtime_ns == before
    assert len([*cache.iterdir()]) == 2


def test_every_essay_debate_and_the_site_itself_has_a_card(tea: Built) -> None:
    images = {
        path: page(tea, path).xpath("//meta[@property='og:image']/@content")
        for path in tea.files()
        if path.endswith(".html")
    }
    site = "https://example.org/cards"
    assert images["cup/index.html"] == [f"{site}/essays/cup.png"]
    assert images["debate/tea/index.html"] == images["debate/tea/milk/index.html"] == [f"{site}/debates/tea.png"]
    assert images["index.html"] == images["pages/guest-book.html"] == [f"{site}/site.png"]
    for (address,) in images.values():
        assert (tea.output / address.removeprefix("https://example.org/")).is_file()
    head = {
        name: page(tea, "cup/index.html").xpath(f"//meta[@property='og:image:{name}']/@content")[0]
        for name in ("width", "height", "alt")
    }
    assert (head["width"], head["height"]) == ("1200", "630")
    assert head["alt"].startswith("The Cup. ")


def test_cards_can_be_switched_off(tmp_path: Path) -> None:
    assert _placed(cards=None) == {}
    built = build(tmp_path, TEA_SITE, DEBATE_CARDS=None)
    assert not [path for path in built.files() if path.endswith(".png")]
    assert page(built, "cup/index.html").xpath("//meta[@property='og:image']") == []
    assert page(built, "cup/index.html").xpath("//meta[@name='twitter:card']/@content") == ["summary"]


def test_a_site_without_pillow_is_built_without_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(_placed()) == {"", "cup/"}
    monkeypatch.setitem(sys.modules, "PIL", None)
    monkeypatch.setattr("debate.card_files.find_spec", lambda name: None)
    assert _placed() == {}
    write_cards((), Outputs(Path("nowhere"), Cache()), Path("nowhere"))
