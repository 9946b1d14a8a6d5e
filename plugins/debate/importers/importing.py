"""The one call: a file of any known system into a content folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import ImportFileError
from . import captures
from .recognition import recognise
from .report import Report, Tally
from .values import Progress
from .writing import Writer

READERS = {"capture": captures.read}
UNKNOWN = "the format {} is not known"


def import_file(
    path: Path,
    into: Path,
    *,
    format: str = "auto",
    debate: str | None = None,
    dry_run: bool = False,
    pending: bool = False,
    progress: Progress | None = None,
) -> Report:
    kind = recognise(path) if format == "auto" else format
    tally = Tally(path.name)
    writer = Writer(into, tally, debate=debate, dry_run=dry_run, pending=pending)
    for item in READERS[kind](path, progress or (lambda done, total: None)):
        writer.take(item)
    writer.close()
    return tally.report(kind, str(into), dry_run=dry_run)
