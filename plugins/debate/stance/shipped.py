"""What is known of a tagger without loading it: the built-in one whole, of any other what it was made for.

Most builds tag nothing: every text was tagged before. They need neither the network nor the libraries that run it.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from ..contents import StanceTag
from .card import BUILT_IN, shipped_figures
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
        if not texts:
            return []
        try:
            tagger = _loading(self.model, self.jobs).result()
        except BaseException:
            _loading.cache_clear()  # what went wrong once, as for want of memory, need not go wrong again
            raise
        return tagger.tag(texts)

    def prepare(self) -> None:
        """Begin to load the model in a thread, so that it is there when a text is to be tagged."""
        _loading(self.model, self.jobs)


@lru_cache(maxsize=1)
def _loading(model: str, jobs: int) -> Future[Tagger]:
    """Return the tagger to come, loaded once a process: under livereload every build is in the same one.

    Unpacking, hashing and setting up the network are done without Python's lock, so they cost other work little time.
    """
    pool = ThreadPoolExecutor(1)
    loading = pool.submit(_loaded, model, jobs)
    pool.shutdown(wait=False)
    return loading


def _loaded(model: str, jobs: int) -> Tagger:
    # These load numpy; the network's own library follows with the first text.
    from .parallel import SideBySide
    from .storage import load

    tagger = SideBySide(load(model), jobs)
    tagger.tag(["."])
    return tagger


def shipped_tagger(model: str, jobs: int = 1) -> ShippedTagger:
    """Return the tagger of a name in card.BUILT_IN; `jobs` processes tag where there is much to tag."""
    about, figures = _tables(_shipped_file(model), "about.json", "figures.json")
    version = shipped_figures()["model"]["version"]
    return ShippedTagger(model, about["name"], version, tuple(about["labels"]), figures, jobs)


def is_shipped(model: str, folder: Path) -> bool:
    """Say whether the model a debate names is a built-in one; a file of that name in the debate's folder goes first."""
    return model in BUILT_IN and not (folder / model).is_file()


class Purpose(NamedTuple):
    """What a model was made for: its labels, and the two whose confusion its figures count; none where it has none."""

    labels: tuple[str, ...]
    opposites: tuple[str, ...]


def purpose_of(model: str, folder: Path) -> Purpose | None:
    """Return what the model was made for that a debate in a folder names, None where it cannot be read.

    Why it cannot is told by `load`, when there is something to tag.
    """
    try:
        (about,) = _tables(_shipped_file(model) if is_shipped(model, folder) else folder / model, "about.json")
        labels = tuple(str(label) for label in about["labels"])
        return Purpose(labels, tuple(labels[number] for number in about["decision"]["opposites"] or ()))
    except Exception:  # a damaged file fails anywhere in the parsers of zip and JSON
        return None


def _shipped_file(model: str) -> Traversable:
    return files(__package__) / "data" / f"{model}.stance"


def _tables(model: Traversable, *names: str) -> list[dict[str, Any]]:
    with model.open("rb") as file, zipfile.ZipFile(file) as archive:
        return [json.loads(archive.read(name)) for name in names]
