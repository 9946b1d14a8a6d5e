"""Tagging in several processes: each loads the model's file once, reads one text at a time, and tags as one would."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..contents import StanceTag
from ..errors import LabelError, at
from ..jobs import each
from .model import StanceModel
from .storage import load, save

BATCH = 50
"""Texts a process is given at once: a second of work for the encoder."""

FEWEST = 200
"""Fewer new texts than this are tagged sooner than processes are started."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Which tagger a process shall use: the file, the version it must have, how many texts it reads side by side."""

    path: str
    version: str
    threads: int = 1


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A tagger that spreads many texts over `jobs` processes; its tags are the model's own, bit for bit."""

    model: StanceModel
    jobs: int

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.model.name

    @property
    def version(self) -> str:
        """Return the model's version."""
        return self.model.version

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the model's labels."""
        return self.model.labels

    @property
    def figures(self) -> Mapping[str, Any]:
        """Return the model's figures."""
        return self.model.figures

    def tag(self, texts: Sequence[str]) -> list[StanceTag]:
        """Return one tag a text, in order."""
        if self.jobs < 2 or len(texts) < FEWEST:
            return self.model.tag(texts)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "model.stance")
            save(self.model, file)
            chosen = ModelFile(str(file), self.model.version)
            tasks = [(chosen, texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
            done = dict(each(_tag, tasks, min(self.jobs, len(tasks))))
        tags = (tag for place in range(len(tasks)) for tag in done[place])
        return [replace(tag, probabilities=MappingProxyType(tag.probabilities)) for tag in tags]


@lru_cache(maxsize=1)
def tagger_of(file: ModelFile) -> StanceModel:
    """Return the tagger of a model file, loaded once a process.

    Raises LabelError where it is missing, damaged, or of another version: the tags would not be the same ones.
    """
    model = load(file.path)
    if model.version != file.version:
        raise LabelError(
            "the stance model has another version here",
            where=at(file.path),
            why=f"{model.version} instead of {file.version}",
            remedy="install the same version of the plugin everywhere",
        )
    vectors, ngrams = model.scorers
    encoder = replace(vectors.encoder, threads=file.threads)
    return replace(model, scorers=(replace(vectors, encoder=encoder), ngrams))


def _tag(task: tuple[ModelFile, Sequence[str]]) -> list[StanceTag]:
    file, texts = task
    # A read-only view cannot cross between processes, what it shows can.
    return [replace(tag, probabilities=dict(tag.probabilities)) for tag in tagger_of(file).tag(texts)]
