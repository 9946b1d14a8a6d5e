"""Import at a terminal: a bar while it runs, a report at its end, and debates for a folder that has none yet."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from ..contents import Debate
from ..debates import read_debates
from ..errors import ImportFileError
from ..frontmatter import write_whole
from ..importers import Report, import_file, where_it_fits
from ..settings import DebateSettings
from .progress import bar


def import_command(
    path: Path,
    into: Path,
    content: Path,
    settings: DebateSettings | None = None,
    *,
    format: str = "auto",
    debate: str | None = None,
    dry_run: bool = False,
    pending: bool = False,
    jobs: int = 1,
    out: TextIO = sys.stdout,
) -> int:
    """Import a file, print the report, and return its exit code: 1 only when nothing could be read.

    `content` is the site's own content folder: its debates, with the models and examples beside them, are copied into
    an `into` that has none, so that the folder can be built by itself. Raises ImportFileError for a file or a debate
    that cannot be used.
    """
    settings = settings or DebateSettings()
    debates = read_debates(into / settings.path) or read_debates(content / settings.path)
    default = debates.get(settings.default or "")
    report = import_file(
        path,
        into,
        format=format,
        debate=_known(debate, debates),
        debate_of=where_it_fits(default.key, default.question) if default and not debate else None,
        dry_run=dry_run,
        pending=pending,
        progress=bar(out),
        jobs=jobs,
    )
    if not dry_run and not report.exit_code:
        _lend_debates(content / settings.path, into / settings.path)
    out.write(f"{report.text}\n{_claim(report, settings)}{_next_step(report, into, content)}")
    return report.exit_code


def _known(debate: str | None, debates: Mapping[str, Debate]) -> str | None:
    if debate is None or debate == "none" or debate in debates:
        return debate
    raise ImportFileError(
        f'there is no debate "{debate}"',
        where="--debate",
        why=f"the debates are: {', '.join(debates) or 'none'}",
        remedy="correct the key, or leave the option out",
    )


def _lend_debates(source: Path, target: Path) -> None:
    if any(target.glob("*.toml")):
        return
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        write_whole(target / path.relative_to(source), path.read_bytes())


def _claim(report: Report, settings: DebateSettings) -> str:
    """Return a line on the licence that the site would claim for a discussion brought from elsewhere.

    It is said with new essays alone: a timer that fetches comments need not say it again.
    """
    if report.dry_run or not (report.essays and report.comments and settings.licence):
        return ""
    remedy = "set DEBATE_LICENCE = None in pelicanconf.py unless that is so"
    return f"Beside these comments the site will say: Licence: {settings.licence}. Remedy: {remedy}.\n"


def _next_step(report: Report, into: Path, content: Path) -> str:
    if report.homeless:
        return "No essay of these comments is here: import the posts first, then the comments into that folder.\n"
    if report.dry_run or report.exit_code or into.resolve() == content.resolve():
        return ""
    return f"Build it by: python3 start.py build --content {str(into)!r}\n"
