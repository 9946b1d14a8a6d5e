"""Catalogues brought up to date with the sources: every message of the templates and modules, none that is gone."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from ..catalogues import SHIPPED, originals, read_catalogue, translated
from ..errors import CatalogueError
from ..frontmatter import write_whole
from ..languages import locale_of

PLUGIN = Path(__file__).parent.parent
_TEMPLATES = ("**/templates/**.html", "**/templates/**.xsl", "templates/**.html")
_METHODS = (("**.py", "python"), *((pattern, "jinja2") for pattern in _TEMPLATES))
_JINJA: Mapping[str, str] = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
_NOTES = ("Translators:",)
_WIDTH = 120
_HEAD = """# Translations of pelican-debate, under the same licence; docs/translating.md says how to add to them.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def update_catalogues(theme: Path, code: str = "") -> str:
    """Bring the shipped catalogues up to date, begin one for a new language's code; return what is left to do.

    Raises CatalogueError for a code that nobody knows and for a catalogue that is wrong.
    """
    template = messages_of(theme)
    new = {SHIPPED / f"{locale_of(code) or code}.po"} if code else set()
    paths = sorted({*SHIPPED.glob("*.po"), *new})
    return "\n".join(f"{path.name}: {_report(updated(path, template))}" for path in paths)


def untranslated(catalog: Catalog) -> list[str]:
    """Return the messages without a translation that counts, in English."""
    return [originals(message)[0] for message in catalog if message.id and not _is_translated(message)]


def messages_of(theme: Path) -> Catalog:
    """Return every message of the plugin and of a theme's templates, in the order of the files."""
    catalog = Catalog(project="pelican-debate", charset="utf-8")
    for folder, name in ((PLUGIN, "plugin"), (theme, "theme")):
        for path, message, comments, context in _extracted(folder):
            catalog.add(message, locations=[(f"{name}/{path}", 0)], auto_comments=comments, context=context)
    return catalog


def updated(path: Path, template: Catalog) -> Catalog:
    """Write a catalogue with the template's messages, each with the translation it had; return it.

    A message whose English changed is untranslated again: a translation of something else would be a false one.
    """
    locale = locale_of(path.stem)
    if locale is None:
        raise CatalogueError(
            f"{path.stem} is no known language", where=str(path), remedy="name it as de.po or pt_BR.po"
        )
    catalog = read_catalogue(path, locale) if path.is_file() else Catalog(locale)
    catalog.update(template, no_fuzzy_matching=True)
    file = io.BytesIO()
    write_po(file, catalog, width=_WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    # Babel's own header holds the clock, its version and places for names; the same sources shall give the same bytes.
    head = _HEAD.format(language=locale, plural_forms=catalog.plural_forms)
    write_whole(path, head + file.getvalue().decode())
    return catalog


def _extracted(folder: Path) -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    options = {pattern: dict(_JINJA) for pattern in _TEMPLATES}
    found = extract_from_dir(folder, _METHODS, options, comment_tags=_NOTES, strip_comment_tags=True)
    for path, _, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        yield path, message, comments, context


def _is_translated(message: Message) -> bool:
    return bool(translated(message)) and all(translated(message)) and not message.fuzzy


def _report(catalog: Catalog) -> str:
    return f"{len(catalog)} messages, {len(untranslated(catalog))} of them to translate"
