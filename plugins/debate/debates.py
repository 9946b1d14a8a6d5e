"""Debate files: TOML to `Debate`, with an error that names file, key and remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .contents import NONE, OFF, Debate, Stance
from .errors import DebateFileError, at
from .languages import ENGLISH, Language
from .sanitizing import CONTROL
from .stance.card import BUILT_IN
from .stance.shipped import is_shipped, purpose_of

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = frozenset((NONE, OFF, "unsure"))
_FIELDS: Mapping[str, type] = {
    "key": str,
    "question": str,
    "opposites": list,
    "none_name": str,
    "unsure_name": str,
    "model": str,
    "examples": str,
    "aggregates_only": bool,
    "stances": list,
}
COLOURS = ("sky", "plum", "amber", "moss", "rose", "teal")
"""The colour tokens of tokens.css that a stance may name."""
_STANCE_FIELDS = ("key", "name", "meaning", "colour")


def read_debates(folder: Path, language: Language = ENGLISH) -> dict[str, Debate]:
    """Return the debates of a folder by key, in the order of their files' names; no folder gives none.

    Raises DebateFileError for a file that cannot be used, or two files of one key.
    """
    debates: dict[str, Debate] = {}
    for path in sorted(folder.glob("*.toml")):
        debate = read_debate(path, language)
        if debate.key in debates:
            raise _wrong(path, f'key "{debate.key}" is used twice', "every debate needs a key of its own", "rename one")
        debates[debate.key] = debate
    return debates


def read_debate(path: Path, language: Language = ENGLISH) -> Debate:
    """Return the debate a file defines; raise DebateFileError naming the file and the faulty key, or the wrong model.

    The words for "takes no side" and "not sure" are the language's own where the file gives none.
    """
    table = _load(path)
    _check_fields(path, table)
    stances = tuple(_stance(path, number, row) for number, row in enumerate(table["stances"], 1))
    keys = [stance.key for stance in stances]
    _check_keys(path, keys)
    words = {"none_name": language.gettext("takes no side"), "unsure_name": language.gettext("not sure")}
    optional = words | {name: table[name] for name in table if name not in ("stances", "opposites")}
    debate = Debate(stances=stances, opposites=_opposites(path, table["opposites"], keys), **optional)
    _check_model(path, debate)
    return debate


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _wrong(path, "this file cannot be read", str(error.strerror), "check what it is") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, "this is no TOML file", str(error), "mend the line named") from error
    except RecursionError as error:
        raise _wrong(path, "this is no TOML file", "lists stand in lists by the hundred", "take them out") from error


def _check_fields(path: Path, table: Mapping[str, Any]) -> None:
    unknown = sorted(set(table) - set(_FIELDS))
    if unknown:
        raise _wrong(path, f'unknown key "{unknown[0]}"', "it has no meaning here", f"use {', '.join(_FIELDS)}")
    for name in ("key", "question", "opposites", "stances"):
        if not table.get(name):
            raise _wrong(path, f'"{name}" is missing', "every debate needs it", f"add {name} = ...")
    for name, value in table.items():
        if not isinstance(value, _FIELDS[name]):
            raise _wrong(path, f'"{name}" is no {_FIELDS[name].__name__}', f"got {value!r}", "correct the value")
    for name, text in _texts(table):
        if not text.strip():
            raise _wrong(
                path, f'"{name}" is empty', "pages would show a gap in its place", "write words, or no such line"
            )
        if CONTROL.search(text):
            raise _wrong(path, f"{text[:60]!r} holds a control character", "no feed can carry it", "delete it")
    if not _KEY.fullmatch(table["key"]):
        raise _wrong(path, f'key "{table["key"]}" cannot stand in an address', "", "use a-z, 0-9 and single hyphens")


def _texts(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the texts of a debate and of its stances with their keys."""
    rows = [row for row in table["stances"] if isinstance(row, dict)]
    yield from (pair for each in (table, *rows) for pair in each.items() if isinstance(pair[1], str))


