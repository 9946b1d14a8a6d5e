"""Catalogues: .po files to translations in memory, checked, so that no compiled file is ever out of date."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from .errors import CatalogueError, at

SHIPPED = Path(__file__).parent / "translations"
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_PLACEHOLDER_OR_PERCENT = re.compile(r"%(?:\(\w+\)s|%)")


def catalogue_paths(names: Sequence[str], own: Path) -> list[Path]:
    """Return the catalogues of these names that exist: the plugin's, then those of the folder `own`, which win."""
    paths = (folder / f"{name}.po" for folder in (SHIPPED, own) for name in names)
    return [path for path in paths if path.is_file()]


def read_catalogues(paths: Sequence[Path], locale: Locale) -> Translations:
    """Return the translations of one catalogue or more, a later one's before an earlier one's; fuzzy ones do not count.

    Raises CatalogueError, with file and line, for a file or a translation that cannot be used.
    """
    first, *others = (_compiled(read_catalogue(path, locale)) for path in paths)
    for other in others:
        first.merge(other)
    return first


def read_catalogue(path: Path, locale: Locale) -> Catalog:
    """Return one catalogue; raise CatalogueError where it cannot be read or a translation's placeholders are wrong."""
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError("no catalogue", where=str(path), why=str(error), remedy="mend the line named") from error
    for message in catalog:
        if message.id and not message.fuzzy:
            _check(path, message)
    return catalog


def originals(message: Message) -> tuple[str, ...]:
    """Return a message's English forms: one, or one and many."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translated(message: Message) -> tuple[str, ...]:
    """Return a message's forms in the catalogue's language; an empty text is none."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def faults(message: Message) -> Iterator[str]:
    """Yield what is wrong with a translation: a placeholder that nothing fills or is lost, a percent sign alone."""
    known = {name for form in originals(message) for name in _PLACEHOLDER.findall(form)}
    needed = set.intersection(*(set(_PLACEHOLDER.findall(form)) for form in originals(message)))
    for form in filter(None, translated(message)):
        used = set(_PLACEHOLDER.findall(form))
        yield from (f"%({name})s is none of its placeholders" for name in sorted(used - known))
        yield from (f"%({name})s is missing" for name in sorted(needed - used))
        if "%" in _PLACEHOLDER_OR_PERCENT.sub("", form):
            yield "a percent sign is written %%"


def _check(path: Path, message: Message) -> None:
    for fault in faults(message):
        raise CatalogueError(
            f"the translation of {originals(message)[0]!r} cannot be used",
            where=at(path, message.lineno),
            why=fault,
            remedy="keep every %(name)s as it is",
        )


def _compiled(catalog: Catalog) -> Translations:
    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return Translations(file)
