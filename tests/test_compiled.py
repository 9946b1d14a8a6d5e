from __future__ import annotations

from typing import Any

import pytest
from debate.compiled import CompiledTemplates
from jinja2 import DictLoader, Environment


class Counting(Environment):
    """An environment that says what it compiles."""

    compiled: list[str | None]

    def compile(self, source: Any, name: str | None = None, *args: Any, **kwargs: Any) -> Any:
        self.compiled.append(name)
        return super().compile(source, name, *args, **kwargs)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    names: list[str | None] = []
    monkeypatch.setattr(Counting, "compiled", names, raising=False)
    return names


def test_environments_that_share_what_they_compile_do_it_once(compiled: list[str | None]) -> None:
    shared, templates = (
        CompiledTemplates(),
        DictLoader({"page": "{{ words }} and {% include 'part' %}", "part": "milk"}),
    )
    pages = [
        Counting(loader=templates, bytecode_cache=shared).get_template("page").render(words=word)
        for word in ("tea", "coffee")
    ]
    assert pages == ["tea and milk", "coffee and milk"]
    assert compiled == ["page", "part"]


def test_a_template_of_another_text_is_compiled_anew(compiled: list[str | None]) -> None:
    shared = CompiledTemplates()
    for text in ("tea", "milk", "tea"):
        page = Counting(loader=DictLoader({"page": text}), bytecode_cache=shared).get_template("page")
        assert page.render() == text
    assert compiled == ["page", "page"]
