"""Build the site in the working folder in this process and print, as JSON, the processor's seconds of each stage."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from settings import ROOT

sys.path.insert(0, str(ROOT / "plugins"))

Clock = dict[str, float]


class Watch:
    """Adds up the time of stages; a stage within another stops the outer one's clock."""

    def __init__(self) -> None:
        self.seconds: Clock = {}
        self._open: list[str] = ["Pelican's own"]
        self._since = time.process_time()

    def stage(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with its time added to the stage."""

        @wraps(function)
        def timed(*values: Any, **named: Any) -> Any:
            self._turn()
            self._open.append(name)
            try:
                return function(*values, **named)
            finally:
                self._turn()
                self._open.pop()

        return timed

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0.0) + now - self._since
        self._since = now

    def total(self) -> Clock:
        """Return the seconds of every stage, in the order of the names."""
        self._turn()
        return dict(sorted(self.seconds.items()))


def watched(watch: Watch) -> None:
    """Put the watch around the functions that stages begin with."""
    import debate.discussions
    import debate.fingerprints
    import debate.generators
    import debate.outputs
    import debate.readers
    import debate.summaries.summary
    import debate.writers
    from jinja2 import Template

    places = (
        (debate.readers.CommentFolders, "__getitem__", "reading"),
        (debate.generators, "fingerprints_of", "reading"),
        (debate.discussions, "build_thread", "threading"),
        (debate.discussions, "tag_threads", "tagging"),
        (debate.discussions.Work, "_summary", "summarising"),
        (Template, "render", "rendering"),
        (debate.generators.DebateGenerator, "_write_debate", "feeds and exports"),
        (debate.generators.Outputs, "write", "feeds and exports"),
        (debate.outputs, "write_changed", "writing"),
        (debate.writers._Held, "__exit__", "writing"),
        (debate.generators.Cache, "get", "cache"),
        (debate.generators.Cache, "close", "cache"),
        (debate.generators.Cache, "_write", "cache"),
    )
    for owner, name, stage in places:
        setattr(owner, name, watch.stage(stage, getattr(owner, name)))


def main() -> None:
    """Build and print."""
    from pelican import main as pelican

    watch = Watch()
    watched(watch)
    pelican(["-s", "ours.py", "-o", "output-ours", "-q"])
    print(json.dumps(watch.total()))


if __name__ == "__main__":
    main()
