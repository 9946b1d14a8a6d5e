"""Fixtures shared by all tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from factories import ROOT, Built, pelican

SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the site that this repository ships, once, any warning being fatal."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in ("content", "theme", "plugins"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pelicanconf.py", folder)
    built = pelican(folder, "pelicanconf.py", folder / "output", "--fatal", "warnings")
    assert built.code == 0, built.log
    return built


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of material that belongs to others; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is absent")
    return SHARED
