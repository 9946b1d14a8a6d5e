"""What a killed run leaves behind: the file it was writing aside, which the next run takes away."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_ASIDE = re.compile(r"\..+\.(?P<process>\d{1,10})-[0-9a-f]+\.part", re.DOTALL)


def sweep(folder: Path) -> None:
    """Remove every file below the folder that a process wrote aside and did not live to rename."""
    for path in list(_abandoned(folder)):
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue  # Windows refuses to delete what a living process holds open; a read-only folder, everything


def _abandoned(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            match = _ASIDE.fullmatch(name)
            if match and not _lives(int(match["process"])):
                yield Path(parent, name)


def _lives(process: int) -> bool:
    """Say whether another process of this number runs; our own number on a file is that of a run before us."""
    if os.name == "nt" or process == os.getpid():
        return False  # on Windows a signal would end the process asked about
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