def _stance(path: Path, number: int, row: Any) -> Stance:
    if (
        not isinstance(row, dict)
        or set(row) != set(_STANCE_FIELDS)
        or not all(isinstance(v, str) for v in row.values())
    ):
        raise _wrong(path, f"stance {number} is wrong", f"got {row!r}", f"give it {', '.join(_STANCE_FIELDS)} as text")
    if not _KEY.fullmatch(row["key"]) or row["key"] in _RESERVED:
        why = f"keys stand in addresses, and {', '.join(sorted(_RESERVED))} mean something else"
        raise _wrong(path, f'stance key "{row["key"]}" cannot be used', why, "use a-z, 0-9 and single hyphens")
    if row["colour"] not in COLOURS:
        raise _wrong(
            path, f'colour "{row["colour"]}" is no token', "pages paint by tokens", f"use {', '.join(COLOURS)}"
        )
    return Stance(**row)


def _check_keys(path: Path, keys: list[str]) -> None:
    if len(keys) < 2:
        raise _wrong(path, "a debate needs two stances or more", f"got {len(keys)}", "add [[stances]]")
    if len(set(keys)) < len(keys):
        raise _wrong(path, "two stances have one key", ", ".join(keys), "rename one")


def _opposites(path: Path, value: list[Any], keys: list[str]) -> tuple[str, str]:
    if len(value) != 2 or value[0] == value[1] or not all(key in keys for key in value):
        raise _wrong(path, "opposites must be two of the stances", f"got {value!r}", f"choose two of {', '.join(keys)}")
    return value[0], value[1]


def _check_model(path: Path, debate: Debate) -> None:
    """Stop where the debate's model was made for other stances or opposites; their order does not matter.

    A stance that only the model knows would be shown as "takes no side"; one that only the debate has would never be
    said, and its share be a false 0 %. The share of tags on the wrong side would be told of the wrong pair. `none` may
    be missing in a model: one that is trained without a single comment that takes no side never says it either. A model
    that cannot be read is refused when there is something to tag.
    """
    if debate.model and not is_shipped(debate.model, path.parent) and not (path.parent / debate.model).is_file():
        why = "it is neither the name of a built-in one nor that of a file beside this one"
        remedy = f"write {', '.join(BUILT_IN)} or the file's name, or delete `model`"
        raise _wrong(path, f'there is no model "{debate.model}"', why, remedy, _line_of("model", path))
    known = purpose_of(debate.model, path.parent) if debate.model else None
    if known is None:
        return
    other = (
        "name a model trained for this debate, or delete `model`, so that the debate's own labelled comments train one"
    )
    if {*known.labels, NONE} != set(debate.labels):
        knows, has = (_listed(label for label in labels if label != NONE) for labels in (known.labels, debate.labels))
        what, why = f'the model "{debate.model}" was made for other stances', f"it knows {knows}, the debate has {has}"
        raise _wrong(path, what, why, f"give the stances the model's keys, {other}", _line_of("model", path))
    if set(known.opposites) != set(debate.opposites):
        what = f'the model "{debate.model}" was made for other opposites'
        why = f"its mistakes are counted between {_listed(known.opposites)}, the debate has {_listed(debate.opposites)}"
        raise _wrong(path, what, why, f"write the model's two as opposites, {other}", _line_of("opposites", path))


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(labels) or "none"


def _line_of(key: str, path: Path) -> int | None:
    """Return the number of the line that a key stands in, None where more than one looks like it."""
    text = path.read_text(encoding="utf-8-sig")
    found = list(re.finditer(rf"^[ \t]*{key}[ \t]*=", text, re.MULTILINE))
    return text.count("\n", 0, found[0].start()) + 1 if len(found) == 1 else None


def _wrong(path: Path, what: str, why: str, remedy: str, line: int | None = None) -> DebateFileError:
    return DebateFileError(what, where=at(path, line), why=why, remedy=remedy)
