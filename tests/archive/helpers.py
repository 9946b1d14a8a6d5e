"""Small archives, and what their tags are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

STREET = Path(__file__).parent.parent / "stance/data/street.jsonl"
SIDES = ("closed", "open", "none")


def write_lines(path: Path, texts: list[str]) -> Path:
    """Write comments c0, c1 and so on as JSON Lines."""
    lines = (json.dumps({"id": f"c{number}", "text": text}) + "\n" for number, text in enumerate(texts))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """Return the rows of all JSON Lines parts in order."""
    parts = sorted(folder.glob("part-*.jsonl"))
    return [json.loads(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]


def parts_of(folder: Path) -> dict[str, bytes]:
    """Return the parts and receipts of a folder by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("part-*"))}
