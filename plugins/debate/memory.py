"""What Pelican and Python remember: less of a build that is over, fewer looks at one that is going on."""

from __future__ import annotations

import gc
from typing import Any

from pelican.contents import Content

_AS_EVER = gc.get_threshold()
_NEVER = 1_000_000


def collect_rarely() -> None:
    """Let a build grow without searches for garbage among all that it holds: each takes 0.1 s and finds nothing.

    Young objects are looked through as ever, so that cycles which a template leaves behind go at once. What a build
    before has left behind, under livereload, goes now. Pelican tells nobody of a build that fails: then this holds on
    until a build ends well, which harms no process that only builds. Another sets its threshold itself.
    """
    gc.unfreeze()
    gc.collect()
    gc.set_threshold(*_AS_EVER[:2], _NEVER)


def let_go(_: Any) -> None:
    """Collect as ever, and empty Pelican's memory of contents, which would keep every essay of every build.

    What is left is put out of the collector's sight until the next build: a process that ends would search it thrice.
    """
    gc.set_threshold(*_AS_EVER)
    for memory in (Content.get_content, Content.get_summary):
        getattr(memory, "cache", {}).clear()
    gc.freeze()
