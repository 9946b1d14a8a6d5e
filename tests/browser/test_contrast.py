"""Contrast, from the tokens themselves (WCAG 2.2, relative luminance); needs no browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from factories import ROOT

TOKENS = (ROOT / "plugins/debate/static/tokens.css").read_text(encoding="utf-8")


def _schemes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root(?::not\(.*?\))? \{(.*?)\}", TOKENS, re.DOTALL)
    light, dark, *_ = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block)) for block in blocks]
    return {"light": light, "dark": light | dark}


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _pairs(tokens: dict[str, Any]) -> list[tuple[str, str]]:
    papers = ("paper", "paper-raised")
    text = [(ink, paper) for ink in ("ink", "ink-soft", "link") for paper in papers] + [("ink", "mark")]
    stances = [name.removeprefix("stance-") for name in tokens if name.startswith("stance-")]
    on_paper = [(f"stance-{stance}", paper) for stance in stances for paper in papers]
    on_wash = [(ink, f"wash-{stance}") for stance in stances for ink in (f"stance-{stance}", "ink", "ink-soft")]
    return text + on_paper + on_wash


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_ink_can_be_read_on_every_paper_it_stands_on(scheme: str) -> None:
    tokens = _schemes()[scheme]
    found = {pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in _pairs(tokens)}
    assert len(found) > 30
    assert {pair: contrast for pair, contrast in found.items() if contrast < 4.5} == {}


LINES = {"line", "focus"}
"""Tokens that no text has and none stands on: rules between parts, and the ring of the focus."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_colour_is_without_a_pair(scheme: str) -> None:
    tokens = _schemes()[scheme]
    assert set(tokens) - {name for pair in _pairs(tokens) for name in pair} == LINES


def test_both_schemes_know_the_same_colours() -> None:
    blocks = re.findall(r":root(?::not\(.*?\))? \{(.*?)\}", TOKENS, re.DOTALL)
    light, dark = (set(re.findall(r"--([\w-]+):\s*#", block)) for block in blocks[:2])
    assert light == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_ring_stands_out(scheme: str) -> None:
    tokens = _schemes()[scheme]
    assert all(_contrast(tokens["focus"], tokens[paper]) >= 3 for paper in ("paper", "paper-raised", "mark"))
