"""The built-in tagger, known by its figures at once and read from its file when the first text is to be tagged.

Most builds tag nothing: every text was tagged before. They need neither the network nor the libraries that run it.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..contents import StanceTag
from .card import shipped_figures
from .tagger import Tagger


@dataclass(frozen=True)
class ShippedTagger:
    """A built-in tagger (see `Tagger` for the contract)."""

    model: str
    name: str
    version: str
    labels: tuple[str, ...]
    figures: Mapping[str, Any]
    jobs: int = 1

    def tag(self, texts: Sequence[str]) -> list[StanceTag]:
        """Return one tag a text, in order."""
        return _loaded(self.model, self.jobs).tag(texts) if texts else []


@lru_cache(maxsize=1)
def _loaded(model: str, jobs: int) -> Tagger:
    """Return the tagger itself, loaded once a process: under livereload every build is in the same one."""
    # These load numpy; the network's own library follows with the first text.
    from .parallel import SideBySide
    from .storage import load

    return SideBySide(load(model), jobs)


def shipped_tagger(model: str, jobs: int = 1) -> ShippedTagger:
    """Return the tagger of a name in card.BUILT_IN; `jobs` processes tag where there is much to tag."""
    with (
        (files(__package__) / "data" / f"{model}.stance").open("rb") as file,
        zipfile.ZipFile(file) as archive,
    ):
        about, figures = (json.loads(archive.read(name)) for name in ("about.json", "figures.json"))
    version = shipped_figures()["model"]["version"]
    return ShippedTagger(model, about["name"], version, tuple(about["labels"]), figures, jobs)
