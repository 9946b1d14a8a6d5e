"""The comments of a captured page: lines to entries, in each of the shapes that blog themes print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import dates
from .boilerplate import is_control
from .values import PENDING, PUBLISHED

_NUMBERED = re.compile(r"(?P<indent>\s*)(?P<number>\d{1,4})[.)](?:\s+(?P<rest>.*))?$")
_BULLET = re.compile(r"(?P<indent>\s*)[•*·◦▪‣-]\s+(?P<rest>\S.*)$")
_PLAIN = re.compile(r"(?P<indent>\s*)(?P<rest>\S.*)$")
_VERB = r"(?P<verb>says|said|writes|wrote|replies|replied|commented|responds|responded)"
_SAYS = re.compile(
    rf"(?P<name>\S(?:.{{0,78}}?\S)??)(?:,?\s+on\s+(?:{dates.PATTERN}))?,?\s+{_VERB}\s*(?P<mark>:|\.\.\.|…)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"(?P<name>.{{0,80}}?)[\s,|·•–—-]*(?:\bon\s+|\bat\s+)?(?:{dates.PATTERN})\s*[:#]?(?:\s*(?:\(?edit\)?|permalink|#))*",
    re.IGNORECASE,
)
_TIME_ONLY = re.compile(
    r"(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}/\d{1,2}/\d{2,4}(?:,?\s+\d{1,2}:\d{2}.{0,12})?|"
    r"(?:about\s+)?\d+\s+(?:second|minute|hour|day|week|month|year)s?\s+ago",
    re.IGNORECASE,
)
_REMOVED = re.compile(
    r"(?:this (?:comment|post) has been removed by (?:the author|a blog administrator)|comment (?:deleted|removed))\.?",
    re.IGNORECASE,
)
_PING = re.compile(r"(pingback|trackback):\s", re.IGNORECASE)
_WAITING = re.compile(r"your comment is awaiting moderation\.?.*", re.IGNORECASE)
_GLUED = re.compile(r"\s*ReplyDelete$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment as the page shows it; `level` is its depth in lists, `lines` its text alone."""

    lines: tuple[str, ...]
    level: int = 0
    author: str | None = None
    date: date | None = None
    state: str = PUBLISHED


@dataclass(frozen=True, slots=True)
class _Start:
    """The first line of an entry: where it is, how deep, whether a marker or a name opens it."""

    index: int
    indent: int
    rest: str
    shape: str


def entries(lines: Sequence[str], *, bare: bool = False) -> tuple[Entry, ...]:
    """Return the comments in page order; the first line decides the shape that all of them must have.

    With `bare` there was no heading above the lines, so only the shapes that name their author are trusted.
    """
    starts = _starts(lines, bare)
    ends = [*(start.index for start in starts[1:]), len(lines)][: len(starts)]
    levels = _levels([start.indent for start in starts])
    return tuple(
        _entry(start, lines[start.index + 1 : end], level)
        for start, end, level in zip(starts, ends, levels, strict=True)
    )


def first_said(lines: Sequence[str]) -> int | None:
    """Return the index of the first "NAME said..." line that stands alone, for pages without a comments heading."""
    return next((index for index, line in enumerate(lines) if _stands_alone(lines, index) and _says(line)), None)


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    return not index or not lines[index - 1].strip()


def _starts(lines: Sequence[str], bare: bool) -> list[_Start]:
    first = next((index for index, line in enumerate(lines) if line.strip() and not is_control(line)), None)
    if first is None or first > 12:
        return []
    line = lines[first]
    if not bare and (match := _NUMBERED.match(line)) and int(match["number"]) <= 1:
        return list(_numbered(lines, first))
    if (match := _BULLET.match(line)) and (_says(match["rest"]) or _named_and_dated(match["rest"])):
        return [start for index in range(first, len(lines)) if (start := _bulleted(lines[index], index))]
    if said := _says(line):
        indent = len(line) - len(line.lstrip())
        return [start for index in range(first, len(lines)) if (start := _saying(lines[index], index, indent, said))]
    return [] if bare else [start for index in range(first, len(lines)) if (start := _named(lines, index))]


