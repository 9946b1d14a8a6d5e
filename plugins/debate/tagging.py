"""Threads and a tagger to tagged threads: a person's decision always wins, results are kept by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from .contents import OFF, Entry, StanceTag, Thread
from .frontmatter import write_whole
from .stance import Tagger

KEPT = "evidence by both ends"
"""Part of every key; another text here makes every site tag anew, as when what is kept of a tag changes."""


class CachedTagger:
    """A tagger that remembers: the same text under the same model is tagged once, also across builds.

    The cache file maps a digest of model and text to a tag, so it holds no author and no text but the evidence. A file
    that cannot be read is ignored: it is only a cache. `save` keeps just what this build asked for.
    """

    def __init__(self, tagger: Tagger, path: Path) -> None:
        self._tagger, self._path = tagger, path
        self._known = _load(path)
        self._used: dict[str, StanceTag] = {}

    def tag(self, texts: Sequence[str]) -> list[StanceTag]:
        """Return a tag for each text, asking the model only for those never seen."""
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        fresh = dict(zip(missing, self._tagger.tag(list(missing.values())), strict=True)) if missing else {}
        self._known |= fresh
        self._used |= {key: self._known[key] for key in keys}
        return [self._known[key] for key in keys]

    def save(self) -> None:
        """Write the tags this build used."""
        rows = {
            key: asdict(replace(tag, probabilities={})) | {"probabilities": dict(tag.probabilities)}
            for key, tag in sorted(self._used.items())
        }
        write_whole(self._path, json.dumps(rows, ensure_ascii=False, indent=0))

    def _key(self, text: str) -> str:
        return hashlib.sha256("\0".join((KEPT, self._tagger.name, self._tagger.version, text)).encode()).hexdigest()


def tag_threads(threads: Sequence[Thread], tagger: Tagger | CachedTagger | None) -> list[Thread]:
    """Return the threads with every taggable comment tagged; without a tagger only people's tags are shown.

    All texts go to the tagger in one batch. `Stance: off` leaves a comment without any tag.
    """
    entries = [entry for thread in threads for entry in thread.visible if entry.comment.stance != OFF]
    tags = tagger.tag([entry.comment.text for entry in entries]) if tagger else [None] * len(entries)
    machine = {(entry.comment.essay, entry.comment.id): tag for entry, tag in zip(entries, tags, strict=True)}
    return [replace(thread, entries=tuple(_tagged(entry, machine) for entry in thread.entries)) for thread in threads]


def corrections(threads: Sequence[Thread]) -> list[tuple[Thread, Entry]]:
    """Return the comments where a person decided otherwise than the machine had said, newest first."""
    pairs = [(thread, entry) for thread in threads for entry in thread.visible if _corrected(entry)]
    return sorted(pairs, key=lambda pair: (str(pair[1].comment.date or ""), pair[1].comment.id), reverse=True)


def _corrected(entry: Entry) -> bool:
    """Say whether the machine had shown another stance; its "not sure" was no statement to correct."""
    if entry.tag is None or entry.machine is None or entry.machine.stance is None:
        return False
    return entry.tag.stance != entry.machine.stance


def _tagged(entry: Entry, machine: Mapping[tuple[str, str], StanceTag | None]) -> Entry:
    comment = entry.comment
    said = machine.get((comment.essay, comment.id))
    if comment.stance is None or comment.stance == OFF or not entry.visible:
        return replace(entry, tag=said, machine=said)
    return replace(entry, tag=StanceTag(comment.stance, by=comment.stance_by or "editor"), machine=said)


def _load(path: Path) -> dict[str, StanceTag]:
    try:
        rows: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return {key: StanceTag(**row | {"evidence": tuple(row["evidence"])}) for key, row in rows.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
