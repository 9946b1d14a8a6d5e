"""For templates, `{% call kept("name", digest) %}...{% endcall %}`: markup that is made once and then inserted.

What stands inside may depend on what the digest says, on the settings, on the templates below debate/, on SITEURL and
on the language of the article or page, and on nothing else: these decide whether kept markup still holds. Under an
empty digest nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from .cache import Cache, code_digest, digest_of

FOLDER = "debate/"


@pass_context
def kept(context: Context, name: str, digest: str, caller: Callable[[], str]) -> str:
    """Return the markup of the block, as templates call it; without a keeper in the context it is made every time."""
    keeper: Keeper | None = context.get("debate_keeper")
    if keeper is None:
        return caller()
    document = context.get("article") or context.get("page")
    seen_from = str(context.get("SITEURL")), str(getattr(document, "lang", ""))
    return keeper.markup(" ".join((name, *seen_from)), digest, caller)


class Keeper:
    """Markup kept for one environment: the templates it finds below debate/ and the settings are in every digest."""

    def __init__(self, cache: Cache, environment: Environment, settings: object) -> None:
        self._cache, self._environment, self._settings = cache, environment, settings

    def markup(self, name: str, digest: str, make: Callable[[], str]) -> Markup:
        """Return the markup kept, else make and keep it; under an empty digest nothing is kept."""
        whole = digest_of(self._surroundings, digest) if digest else ""
        kept = self._cache.get("markup", name, whole) if digest else None
        if kept is not None:
            return Markup(kept)  # noqa: S704 - it was markup when it was kept
        made = Markup(make())  # noqa: S704 - a block of a template
        self._cache.put("markup", name, whole, str(made))
        return made

    @cached_property
    def _surroundings(self) -> str:
        names = self._environment.list_templates(filter_func=lambda name: name.startswith(FOLDER))
        loader = self._environment.loader
        sources = [loader.get_source(self._environment, name)[0] for name in names] if loader else []
        return digest_of(code_digest(), self._settings, names, sources)
