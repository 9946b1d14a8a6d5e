"""The essays that are already in the content folder, for sources that carry comments only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from .names import folded, is_one_name, slug_of_file

_HEAD_BYTES = 4096
_SLUG = re.compile(r"^:?slug:[ \t]*(\S.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_ENDINGS = frozenset({".md", ".markdown", ".mkd", ".rst"})


class Essays:
    """The slugs of all essays and pages below a content folder, read once."""

    def __init__(self, into: Path) -> None:
        self._slugs = {folded(slug): slug for path in sorted(into.rglob("*")) if (slug := _slug(path, into))}

    def find(self, candidates: Iterable[str]) -> str | None:
        """Return the slug of the essay that the first fitting candidate names."""
        return next((self._slugs[folded(name)] for name in candidates if folded(name) in self._slugs), None)


def _slug(path: Path, into: Path) -> str | None:
    """Return a file's slug: its own, else that of its name, as Pelican takes it; None for what is no essay.

    A slug that leads elsewhere (Pelican may take it for a path) gets no comments: their folder would lie outside.
    """
    if path.suffix.lower() not in _ENDINGS or path.relative_to(into).parts[0] == "comments" or not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).decode("utf-8", "replace")
    if slug := _SLUG.search(head):
        return slug[1] if is_one_name(slug[1]) else None
    return slug_of_file(path)
