"""Who answers whom in the thread being imported: removed parents with replies, orphans, cycles, depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from .values import ImportedComment

MISSING = "answers {}, which is not in the file"
CYCLE = "answers {}, which answers it in turn"


@dataclass(frozen=True, slots=True)
class Settled:
    """A thread's outcome: places to keep for removed parents, comments that become roots and why, the longest chain."""

    tombstones: tuple[ImportedComment, ...]
    promoted: dict[str, str]
    depth: int


@dataclass(slots=True)
class Thread:
    """The ids and parents of one post's comments; no text is held, so a thread of a million stays small."""

    parents: dict[str, str | None] = field(default_factory=dict)
    left_out: dict[str, ImportedComment] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether a comment of this id has come already."""
        return name in self.parents or name in self.left_out

    def keep(self, comment: ImportedComment) -> None:
        """Note a comment that is kept."""
        self.parents[comment.id] = comment.parent

    def leave_out(self, comment: ImportedComment) -> None:
        """Note a comment that is left out; it becomes a tombstone if a kept one answers it."""
        self.left_out[comment.id] = replace(comment, body="", author=None, website=None)

    def settle(self, exists: Callable[[str], bool]) -> Settled:
        """Return the outcome; `exists` says whether an id is on disk from an earlier import."""
        places = self._answered_removed()
        parents = {**self.parents, **{name: self.left_out[name].parent for name in places}}
        promoted = {
            name: MISSING.format(parent)
            for name, parent in parents.items()
            if parent is not None and parent not in parents and not exists(parent)
        }
        depth, cycles = _depth({name: None if name in promoted else parent for name, parent in parents.items()})
        promoted |= {name: CYCLE.format(parents[name]) for name in cycles}
        stones = (self.left_out[name] for name in places)
        tombstones = tuple(replace(stone, parent=None) if stone.id in promoted else stone for stone in stones)
        return Settled(tombstones, {name: why for name, why in promoted.items() if name in self.parents}, depth)

    def _answered_removed(self) -> list[str]:
        """Return the removed comments that some kept comment answers, directly or through other removed ones."""
        found: dict[str, None] = {}
        for parent in self.parents.values():
            name = parent
            while name is not None and name in self.left_out and name not in found:
                found[name] = None
                name = self.left_out[name].parent
        return list(found)


def _depth(parents: dict[str, str | None]) -> tuple[int, list[str]]:
    """Return the longest chain and the comments whose parent had to be cut off because the chain bit its tail."""
    depths: dict[str, int] = {}
    cut: list[str] = []
    deepest = 0
    for start, parent in parents.items():
        if parent is None:
            deepest = max(deepest, 1)
            continue
        path = list(_path(start, parents, depths, cut))
        known = depths.get(parents[path[-1]] or "", 0) if path else depths[start]
        depths.update((name, known + steps) for steps, name in enumerate(reversed(path), 1))
        deepest = max(deepest, depths[start])
    return deepest, cut


def _path(start: str, parents: dict[str, str | None], depths: dict[str, int], cut: list[str]) -> Iterator[str]:
    """Yield a comment and those above it, up to a root or to one whose depth is known."""
    seen = set()
    name: str | None = start
    while name is not None and name in parents and name not in depths:
        yield name
        seen.add(name)
        above = parents[name]
        if above in seen:
            cut.append(name)
            parents[name] = above = None
        name = above
