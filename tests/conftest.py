"""Fixtures shared by all tests; a build that many tests look at runs once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sites
from factories import ROOT, Built, build, pelican

SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one way to rewrite tests/golden/*/expected."""
    parser.addoption("--write-golden", action="store_true", help="rewrite tests/golden/*/expected from this build")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the site that this repository ships, once, any warning being fatal."""
    return _build_shipped(tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def shipped_again(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the shipped site a second time, from another folder and without the first one's cache."""
    return _build_shipped(tmp_path_factory.mktemp("shipped again"))


@pytest.fixture(scope="session")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the ordinary small site of sites.TEA_SITE, once, any warning being fatal."""
    built = build(tmp_path_factory.mktemp("tea"), sites.TEA_SITE, fatal="warnings")
    assert built.code == 0, built.log
    return built


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site whose comments attack its readers, once."""
    built = build(tmp_path_factory.mktemp("hostile"), sites.HOSTILE_SITE)
    assert built.code == 0, built.log
    return built


@pytest.fixture(scope="session")
def hostile_bare(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the hostile site with a bare theme that only includes the plugin's templates, autoescape being off."""
    folder = tmp_path_factory.mktemp("bare")
    theme = sites.write(folder / "theme" / "templates", sites.BARE_THEME)
    replies = {"DEBATE_REPLY_ADDRESS": "replies@site.example", "DEBATE_REPOSITORY": "https://forge.example/me/blog"}
    built = build(folder, sites.HOSTILE_SITE, THEME=str(theme.parent), JINJA_ENVIRONMENT={}, **replies)
    assert built.code == 0, built.log
    return built


@pytest.fixture(scope="session")
def german(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a German site with guests of many scripts, once, any warning being fatal."""
    return _build_tea_house(tmp_path_factory.mktemp("german"), "de")


@pytest.fixture(scope="session")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the same site in a right-to-left language without a catalogue, once, any warning being fatal."""
    return _build_tea_house(tmp_path_factory.mktemp("hebrew"), "he")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of material that belongs to others; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is absent")
    return SHARED


def _build_tea_house(folder: Path, language: str) -> Built:
    given = {
        "DEFAULT_LANG": language,
        "RELATIVE_URLS": True,
        "DEBATE_REPLY_ADDRESS": "replies@site.example",
        "MONTH_ARCHIVE_SAVE_AS": "archiv/{date:%Y}-{date:%m}/index.html",
    }
    built = build(folder, sites.TEA_HOUSE, fatal="warnings", **given)
    assert built.code == 0, built.log
    return built


def _build_shipped(folder: Path) -> Built:
    for name in ("content", "theme", "plugins"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pelicanconf.py", folder)
    built = pelican(folder, "pelicanconf.py", folder / "output", "--fatal", "warnings")
    assert built.code == 0, built.log
    return built
