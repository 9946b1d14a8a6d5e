"""What the picture beside a shared link shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. `bar` holds, in order, the token of each part's colour and how many comments it stands for."""

    title: str
    site: str
    words: str = ""
    bar: tuple[tuple[str, int], ...] = ()

    @property
    def alt(self) -> str:
        """Return the card in words."""
        ends = "" if not self.words or self.title.endswith((".", "?", "!", "…")) else "."
        return f"{self.title}{ends} {self.words}".strip()
