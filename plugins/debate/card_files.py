"""Which social cards a site has and where; a card is drawn once and kept in the cache until what it shows changes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cards import Card
from .discussions import DebateState
from .frontmatter import write_whole
from .outputs import Outputs
from .settings import DebateSettings
from .summaries import DebateSummary

if TYPE_CHECKING:
    from .card_painting import Painter

log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card and the path of its file in the output."""

    path: str
    card: Card


def placed_cards(
    config: DebateSettings, settings: Mapping[str, Any], essays: Iterable[Any], states: Sequence[DebateState]
) -> Mapping[str, PlacedCard]:
    """Return the card of every page by the page's address; "" is for all pages that have none of their own.

    Empty where cards are switched off, and, with one line in the log, where Pillow is not installed.
    """
    if not config.cards:
        return {}
    if not find_spec("PIL"):
        log.info("social cards are left out: Pillow is not installed (pip install pillow)")
        return {}
    site, subtitle = settings["SITENAME"], settings.get("SITESUBTITLE") or ""
    cards = _cards(config, site, subtitle, essays, states)
    return {address: PlacedCard(f"{config.cards}{name}.png", card) for address, name, card in cards}


def write_cards(cards: Iterable[PlacedCard], outputs: Outputs, cache: Path) -> None:
    """Write every card that is not there yet, drawing what the cache lacks; drop from the cache what none uses."""
    unique = {placed.path: placed for placed in cards}
    if not unique:
        return
    from PIL import __version__ as pillow  # not at the top: the site is built without Pillow too

    from .card_painting import FONT, Painter, colours_of

    tokens = (STATIC / "tokens.css").read_text(encoding="utf-8")
    drawing = Path(__file__).with_name("card_painting.py").read_bytes()
    basis = hashlib.sha256(b"".join((drawing, FONT.read_bytes(), tokens.encode(), pillow.encode())))
    painter = Painter(colours_of(tokens))
    used = set()
    for path, placed in sorted(unique.items()):
        key = _key(basis, placed.card)
        used.add(f"{key}.png")
        outputs.write(path, key, partial(_drawn, painter, placed.card, cache / f"{key}.png"))
    for stale in cache.glob("*.png"):
        if stale.name not in used:
            stale.unlink()


def _cards(
    config: DebateSettings, site: str, subtitle: str, essays: Iterable[Any], states: Sequence[DebateState]
) -> Iterator[tuple[str, str, Card]]:
    whole = states[0].summary if len(states) == 1 else None
    yield "", "site", _with_bar(Card(title=site, site=subtitle), whole)
    for essay in essays:
        discussion = essay.discussion
        card = Card(title=discussion.thread.essay.title, site=site)
        yield discussion.thread.essay.url, f"essays/{essay.slug}", _with_bar(card, discussion.summary)
    for state in states:
        debate = state.debate
        card = _with_bar(Card(title=debate.question, site=site), state.summary)
        pages = [config.url.format(key=debate.key)]
        pages += [config.stance_url.format(key=debate.key, stance=stance.key) for stance in debate.stances]
        yield from ((page, f"debates/{debate.key}", card) for page in pages)


def _with_bar(card: Card, summary: DebateSummary | None) -> Card:
    if summary is None or not summary.tagged:
        return card
    bar = tuple((summary.debate.colour_of(share.label), share.comments) for share in summary.shares)
    return Card(card.title, card.site, summary.headline, bar)


def _drawn(painter: Painter, card: Card, kept: Path) -> bytes:
    if not kept.is_file():
        write_whole(kept, painter.paint(card))
    return kept.read_bytes()


def _key(basis: Any, card: Card) -> str:
    key = basis.copy()
    key.update(repr(card).encode())
    return str(key.hexdigest()[:32])
