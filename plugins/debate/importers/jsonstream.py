"""JSON of any size to the items of its arrays, one at a time, as far as the file can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .sources import Damaged, Source
from .values import Notice, Progress

LONGEST_ITEM = 16 * 1024 * 1024
"""Characters of one item; more is no comment."""

_SPACE = re.compile(r"[\s,:]*")


def items(source: Source, progress: Progress) -> Iterator[tuple[str, Any, int] | Notice]:
    """Yield (key, item, line) for each item of the top-level array (key "") or of the arrays in the top-level object.

    Values of the object that are no arrays come as one item. The last thing yielded may be a notice of damage.
    """
    notices: list[Notice] = []
    reader = _Reader(source.text(progress, notices))
    try:
        yield from reader.top()
    except Damaged as error:
        yield Notice(f"{error}; what came before is kept", reader.line, damage=True)
    yield from notices


class _Reader:
    """A window on the text: items are cut from its front, more text is taken on behind."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.line = 1
        self._texts = texts
        self._window, self._at = "", 0
        self._decoder = json.JSONDecoder()

    def top(self) -> Iterator[tuple[str, Any, int]]:
        """Yield key, value and line of each item, of arrays in the outermost object too; raise Damaged at a fault."""
        opening = self._next()
        if opening == "[":
            yield from self._array("")
        elif opening == "{":
            while self._peek() not in ("}", ""):
                yield from self._member()
        if opening not in ("[", "{") or self._next() not in ("}", "]", ""):
            raise Damaged("the JSON is damaged here")

    def _member(self) -> Iterator[tuple[str, Any, int]]:
        key, line = str(self._value()), self.line
        if self._peek() == "[":
            self._next()
            yield from self._array(key)
            self._next()
        else:
            yield key, self._value(), line

    def _array(self, key: str) -> Iterator[tuple[str, Any, int]]:
        while (mark := self._peek()) != "]":
            if not mark:
                raise Damaged("the file breaks off here")
            line = self.line
            yield key, self._value(), line

    def _peek(self) -> str:
        """Return the next character that is no space or separator; "" at the end."""
        while True:
            match = _SPACE.match(self._window, self._at)
            end = match.end() if match else self._at
            self.line += self._window.count("\n", self._at, end)
            self._at = end
            if end < len(self._window) or not self._more(1):
                return self._window[end : end + 1]

    def _next(self) -> str:
        mark = self._peek()
        self._at += len(mark)
        return mark

    def _value(self) -> Any:
        """Return the next value; the window grows until it holds all of it, twice as much each time."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._window, self._at)
            except RecursionError:
                raise Damaged("values are nested deeper than in any export") from None
            except ValueError:
                self._grow()
                continue
            if end == len(self._window) and self._window[end - 1 : end] not in ('"', "}", "]") and self._more(1):
                continue
            self.line += self._window.count("\n", self._at, end)
            self._at = end
            return value

    def _grow(self) -> None:
        if len(self._window) - self._at > LONGEST_ITEM:
            raise Damaged("the JSON is damaged here, or an item is longer than any comment")
        if not self._more(max(1, len(self._window) - self._at)):
            raise Damaged("the JSON is damaged here, or the file breaks off")

    def _more(self, wanted: int) -> bool:
        """Take on at least so many characters if there are any; what has been read is let go."""
        parts = [self._window[self._at :]]
        taken = 0
        for text in self._texts:
            parts.append(text)
            taken += len(text)
            if taken >= wanted:
                break
        self._window, self._at = "".join(parts), 0
        return taken > 0
