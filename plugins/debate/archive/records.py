"""One comment of an archive, or the reason why a line of it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..stance.text import MOST_CHARACTERS

LONGEST_ID = 1000


@dataclass(frozen=True, slots=True)
class Fields:
    """Under which names the records of an archive hold a comment's text and id."""

    text: str = "text"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Record:
    """A comment's id and text; `error` says why there is no text to tag, `line` is its place in the file, from 1."""

    line: int
    id: str | int | None = None
    text: str = ""
    error: str = ""


def record_of(line: int, id: Any, text: Any, fields: Fields) -> Record:
    """Return the record of two values as the source holds them.

    No more of the text is kept than a tagger reads (it cuts at the last blank before MOST_CHARACTERS), so that memory
    stays small. Half a surrogate pair, which JSON can spell but no file can hold, is replaced.
    """
    if isinstance(id, bool) or not isinstance(id, str | int) or len(str(id)) > LONGEST_ID:
        return Record(line, error=f'no id as "{fields.id}" (--id-field names another)')
    whole = _encodable(id) if isinstance(id, str) else id
    if not isinstance(text, str):
        return Record(line, whole, error=f'no text as "{fields.text}" (--text-field names another)')
    return Record(line, whole, _encodable(text[: MOST_CHARACTERS + 1]))


def _encodable(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
