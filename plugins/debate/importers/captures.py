"""Captured blog pages (saved as text) to a post and its comments.

The shapes: WordPress "N thoughts on", theme "N Responses to" with "NAME says:", Blogger classic "NAME said...", Blogger
threaded "N comments:" with numbered entries, and pages without comments. What a page does not show is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import dates
from .boilerplate import (
    byline,
    categories,
    ends_comments,
    ends_post,
    heading,
    is_menu,
    is_share,
    is_sidebar,
    labels,
    without_icon,
)
from .capture_comments import Entry, entries, first_said
from .names import person, slugify, title_text, without_addresses
from .paragraphs import markdown_of
from .sources import Source, read_text
from .values import Closed, ImportedComment, Items, Notice, Post, Progress

_LONGEST_TITLE = 200
_HEAD_LINES = 60
_MOST_HEADINGS = 40
_MOST_LINES = 50_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page taken apart: what its head says, the lines of the post, the comments."""

    title: str
    date: date | None
    author: str | None
    tags: tuple[str, ...]
    category: str | None
    body: tuple[str, ...]
    entries: tuple[Entry, ...]
    promised: int | None


def read(source: Source, progress: Progress) -> Items:
    """Yield the post and the comments of a page saved as text."""
    text, notices = read_text(source)
    progress(source.stored_bytes, source.stored_bytes)
    yield from notices
    yield from items(page_of(text.split("\n")), source.path)


def items(page: Page, path: Path) -> Items:
    """Yield a page's values; the slug is made of the title, ids count the comments in page order."""
    slug = slugify(page.title) or slugify(path.stem)
    if not page.title and not page.body:
        yield Notice("no title and no text found", damage=True)
        return
    body = without_addresses(markdown_of(page.body))
    yield Post(slug, slug, page.title, body, page.date, page.author, page.category, page.tags)
    if page.promised is not None and page.promised != len(page.entries):
        yield Notice(f"the page announces {page.promised} comments, {len(page.entries)} were found")
    if page.date is None and not page.entries:
        yield Notice("no comments and no date found: is this a saved blog page?")
    yield from _comments(page.entries, slug)
    yield Closed(slug)


def page_of(lines: Sequence[str]) -> Page:
    """Take a page's lines apart."""
    lines = [line.replace("\u00a0", " ").rstrip() for line in lines[:_MOST_LINES]]
    post_end, start, promised, quoted = _find_comments(lines)
    comments = _comment_lines(lines[start:]) if start is not None else []
    # Without a heading above them ("NAME said..." alone) only entries that name their author are trusted.
    found = entries(comments, bare=start == post_end) if comments else ()
    top = lines[:post_end]
    title, below = _title(top, quoted)
    day, author = _date_and_author(top, below)
    body, foot = _body(top[below:])
    tags = tuple(tag for line in foot for tag in labels(line))
    filed = [name for line in foot for name in categories(line)]
    return Page(
        title,
        day,
        author or _byline_author(foot),
        tuple(dict.fromkeys((*tags, *filed[1:]))),
        next(iter(filed), None),
        body,
        found,
        promised,
    )


def _find_comments(lines: Sequence[str]) -> tuple[int, int | None, int | None, str]:
    """Return where the post ends, where the comments begin, how many are announced, and the title quoted there."""
    headings = [(index, found) for index, line in enumerate(lines) if (found := heading(line))]
    for index, (count, title) in headings[:_MOST_HEADINGS]:
        if index and count != 0 and entries(_comment_lines(lines[index + 1 :])):
            return index, index + 1, count, title
    said = first_said(lines)
    if said is not None and said > 0:
        return said, said, None, ""
    for index, (count, title) in reversed(headings):
        if index > len(lines) // 4 and count is not None:
            return index, index + 1, count, title
    return len(lines), None, None, ""