def _numbered(lines: Sequence[str], first: int) -> Iterator[_Start]:
    """Yield the entries counted 1, 2, 3 ... at the indent of the first, and the replies nested below them."""
    expected, indent = 0, -1
    for index in range(first, len(lines)):
        match = _NUMBERED.match(lines[index])
        if match and expected == 0:
            expected, indent = int(match["number"]), len(match["indent"])
        if match and len(match["indent"]) == indent and int(match["number"]) == expected:
            expected += 1
            yield _Start(index, indent, match["rest"] or "", "numbered")
        elif start := _nested(lines, index, indent):
            yield start


def _nested(lines: Sequence[str], index: int, indent: int) -> _Start | None:
    """Return a deeper list entry if it is a reply: it names its author, or the line above says "Replies"."""
    match = _NUMBERED.match(lines[index]) or _BULLET.match(lines[index])
    if not match or len(match["indent"]) <= indent:
        return None
    rest = match["rest"] or ""
    above = next((lines[at].strip().lower() for at in range(index - 1, -1, -1) if lines[at].strip()), "")
    answered = above in ("replies", "replydelete", "reply") and _NUMBERED.match(lines[index])
    return (
        _Start(index, len(match["indent"]), rest, "nested")
        if answered or _says(rest) or _named_and_dated(rest)
        else None
    )


def _bulleted(line: str, index: int) -> _Start | None:
    match = _BULLET.match(line)
    if not match or not (_says(match["rest"]) or _named_and_dated(match["rest"])):
        return None
    return _Start(index, len(match["indent"]), match["rest"], "bulleted")


def _saying(line: str, index: int, indent: int, first: re.Match[str]) -> _Start | None:
    """Return an entry whose line has the indent, the verb and the mark of the first: other sentences may say "said"."""
    said = _says(line) if len(line) - len(line.lstrip()) == indent else None
    if not said or said["verb"].lower() != first["verb"].lower() or said["mark"] != first["mark"]:
        return None
    return _Start(index, indent, line.strip(), "saying")


def _named(lines: Sequence[str], index: int) -> _Start | None:
    """Return an entry that opens with a name and a date, on one line or on two."""
    match = _PLAIN.match(lines[index])
    if not match or len(match["rest"]) > 120 or is_control(lines[index]):
        return None
    following = next((line.strip() for line in lines[index + 1 : index + 3] if line.strip()), "")
    below = _dated(following) if _is_name(match["rest"]) and not _dated(match["rest"]) else None
    named = _named_and_dated(match["rest"]) or (below and not below["name"].strip())
    return _Start(index, len(match["indent"]), match["rest"], "named") if named else None


def _entry(start: _Start, below: Sequence[str], level: int) -> Entry:
    lines = [start.rest, *_dedent(below)]
    entry = Entry((), level)
    lines, entry = _take_author(lines, entry)
    lines, entry = _take_date(lines, entry, start.shape)
    kept = [_GLUED.sub("", line) for line in lines if not is_control(line)]
    texts = [line for line in kept if not _REMOVED.fullmatch(line.strip()) and not _WAITING.fullmatch(line.strip())]
    texts, entry = _take_footer(_trim(texts), entry)
    return replace(entry, lines=tuple(texts), state=_state(kept, texts))


def _state(kept: Sequence[str], texts: Sequence[str]) -> str:
    """Return the state that the lines give away: removed where nothing else is left, waiting, a pingback."""
    filled = [line.strip() for line in texts if line.strip()]
    if not filled and any(_REMOVED.fullmatch(line.strip()) for line in kept):
        return "deleted"
    if filled and (ping := _PING.match(filled[0])):
        return ping[1].lower()
    return PENDING if any(_WAITING.fullmatch(line.strip()) for line in kept) else PUBLISHED


