"""Pelican's own reader of Markdown, except that a file whose bytes stay as they are is not converted again.

Pelican's cache of contents does the same by a pickle, which anybody who can write to the folder could make run code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pelican import readers

from .cache import Cache, digest_of

KIND = "essay"
_CONVERTERS = ("Markdown", "pelican", "Pygments")
_OWN = "markdown.extensions."


class MarkdownReader(readers.MarkdownReader):  # type: ignore[misc]
    """Reads what Pelican's reader reads; HTML and headers are kept under the digest of file and settings.

    It keeps nothing where an extension is not Python-Markdown's own, for others may read further files, and nothing
    that came with a warning, so that the warning comes again.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self._given: dict[str, Any] = {}
        self.slots: set[tuple[str, str]] = set()

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return HTML and metadata of a file."""
        self.slots.add((KIND, source_path))
        digest = self._surroundings and digest_of(self._surroundings, Path(source_path).read_bytes())
        kept = self._cache.read(KIND, source_path, digest) if digest else None
        if kept:
            return kept[0], {name: self.process_metadata(name, value) for name, value in kept[1].items()}
        self._given = {}
        content, metadata = super().read(source_path)
        if metadata.keys() == self._given.keys() and not self._repeats():
            self._cache.keep(KIND, source_path, digest, (content, self._given))
        return content, metadata

    def process_metadata(self, name: str, value: Any) -> Any:
        """Return a header's value as Pelican has it, and note what it was made of."""
        self._given[name] = value
        return super().process_metadata(name, value)

    def save(self) -> None:
        """Write what is new into the cache and let go of its file: under livereload every build has readers anew."""
        self._cache.flush()
        self._cache.close()

    def _repeats(self) -> bool:
        """Say whether a header stands twice: Pelican warns of some."""
        formatted = self.settings["FORMATTED_FIELDS"]
        return any(len(lines) > 1 and name not in formatted for name, lines in self._md.Meta.items())

    @cached_property
    def _cache(self) -> Cache:
        return Cache(Path(self.settings["CACHE_PATH"]))

    @cached_property
    def _surroundings(self) -> str:
        """Return the digest of what the HTML depends on besides the file, empty where that cannot be known."""
        given = self.settings["MARKDOWN"]
        if not all(isinstance(name, str) and name.startswith(_OWN) for name in given["extensions"]):
            return ""
        try:
            options = json.dumps(given, sort_keys=True)
        except TypeError:
            return ""
        return digest_of(options, sorted(self.settings["FORMATTED_FIELDS"]), _versions())


def offer(chosen: Any) -> None:
    """Take the place of Pelican's reader of Markdown, unless another plugin has."""
    for ending, reader in chosen.reader_classes.items():
        if reader is readers.MarkdownReader:
            chosen.reader_classes[ending] = MarkdownReader


def save(generator: Any) -> None:
    """Write what a generator's readers have to keep, once it has read all its files, and say in the context what it is.

    The generator of debates drops from the cache what no build uses any more.
    """
    for reader in generator.readers.readers.values():
        if isinstance(reader, MarkdownReader):
            reader.save()
            generator.context.setdefault("kept_essays", set()).update(reader.slots)


def _versions() -> dict[str, str]:
    found = {}
    for name in _CONVERTERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