def _comment_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines up to the reply form."""
    end = next((index for index, line in enumerate(lines) if ends_comments(line)), len(lines))
    return list(lines[:end])


def _title(lines: Sequence[str], quoted: str) -> tuple[str, int]:
    """Return the title and the index of the line below it."""
    wanted = _plain(quoted)
    for index, line in enumerate(lines):
        if wanted and _plain(without_icon(line)).startswith(wanted) and len(line) <= _LONGEST_TITLE:
            return title_text(without_icon(line)), index + 1
    candidates = _candidates(lines)
    if quoted:
        return title_text(quoted), candidates[0] if candidates else 0
    at = _title_index(lines, candidates)
    return ("", 0) if at is None else (title_text(without_icon(lines[at])), at + 1)


def _title_index(lines: Sequence[str], candidates: Sequence[int]) -> int | None:
    """Return the title's index: the short line under a date (Blogger), above one (WordPress), or the first line."""
    dated = next((index for index, line in enumerate(lines[:_HEAD_LINES]) if line.strip() and _is_date(line)), None)
    if dated is None:
        return candidates[0] if candidates else None
    above = [index for index in candidates if index < dated]
    below = next((index for index in candidates if index > dated), None)
    if below is not None and _is_title(lines, below):
        return below
    return above[-1] if above else below


def _is_title(lines: Sequence[str], index: int) -> bool:
    """Say whether a line under a date is a title: short, alone, no sentence, with text below it."""
    line = lines[index].strip()
    alone = index + 1 >= len(lines) or not lines[index + 1].strip() or byline(lines[index + 1]) is not None
    follows = any(other.strip() for other in lines[index + 1 :])
    return alone and follows and len(line) <= 120 and not line.endswith((".", ":", ",", ";"))


def _candidates(lines: Sequence[str]) -> list[int]:
    """Return the indexes of lines at the top that may be a title: no sidebar box, menu, share bar, date or byline."""
    found: list[int] = []
    boxed = False
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if is_sidebar(line):
            boxed = True
            continue
        boxed = boxed and (not line.strip() or line[0].isspace() or line.startswith(("•", "*", "-")))
        if line.strip() and not boxed and not _is_furniture(line):
            found.append(index)
    return found


def _is_furniture(line: str) -> bool:
    bullet = line.strip().startswith(("•", "* "))
    return (
        bullet
        or is_menu(line)
        or is_share(line)
        or byline(line) is not None
        or heading(line) is not None
        or ends_post(line)
    )


def _is_date(line: str) -> bool:
    match = byline(line)
    return match is not None and dates.written(line) is not None


def _date_and_author(lines: Sequence[str], below: int) -> tuple[date | None, str | None]:
    """Return the date and author that the lines around the title give."""
    around = [line for line in lines[max(0, below - 6) : below + 8] if line.strip()]
    matches = [match for line in around if (match := byline(line))]
    day = next((found for match in matches if (found := dates.written(match[0]))), None)
    return day, person(next((match["author"] for match in matches if match["author"]), None))


def _byline_author(lines: Sequence[str]) -> str | None:
    return person(next((match["author"] for line in lines if (match := byline(line)) and match["author"]), None))


def _body(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of the post and those of its foot; the head's date lines and the share bars are in neither."""
    start = next((index for index, line in enumerate(lines) if line.strip() and not _is_furniture(line)), len(lines))
    rest = lines[start:]
    end = next((index for index, line in enumerate(rest) if index and ends_post(line)), len(rest))
    while end and (not rest[end - 1].strip() or _is_furniture(rest[end - 1]) or labels(rest[end - 1])):
        end -= 1
    return tuple(line for line in rest[:end] if not is_share(line)), tuple(lines[:start]) + tuple(rest[end : end + 12])


def _comments(found: Sequence[Entry], essay: str) -> Iterator[ImportedComment]:
    open_ids: list[str] = []
    for number, entry in enumerate(found, 1):
        name = f"c{number:03}"
        parent = open_ids[entry.level - 1] if entry.level else None
        open_ids[entry.level :] = [name]
        body = without_addresses(markdown_of(entry.lines))
        yield ImportedComment(name, essay, body, person(entry.author), entry.date, parent, None, entry.state)


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
