"""The essays of a content folder, read without Pelican: slug, title and debate are all that the desk needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from ..contents import Debate, Essay
from ..debates import read_debates
from ..discussions import Topic
from ..errors import DebateError, at
from ..importers.names import is_one_name, slug_of_file
from ..settings import DebateSettings

PAGES = "pages"
"""The folder of pages, as pelicanconf.py has it (PAGE_PATHS)."""

_SUFFIXES = (".md", ".markdown", ".mkd", ".rst")
_META = re.compile(r":?(?P<name>[A-Za-z][\w-]*):\s*(?P<value>.*)")
_LONGEST_HEAD_LINES = 60


def read_topics(content: Path, settings: DebateSettings) -> list[Topic]:
    """Return the essays and pages below a content folder in the order of their paths, each with its debate.

    Without a `Slug:` the slug is the file's name, as pelicanconf.py has it (SLUGIFY_SOURCE). Raises DebateError where
    there is no such folder, DebateFileError for a wrong debate file.
    """
    if not content.is_dir():
        remedy = "name the folder that holds debates/, essays/ and comments/ by --content"
        raise DebateError("there is no such content folder", where=at(content), remedy=remedy)
    debates = read_debates(content / settings.path)
    outside = (content / settings.path, content / settings.comments_path)
    paths = (path for path in sorted(content.rglob("*")) if path.suffix in _SUFFIXES and path.is_file())
    essays = (path for path in paths if not any(path.is_relative_to(folder) for folder in outside))
    topics = (_topic(path, debates, _default(path.relative_to(content), settings)) for path in essays)
    return [topic for topic in topics if is_one_name(topic.essay.slug)]


def labels_of(topics: Iterable[Topic]) -> dict[str, tuple[str, ...]]:
    """Return the stance labels that the comments of each essay may carry, by slug; none for one without a debate."""
    return {topic.essay.slug: topic.debate.labels for topic in topics if topic.debate}


def _default(path: Path, settings: DebateSettings) -> str | None:
    """Return the debate of a document that names none: as in a build, the site's for an essay, none for a page."""
    return None if path.parts[0] == PAGES else settings.default


def _topic(path: Path, debates: Mapping[str, Debate], default: str | None) -> Topic:
    with path.open(encoding="utf-8", errors="replace") as file:
        lines = [line.strip() for line in islice(file, _LONGEST_HEAD_LINES)]
    meta = _meta(lines if path.suffix == ".rst" else _head(lines))
    title = meta.get("title") or (lines[0] if path.suffix == ".rst" and lines else path.stem)
    slug = meta.get("slug") or slug_of_file(path)
    return Topic(Essay(slug, title, url=""), debates.get(meta.get("debate") or default or ""))


def _head(lines: list[str]) -> Iterable[str]:
    return lines[: lines.index("")] if "" in lines else lines


def _meta(lines: Iterable[str]) -> dict[str, str]:
    matches = (_META.fullmatch(line) for line in lines)
    return {match["name"].lower(): match["value"].strip("\"' ") for match in matches if match}
