"""Whether a step gave warnings: what one was given of must be done again, so that the warning comes again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


class Ear(logging.Handler):
    """Counts warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings = 0 if log.isEnabledFor(logging.WARNING) else 1

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        del record
        self.warnings += 1


@contextmanager
def listening() -> Iterator[Ear]:
    """Hear the warnings of this package; where none would be given (pelican -q), all may have been."""
    ear, logger = Ear(), logging.getLogger(__package__)
    logger.addHandler(ear)
    try:
        yield ear
    finally:
        logger.removeHandler(ear)
