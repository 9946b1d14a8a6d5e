"""Pictures for shared links: title, name of the site and stance bar as a PNG of 1200 x 630, the size that sites show.

Needs Pillow. The font, Noto Serif (OFL), knows Latin, Greek and Cyrillic letters; a title in another script is left out
rather than drawn as boxes, and the card then shows the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from .cards import Card

WIDTH, HEIGHT = 1200, 630
FONT = Path(__file__).parent / "fonts" / "NotoSerif-SemiBold.ttf"

_MARGIN = 80
_INNER = WIDTH - 2 * _MARGIN
_SITE_SIZE, _WORDS_SIZE = 32, 28
_TITLE_SIZES = (78, 68, 60, 52, 46)
_TITLE_LINES = 4
_TITLE_TOP, _BAR_TOP, _BAR_HEIGHT = 150, 448, 40
_STEPS = 24
"""Shades between paper and ink: enough for the edges of letters. A palette makes a card a third of the size."""
_LEVEL = 3
"""Of compression: half the time of Pillow's usual one for a quarter more bytes."""


def colours_of(tokens: str) -> Mapping[str, str]:
    """Return the colours of the light scheme by token from the text of tokens.css."""
    light = re.search(r":root\s*\{(.*?)\}", tokens, re.DOTALL)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", light[1])) if light else {}


class Painter:
    """Paints cards in the colours of tokens.css; equal cards give equal bytes with the same Pillow."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours
        # The basic engine lays letters out the same on every machine; the other depends on libraries found there.
        load = ImageFont.truetype
        sizes = (*_TITLE_SIZES, _SITE_SIZE, _WORDS_SIZE)
        self._fonts = {size: load(FONT, size, layout_engine=ImageFont.Layout.BASIC) for size in sizes}
        self._palette = Image.new("P", (1, 1))
        self._palette.putpalette([*_palette(colours)])
        self._widths: dict[tuple[str, int], float] = {}
        self._missing = self._glyph("\uffff")
        self._lacking: dict[str, bool] = {}

    def paint(self, card: Card) -> bytes:
        """Return the PNG of a card."""
        image = Image.new("RGB", (WIDTH, HEIGHT), self._colours["paper"])
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, WIDTH, 14), self._colours["link"])
        draw.text((_MARGIN, 66), self._line(card.site, _SITE_SIZE), self._colours["ink-soft"], self._fonts[_SITE_SIZE])
        self._paint_title(draw, self._drawable(card.title))
        self._paint_bar(draw, card.bar)
        words = [*self._lines(self._drawable(card.words), _WORDS_SIZE)][:2]
        for number, line in enumerate(words):
            self._write(draw, line, _WORDS_SIZE, _BAR_TOP + _BAR_HEIGHT + 22 + 40 * number, "ink-soft")
        file = BytesIO()
        image.quantize(palette=self._palette, dither=Image.Dither.NONE).save(file, "PNG", compress_level=_LEVEL)
        return file.getvalue()

    def _paint_title(self, draw: ImageDraw.ImageDraw, title: str) -> None:
        size = next((s for s in _TITLE_SIZES if len([*self._lines(title, s)]) * s * 1.2 <= 290), _TITLE_SIZES[-1])
        lines = [*self._lines(title, size)]
        if len(lines) > _TITLE_LINES:
            lines = [*lines[: _TITLE_LINES - 1], f"{lines[_TITLE_LINES - 1]} …"]
        for number, line in enumerate(lines):
            self._write(draw, line, size, _TITLE_TOP + round(1.2 * size * number), "ink")

    def _paint_bar(self, draw: ImageDraw.ImageDraw, bar: tuple[tuple[str, int], ...]) -> None:
        total, x = sum(comments for _, comments in bar), 0.0
        for part, comments in bar:
            width = _INNER * comments / total if total else 0
            if width:
                left = round(_MARGIN + x)
                box = (left, _BAR_TOP, max(round(left + width) - 3, left + 1), _BAR_TOP + _BAR_HEIGHT)
                # "Not sure" and "takes no side" share a colour; on pages a pattern tells them apart.
                draw.rectangle(box, self._colours["line" if part == "unsure" else f"stance-{part}"])
            x += width

    def _write(self, draw: ImageDraw.ImageDraw, line: str, size: int, y: int, token: str) -> None:
        draw.text((_MARGIN, y), line, self._colours[token], self._fonts[size])

    def _line(self, text: str, size: int) -> str:
        return next(self._lines(self._drawable(text), size), "")

    def _lines(self, text: str, size: int) -> Iterator[str]:
        """Yield the text broken to the width of the card; a word wider than a line is broken too."""
        line = ""
        for word in (piece for long in text.split() for piece in self._pieces(long, size)):
            longer = f"{line} {word}" if line else word
            if line and not self._fits(longer, size):
                yield line
                longer = word
            line = longer
        if line:
            yield line

    def _pieces(self, word: str, size: int) -> list[str]:
        if self._fits(word, size):
            return [word]
        pieces = [""]
        for character in word:
            if self._fits(pieces[-1] + character, size):
                pieces[-1] += character
            else:
                pieces.append(character)
        return pieces

    def _fits(self, text: str, size: int) -> bool:
        return (
            sum(self._width(word, size) for word in text.split()) + text.count(" ") * self._width(" ", size)
        ) <= _INNER

    def _width(self, word: str, size: int) -> float:
        """Return the width of a word; most are met again, in another size of the title or on another card."""
        if (word, size) not in self._widths:
            self._widths[word, size] = self._fonts[size].getlength(word)
        return self._widths[word, size]

    def _drawable(self, text: str) -> str:
        """Return the text without symbols the font lacks (emoji); nothing of one whose letters it lacks."""
        composed = unicodedata.normalize("NFC", text)
        lacking = {c for c in set(composed) if not c.isspace() and self._lacks(c)}
        if any(unicodedata.category(character)[0] in "LN" for character in lacking):
            return ""
        return " ".join("".join(c for c in composed if c not in lacking and c.isprintable()).split())

    def _lacks(self, character: str) -> bool:
        if character not in self._lacking:
            self._lacking[character] = self._glyph(character) == self._missing
        return self._lacking[character]

    def _glyph(self, character: str) -> tuple[tuple[int, int], bytes]:
        mask = self._fonts[_WORDS_SIZE].getmask(character)
        return mask.size, bytes(mask)


def _palette(colours: Mapping[str, str]) -> Iterator[int]:
    """Yield red, green and blue of every colour a card may hold: those of the tokens, then the edges of letters."""
    plain = {token: ImageColor.getrgb(colour)[:3] for token, colour in colours.items() if not token.startswith("wash-")}
    for rgb in plain.values():
        yield from rgb
    for ink in ("ink", "ink-soft"):
        for step in range(1, _STEPS):
            yield from (round(p + (i - p) * step / _STEPS) for p, i in zip(plain["paper"], plain[ink], strict=True))
