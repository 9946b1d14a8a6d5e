"""Markdown blocks inside quotations, lists and tables: each block gets the prefix of what it stands in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

DEEPEST = 16
"""Open quotations, lists and list items that count; below, blocks stand at this depth, so that prefixes stay short."""

MOST_ROWS = 2000
MOST_COLUMNS = 100
LISTS = ("ul", "ol")


@dataclass(slots=True)
class _Container:
    """An open quotation, list or list item; `marker` is an item's bullet until its first line has been written."""

    tag: str
    marker: str = ""
    count: int = 0


@dataclass(slots=True)
class _Table:
    """The rows of an open table; `depth` counts it and the tables inside it, which are read as text."""

    rows: list[list[str]] = field(default_factory=list)
    depth: int = 1

    def add(self, text: str) -> None:
        """Add text to the last cell."""
        cell = " ".join(text.split()).replace("|", "\\|")
        self.rows[-1][-1] = f"{self.rows[-1][-1]} {cell}".strip()

    def markdown(self) -> str:
        """Return the table as Markdown; its first row is the head."""
        rows = [row for row in self.rows if any(row)][:MOST_ROWS]
        width = max((len(row) for row in rows), default=0)
        if not 0 < width <= MOST_COLUMNS:
            return "\n\n".join(" ".join(row) for row in rows)
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


class Blocks:
    """The blocks written so far and the containers that are open."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._containers: list[_Container] = []
        self._open: Counter[str] = Counter()
        self._table: _Table | None = None
        self._lists = self._last_list = 0

    def text(self) -> str:
        """Close what is open and return the Markdown."""
        while self._table:
            self.end_table()
        return "".join(self._parts)

    def add(self, block: str) -> None:
        """Write a block where it stands; inside a table it goes into the cell."""
        if self._table and self._table.rows and self._table.rows[-1]:
            self._table.add(block)
            return
        tight = bool(self._containers) and bool(self._containers[-1].marker)
        first, rest = self._prefixes()
        inside = self._lists if self._in_list() else 0
        if self._parts:
            self._parts.append("\n" if tight and inside == self._last_list else "\n\n")
        self._parts += [first, block.replace("\n", f"\n{rest}") if rest else block]
        self._last_list = inside

    def start(self, tag: str) -> None:
        """Open a quotation, a list or a list item; an item ends the one before it."""
        if tag == "li" and self._containers and self._containers[-1].tag == "li":
            self._pop()
        if tag in LISTS and not self._in_list():
            self._lists += 1
        marker = self._marker() if tag == "li" else ""
        self._containers.append(_Container(tag, marker))
        self._open[tag] += 1

    def end(self, tag: str) -> None:
        """Close the innermost of its kind and what stands open in it; an end without a start is ignored."""
        between_items = tag == "li" and bool(self._containers) and self._containers[-1].tag in LISTS
        while self._open[tag] and not between_items and self._pop() != tag:
            pass

    def start_part(self, tag: str) -> None:
        """Open a table, a row or a cell; a table inside a table is only counted."""
        if tag == "table":
            self._table = self._table or _Table(depth=0)
            self._table.depth += 1
        elif self._table and self._table.depth == 1:
            if tag == "tr" or not self._table.rows:
                self._table.rows.append([])
            if tag != "tr":
                self._table.rows[-1].append("")

    def end_table(self) -> None:
        """Close the table and write it as a block."""
        table = self._table
        if table is None:
            return
        table.depth -= 1
        if not table.depth:
            self._table = None
            if markdown := table.markdown():
                self.add(markdown)

    def _marker(self) -> str:
        above = self._containers[-1] if self._containers else None
        if above is None or above.tag != "ol":
            return "- "
        above.count += 1
        return f"{above.count}. "

    def _in_list(self) -> bool:
        return bool(self._open["ul"] or self._open["ol"])

    def _pop(self) -> str:
        container = self._containers.pop()
        self._open[container.tag] -= 1
        return container.tag

    def _prefixes(self) -> tuple[str, str]:
        """Return what stands before the first line of a block and before its other lines."""
        first = rest = ""
        for container in self._containers[:DEEPEST]:
            if container.tag == "blockquote":
                first, rest = f"{first}> ", f"{rest}> "
            elif container.tag == "li":
                first, rest = first + (container.marker or "    "), f"{rest}    "
                container.marker = ""
        return first, rest
