from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from debate.archive import Archive, Outcome, tag_archive
from debate.stance import read_examples
from debate.stance.encoder import VectorScorer, shipped_encoder
from debate.stance.fitting import fit_ngrams
from debate.stance.language import everyday_words
from debate.stance.model import Decision, StanceModel
from debate.stance.storage import stamped
from debate.stance.text import own_sentences

from .helpers import SIDES, STREET


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Return the texts of the second debate of the tests."""
    return [example.text for example in read_examples(STREET, SIDES)]


@pytest.fixture(scope="session")
def model() -> StanceModel:
    """Return a tagger of n-grams alone: the encoder would take most of the tests' time and decide nothing here."""
    examples = read_examples(STREET, SIDES)
    parts = [own_sentences(example.text) for example in examples]
    ngrams = fit_ngrams(parts, [SIDES.index(example.label) for example in examples], [1.0] * len(examples), 3)
    vectors = VectorScorer(shipped_encoder(), np.zeros((768, 3), np.float32), np.zeros(3, np.float32))
    decision = Decision((0.0, 1.0), (0.0, 0.0, 0.0), 1.0, 0.2, (0, 1))
    everyday = frozenset(everyday_words(example.text for example in examples))
    return stamped(StanceModel("street", SIDES, (vectors, ngrams), decision, everyday))


@pytest.fixture
def tag(model: StanceModel, tmp_path: Path) -> Callable[..., tuple[Outcome, Path]]:
    """Return how to tag a source in parts of ten: the outcome and the folder of the tags."""

    def run(source: Path, into: str = "tags", model: StanceModel = model, **options: Any) -> tuple[Outcome, Path]:
        archive = {name: options.pop(name) for name in ("fields", "evidence") if name in options}
        size = options.pop("size", 10)
        folder = tmp_path / into
        return tag_archive(Archive(source, folder, size=size, **archive), model, debate="street", **options), folder

    return run


@pytest.fixture
def source(texts: Iterable[str], tmp_path: Path) -> Path:
    """Return an archive of 45 comments as JSON Lines."""
    from .helpers import write_lines

    return write_lines(tmp_path / "comments.jsonl", list(texts)[:45])
