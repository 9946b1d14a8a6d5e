"""The plugin's parts in Pelican's own `simple` theme, as a browser shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

import pytest
from factories import ROOT, build
from sites import TEA_SITE

from .looks import faults, open_all, overflowing
from .serving import served

if TYPE_CHECKING:
    from .reader import Reader

pytestmark = pytest.mark.browser
PATHS = ("/cup/", "/pot/", "/debate/tea/", "/debate/tea/milk/")


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build and serve the ordinary small site in the simple theme, replies switched on."""
    settings = {
        "SITEURL": "",
        "RELATIVE_URLS": True,
        "THEME": "simple",
        "THEME_TEMPLATES_OVERRIDES": [str(ROOT / "examples/simple-theme/templates")],
        "DEBATE_REPLY_ADDRESS": "replies@site.example",
    }
    built = build(tmp_path_factory.mktemp("simple"), TEA_SITE, **settings)
    assert built.code == 0, built.log
    with served(built.output) as address:
        yield address


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out(reader_of: Callable[[str], Reader], simple: str, path: str, width: int) -> None:
    page = reader_of(simple).open(path, width=width)
    open_all(page)
    assert overflowing(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_fault_in_the_plugins_parts(
    reader_of: Callable[[str], Reader], simple: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    page = reader_of(simple).open(path, scheme=scheme)
    open_all(page)
    # axe takes a page without a background for white; the browser paints this one.
    page.add_style_tag(content="html { background: Canvas; color: CanvasText; }")
    assert faults(page) == []
