"""A queue of items that a person decides with single keys: act, skip, undo, quit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import DebateError
from .terminal import END_OF_INPUT, Terminal

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Step:
    """What a key did: a `note` to show, how to `undo` it, and whether to `stay` at the item."""

    note: str
    undo: Callable[[], None]
    stay: bool = False


@dataclass(frozen=True, slots=True)
class Key(Generic[Item]):
    """A key, the words of the help line for it, and what it does; an act that returns None changed nothing.

    Words that depend on the item are a function of it.
    """

    key: str
    words: str | Callable[[Item], str]
    act: Callable[[Item], Step | None]

    def words_for(self, item: Item) -> str:
        """Return the words of the help line at an item."""
        return self.words if isinstance(self.words, str) else self.words(item)


class Queue(Generic[Item]):
    """Walk items one by one; what was decided lies in the files at once, so a killed walk loses nothing.

    `show` renders an item, place in the queue first; it and the acts may raise DebateError, which is shown: an item
    that cannot be shown is passed over, one whose act failed is asked again. `after` is called after every step and
    undo, and what it returns is shown.
    """

    def __init__(
        self,
        items: Sequence[Item],
        show: Callable[[Item, str], str],
        keys: Sequence[Key[Item]],
        terminal: Terminal,
        after: Callable[[], str] = str,
    ) -> None:
        self._items, self._show, self._terminal, self._after = items, show, terminal, after
        all_keys: list[Key[Item]] = [*keys, Key("s", "skip", _skip)]
        self._keys = {key.key: key for key in all_keys}
        self._position = 0
        self._done: list[tuple[int, Step]] = []

    def run(self) -> None:
        """Ask about item after item until all are done, `q`, the end of input, or Ctrl-C."""
        try:
            while self._ask() if self._present() else self._ask_at_end():
                pass
        except KeyboardInterrupt:
            self._say("\nStopped; everything decided is saved.")

    def help_for(self, item: Item) -> str:
        """Return the help line at an item."""
        own = [f"[{key.key}] {key.words_for(item)}" for key in self._keys.values()]
        return "  ".join([*own, "[u] undo", "[q] quit"])

    def _present(self) -> bool:
        """Show the item at the present place; pass over those that cannot be shown."""
        while self._position < len(self._items):
            place = f"{self._position + 1} of {len(self._items)}"
            try:
                self._say(self._show(self._items[self._position], place))
                return True
            except DebateError as error:
                self._say(error.message)
                self._position += 1
        return False

    def _ask(self) -> bool:
        """Read keys until one moves the queue or changes the item; False ends the walk."""
        while True:
            self._say(self.help_for(self._items[self._position]))
            key = self._terminal.read_key().lower()
            if key in ("q", END_OF_INPUT):
                return False
            if self._undo() if key == "u" else self._press(key):
                return True

    def _ask_at_end(self) -> bool:
        """Let the last decision be undone, too; any other key ends the walk."""
        if not self._done:
            return False
        self._say("That was the last one.  [u] undo  any other key ends")
        return self._terminal.read_key().lower() == "u" and self._undo()

    def _press(self, key: str) -> bool:
        known = self._keys.get(key)
        step = self._guarded(known.act, self._items[self._position]) if known else None
        if step is None:
            return False
        self._done.append((self._position, step))
        self._position += not step.stay
        self._report(step.note)
        return True

    def _undo(self) -> bool:
        if not self._done:
            self._say("Nothing to undo.")
            return False
        self._position, step = self._done.pop()
        try:
            step.undo()
            self._report("Undone.")
        except DebateError as error:
            self._say(error.message)
        return True

    def _guarded(self, act: Callable[[Item], Step | None], item: Item) -> Step | None:
        try:
            return act(item)
        except DebateError as error:
            self._say(error.message)
            return None

    def _report(self, note: str) -> None:
        for line in (note, self._after()):
            if line:
                self._say(line)

    def _say(self, text: str) -> None:
        self._terminal.write(f"{text}\n")


def _skip(item: object) -> Step:
    del item
    return Step("Skipped.", undo=lambda: None)
