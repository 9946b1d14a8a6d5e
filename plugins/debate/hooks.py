"""What is done around Pelican's own steps: settings checked, templates offered, undated essays kept, feeds extended."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader
from pelican.utils import SafeDatetime

from .compiled import CompiledTemplates
from .errors import DebateError
from .essay_feeds import add_replies
from .feed_files import site_of
from .fragments import kept
from .languages import Language, read_language
from .settings import DebateSettings
from .speaking import speak

HERE = Path(__file__).parent

# Pelican's own words; until 4.11 it had no class of its own for the first.
_OVERWRITTEN = re.compile("Failed to overwrite|is to be overwritten")
_STOPPED = "Warning or error encountered"
_ONE_ADDRESS = (
    "Two essays or pages have this address, or one has that of a page that the site makes by itself (with the settings "
    'that ship: archive, search, debate). Remedy: give one of them another "Slug:".'
)


def register_settings(pelican: Any) -> None:
    """Check the settings before any work, and keep comment files from being read as essays or pages."""
    logging.getLogger("pelican").addFilter(without_traceback)
    config = DebateSettings.read(pelican.settings)
    for name in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        pelican.settings[name] = [*pelican.settings[name], config.comments_path]


def without_traceback(record: logging.LogRecord) -> bool:
    """Keep Pelican from printing a traceback under an error that says all without it (a logging filter).

    Where two documents have one address, Pelican names the file alone: the remedy is added.
    """
    error = record.exc_info[1] if record.exc_info else None
    if error and _OVERWRITTEN.search(str(error)):
        record.msg, record.args = f"{record.getMessage()}. {_ONE_ADDRESS}", ()
    if error and _says_all(error):
        record.exc_info = None
    return True


def _says_all(error: BaseException) -> bool:
    """Say whether an error, or the warning printed before it that it was raised for, needs no traceback."""
    if str(error) == _STOPPED:
        return error.__context__ is None or _says_all(error.__context__)
    return isinstance(error, DebateError) or _OVERWRITTEN.search(str(error)) is not None


def add_templates(generator: Any) -> None:
    """Offer the plugin's templates after the theme's own, so that a theme can override each, in the site's language."""
    generator.env.loader.loaders.append(FileSystemLoader(HERE / "templates"))
    generator.env.globals["kept"] = kept
    generator.env.auto_reload = False  # a build has environments of its own: no need to look at the files at every use
    if generator.env.bytecode_cache is None:
        generator.env.bytecode_cache = generator.context.setdefault("compiled_templates", CompiledTemplates())
    speak(generator.env, language_of(generator))


def language_of(generator: Any) -> Language:
    """Return the build's language, read by the first generator: all of one build share their context."""
    settings, context = generator.settings, generator.context
    if "language" not in context:
        context["language"] = read_language(settings["DEFAULT_LANG"], Path(settings["THEME"], "translations"))
    language: Language = context["language"]
    return language


def date_undated(_: Any, metadata: dict[str, Any]) -> None:
    """Mark what has no date, so that none is shown, and let it be built where its file has a `Debate:` line.

    All else without a date (slides, a page built before) Pelican skips, as ever, unless it is a draft.
    """
    if "date" in metadata:
        return
    metadata["undated"] = True
    if "debate" in metadata:
        metadata["date"] = SafeDatetime(1970, 1, 1, tzinfo=UTC)


def extend_feed(context: Mapping[str, Any], feed: Any) -> None:
    """Add links to the discussions, and stylesheets, to a feed of essays that Pelican is about to write."""
    site = site_of(context, context["language"])
    add_replies(feed, context.get("feed_replies", {}), site.styles, lasting_ids=site.lasting_ids)
