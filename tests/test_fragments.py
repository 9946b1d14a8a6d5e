from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from debate.cache import Cache
from debate.fragments import Keeper, kept
from jinja2 import DictLoader, Environment

TEMPLATES = {
    "page.html": '{% include "debate/part.html" %}',
    "debate/part.html": """{% call kept("part", digest) -%}
{% autoescape true %}<b>{{ word() }}</b> {{ SITEURL }}{% endautoescape %}
{%- endcall %}""",
}


def _page(folder: Path, words: list[str], *, digest: str = "d", settings: str = "", **templates: str) -> str:
    """Render the page; every word that is not taken from the cache is taken from the list."""
    sources = TEMPLATES | {f"debate/{name}.html": text for name, text in templates.items()}
    environment = Environment(loader=DictLoader(sources))
    environment.globals["kept"] = kept
    with closing(Cache(folder)) as cache:
        keeper = Keeper(cache, environment, settings)
        return environment.get_template("page.html").render(
            debate_keeper=keeper, digest=digest, word=lambda: words.pop(0), SITEURL="/x"
        )


def test_a_block_is_made_once_and_inserted_unescaped_from_then_on(tmp_path: Path) -> None:
    words = ["a&b", "other"]
    assert _page(tmp_path, words) == _page(tmp_path, words) == "<b>a&amp;b</b> /x"
    assert words == ["other"]


@pytest.mark.parametrize(
    "change", [{"digest": "e"}, {"digest": ""}, {"settings": "others"}, {"other": "a template beside it"}]
)
def test_a_block_is_made_again_when_digest_settings_or_templates_change(tmp_path: Path, change: dict[str, str]) -> None:
    words = ["first", "second"]
    _page(tmp_path, words)
    assert "second" in _page(tmp_path, words, **change)


def test_without_a_keeper_a_block_is_made_every_time() -> None:
    environment = Environment(loader=DictLoader(TEMPLATES))
    environment.globals["kept"] = kept
    words = ["first", "second"]
    template = environment.get_template("page.html")
    assert "first" in template.render(digest="d", word=lambda: words.pop(0))
    assert "second" in template.render(digest="d", word=lambda: words.pop(0))
