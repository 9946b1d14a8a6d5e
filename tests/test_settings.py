from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from debate.errors import SettingError
from debate.reply_links import FORGE_PATTERNS
from debate.settings import FORGES, DebateSettings, setting_name


def test_nothing_set_gives_the_defaults() -> None:
    assert DebateSettings.read({"SITENAME": "x"}) == DebateSettings()


def test_every_default_passes_its_own_check() -> None:
    defaults = {setting_name(field.name): getattr(DebateSettings(), field.name) for field in fields(DebateSettings)}
    assert DebateSettings.read(defaults) == DebateSettings()


def test_a_misspelt_setting_is_named_with_those_that_exist() -> None:
    with pytest.raises(SettingError, match=r"DEBATE_DEFUALT: unknown setting.*DEBATE_DEFAULT"):
        DebateSettings.read({"DEBATE_DEFUALT": "tea"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBATE_PATH", 3),
        ("DEBATE_DEFAULT", ""),
        ("DEBATE_URL", "debate/"),
        ("DEBATE_URL", "debate/{key}.html"),
        ("DEBATE_URL", "{key}/{slug}/"),
        ("DEBATE_URL", "debate/{key}/{"),
        ("DEBATE_PATH", "/etc"),
        ("DEBATE_COMMENTS_PATH", "../comments"),
        ("DEBATE_STANCE_URL", "/debate/{key}/{stance}/"),
        ("DEBATE_URL", "../{key}/"),
        ("DEBATE_JOBS", 0),
        ("DEBATE_JOBS", True),
        ("DEBATE_THREAD_FEED_ATOM", "feed.xml"),
        ("DEBATE_RECENT_COMMENTS", -1),
        ("DEBATE_RECENT_COMMENTS", True),
        ("DEBATE_LICENCE", 7),
        ("DEBATE_LASTING_IDS", 1),
        ("DEBATE_FORGE", "forgejoo"),
    ],
)
def test_a_wrong_value_is_refused_by_name_with_a_remedy(name: str, value: Any) -> None:
    with pytest.raises(SettingError, match=rf"^{name}: .*Remedy: "):
        DebateSettings.read({name: value})


@pytest.mark.parametrize("forge", [*FORGE_PATTERNS, "https://forge.example/new?text={text}"])
def test_every_known_forge_and_any_pattern_is_taken(forge: str) -> None:
    assert DebateSettings.read({"DEBATE_FORGE": forge}).forge == forge
    assert set(FORGES) == set(FORGE_PATTERNS)


def test_a_feed_can_be_switched_off() -> None:
    assert DebateSettings.read({"DEBATE_THREAD_FEED_RSS": None}).thread_feed_rss is None
