from __future__ import annotations

from pathlib import Path

import pytest
from debate.stance import Example, Tagger, load, read_examples, train

STREET = Path(__file__).parent / "data" / "street.jsonl"
SIDES = ("closed", "open", "none")


@pytest.fixture(scope="session")
def networking() -> Tagger:
    return load("networking")


@pytest.fixture(scope="session")
def street_examples() -> tuple[Example, ...]:
    return read_examples(STREET, SIDES)


@pytest.fixture(scope="session")
def street(street_examples: tuple[Example, ...]) -> Tagger:
    return train(street_examples, labels=SIDES, opposites=("closed", "open"), name="street")
