"""Threads and a tagger to tagged threads: a person's decision always wins, results are kept by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .cache import Cache
from .codec import Codec
from .contents import OFF, Entry, StanceTag, Thread
from .stance import Tagger

KEPT = "evidence by both ends"
"""The digest of every tag kept; another text here makes every site tag anew, as when what is kept changes."""

KIND = "tag"


class CachedTagger:
    """A tagger that remembers: the same text under the same model is tagged once, also across builds.

    A tag is kept under a digest of model and text, so the cache holds no author and no text but the evidence.
    """

    def __init__(self, tagger: Tagger, cache: Cache) -> None:
        self._tagger, self._cache, self._codec = tagger, cache, Codec()

    def tag(self, texts: Sequence[str]) -> list[StanceTag]:
        """Return a tag for each text, asking the model only for those never seen."""
        keys = [self._key(text) for text in texts]
        known = {key: tag for key in keys if (tag := self._kept(key))}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        fresh = dict(zip(missing, self._tagger.tag(list(missing.values())), strict=True)) if missing else {}
        for key, tag in fresh.items():
            self._cache.keep(KIND, key, KEPT, self._codec.encode(tag))
        tags = known | fresh
        return [tags[key] for key in keys]

    def touch(self, texts: Iterable[str]) -> None:
        """Say that the tags of these texts are still in use."""
        self._cache.touch((KIND, self._key(text)) for text in texts)

    def _kept(self, key: str) -> StanceTag | None:
        row = self._cache.read(KIND, key, KEPT)
        return self._codec.decode(StanceTag, row) if row else None

    def _key(self, text: str) -> str:
        return hashlib.sha256("\0".join((self._tagger.name, self._tagger.version, text)).encode()).hexdigest()


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
