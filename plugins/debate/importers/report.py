"""What an import did: counts, reasons, warnings with their place in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

HELD = 10_000
"""Lines of each list that are held and shown: an owner needs every one, a hostile file has no end of them."""

_NOUN = re.compile(r"(pingback|trackback|private note|webmention|comment|attachment|post|page|item|file)s?\b|entry\b")
"""What a reason begins with where it names a thing; states such as "spam" have no plural."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of `import_file`; `text` is what a terminal shows, `exit_code` what a command returns.

    `comments` counts the published ones written (or to be written, in a dry run), `pending` those held for moderation,
    `tombstones` the places of removed comments that still have replies. `depth` is the length of the longest chain of
    replies: 1 where nobody answers a comment, 0 without comments. `kept_before` counts files found from an earlier run.
    """

    source: str
    format: str
    into: str
    dry_run: bool = False
    essays: int = 0
    drafts: int = 0
    pages: int = 0
    comments: int = 0
    pending: int = 0
    tombstones: int = 0
    posts_kept_before: int = 0
    comments_kept_before: int = 0
    depth: int = 0
    skipped: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    unmatched: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    media_count: int = 0
    warnings: tuple[str, ...] = ()
    warning_count: int = 0

    @property
    def exit_code(self) -> int:
        """Return 1 only when nothing could be read; what is left out on purpose has been read."""
        kept = self.essays + self.pages + self.comments + self.pending
        return 0 if kept + self.posts_kept_before + self.comments_kept_before + sum(self.skipped.values()) else 1

    @property
    def homeless(self) -> bool:
        """Say whether the file holds comments only and not one of them found its essay in the folder."""
        found = self.essays + self.pages + self.comments + self.pending
        return bool(self.unmatched) and not found + self.posts_kept_before + self.comments_kept_before

    @property
    def text(self) -> str:
        """Return the report as lines for a person."""
        return "\n".join(_lines(self))


@dataclass(slots=True)
class Tally:
    """The counts of a running import; `report` freezes them."""

    source: str
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    unmatched: dict[str, int] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    depth: int = 0

    def warn(self, text: str, line: int | None = None) -> None:
        """Count a warning and hold its text as `file:line: text` while there is room."""
        self.counts["warning_count"] += 1
        if len(self.warnings) < HELD:
            place = self.source if line is None else f"{self.source}:{line}"
            self.warnings.append(f"{place}: {text}")

    def found_media(self, url: str) -> None:
        """Count an image or attachment and hold its address while there is room."""
        self.counts["media_count"] += 1
        if len(self.media) < HELD:
            self.media.append(" ".join(url.split())[:300])

    def report(self, format_name: str, into: str, *, dry_run: bool) -> Report:
        """Return the frozen report of what has been counted so far."""
        return Report(
            source=self.source,
            format=format_name,
            into=into,
            dry_run=dry_run,
            depth=self.depth,
            skipped=MappingProxyType(dict(sorted(self.skipped.items()))),
            unmatched=tuple(f"{name} ({_many(count, 'comment')})" for name, count in self.unmatched.items()),
            media=tuple(dict.fromkeys(self.media)),
            warnings=tuple(self.warnings),
            **self.counts,
        )


def _lines(report: Report) -> Iterator[str]:
    verb = "Would import" if report.dry_run else "Imported"
    yield f"{verb} {report.source} ({report.format}) into {report.into}"
    yield f"  essays: {_new(report.essays, report.dry_run)} ({report.drafts} as drafts), pages: {report.pages}"
    yield f"  comments: {_new(report.comments, report.dry_run)}, deepest thread: {report.depth}"
    yield from _optional(report)
    yield from (f"  left out: {count} x {_numbered(reason, count)}" for reason, count in report.skipped.items())
    yield from _listing("threads without an essay here", report.unmatched, len(report.unmatched))
    yield from _listing("images and attachments, not fetched", report.media, report.media_count)
    yield from _listing("warnings", report.warnings, report.warning_count)
    if report.exit_code:
        yield "  nothing could be read"


def _optional(report: Report) -> Iterator[str]:
    if report.pending:
        yield f"  held for moderation: {report.pending}"
    if report.tombstones:
        yield f"  removed comments kept as places for their replies: {report.tombstones}"
    if report.posts_kept_before or report.comments_kept_before:
        kept = f"{_many(report.posts_kept_before, 'post')}, {_many(report.comments_kept_before, 'comment')}"
        yield f"  already here, left as they are: {kept}"


def _listing(title: str, lines: tuple[str, ...], count: int) -> Iterator[str]:
    if lines:
        yield f"  {title}: {count}"
        yield from (f"    {line}" for line in lines[:HELD])
    if len(lines) >= HELD and count > HELD:
        yield f"    and {count - HELD} more"


def _new(count: int, dry_run: bool) -> str:
    return f"{count} to write" if dry_run else f"{count} written"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _numbered(reason: str, count: int) -> str:
    """Return a reason with the noun it begins with in the number that the count asks for."""
    noun = _NOUN.match(reason)
    if not noun:
        return reason
    one = noun[1] or "entry"
    many = f"{noun[1]}s" if noun[1] else "entries"
    return f"{one if count == 1 else many}{reason[noun.end() :]}"