def _take_author(lines: list[str], entry: Entry) -> tuple[list[str], Entry]:
    """Take the name off the first line where it is one: "NAME says:", "NAMEMarch 1, 2009", a name above a date."""
    if said := _says(lines[0]):
        day = (
            dates.from_match(said) if _has_date(said) else dates.written(said["rest"]) if _dated(said["rest"]) else None
        )
        rest = [] if day or not said["rest"] else [said["rest"]]
        return rest + lines[1:], replace(entry, author=said["name"], date=day)
    if (inline := _named_and_dated(lines[0])) and any(line.strip() for line in lines[1:]):
        return lines[1:], replace(entry, author=inline["name"].strip(), date=dates.from_match(inline))
    below = next((_dated(line) for line in lines[1:4] if line.strip()), None)
    if below and not below["name"].strip() and _is_name(lines[0]):
        return lines[1:], replace(entry, author=lines[0].strip())
    return lines, entry


def _take_date(lines: list[str], entry: Entry, shape: str) -> tuple[list[str], Entry]:
    """Take a date line that stands under the name."""
    trimmed = _trim(lines)
    if not trimmed or (entry.author is None and shape == "saying"):
        return trimmed, entry
    if (match := _dated(trimmed[0])) and not match["name"].strip():
        return trimmed[1:], replace(entry, date=entry.date or dates.from_match(match))
    return (trimmed[1:] if _TIME_ONLY.fullmatch(trimmed[0].strip()) else trimmed), entry


def _take_footer(lines: list[str], entry: Entry) -> tuple[list[str], Entry]:
    """Take the date or time that classic themes print under the text; a bare time is no date and is dropped."""
    last = lines[-1].strip() if len(lines) > 1 else ""
    if (match := _dated(last)) and not match["name"].strip():
        return _trim(lines[:-1]), replace(entry, date=entry.date or dates.from_match(match))
    return _trim(lines[:-1]) if _TIME_ONLY.fullmatch(last) else lines, entry


def _says(line: str) -> re.Match[str] | None:
    """Return the match of "NAME says:"; the name must look like one, and nothing but a date may follow."""
    match = _SAYS.fullmatch(line.strip()) if len(line) < 220 else None
    if not match or not _is_name(match["name"]) or "," in match["name"]:
        return None
    return match if not match["rest"] or _dated(match["rest"]) else None


def _dated(line: str) -> re.Match[str] | None:
    """Return the match of a line that is a date, or a name and a date."""
    match = _DATED.fullmatch(line.strip()) if len(line) < 160 else None
    return match if match and (not match["name"].strip() or _is_name(match["name"])) else None


def _named_and_dated(line: str) -> re.Match[str] | None:
    """Return the match of "NAMEMarch 1, 2009 at 9:12 AM"; without the time it may be a sentence about a day."""
    match = _dated(line)
    return match if match and match["name"].strip() and match["hour"] else None


def _is_name(text: str) -> bool:
    """Say whether a text can be a person's name: short, one line, no sentence."""
    bare = text.strip()
    return 0 < len(bare) <= 60 and len(bare.split()) <= 7 and not re.search(r"[.!?:;]\s|[!?;:,]$|https?:", bare)


def _has_date(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("year_last", "year_end", "year"))


def _levels(indents: Sequence[int]) -> list[int]:
    open_indents: list[int] = []
    levels = []
    for indent in indents:
        while open_indents and open_indents[-1] >= indent:
            open_indents.pop()
        levels.append(len(open_indents))
        open_indents.append(indent)
    return levels


def _dedent(lines: Sequence[str]) -> list[str]:
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    cut = min(indents, default=0)
    return [line[cut:] for line in lines]


def _trim(lines: list[str]) -> list[str]:
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []
