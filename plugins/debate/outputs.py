"""Writing into the output folder without touching what stays as it is: rsync and livereload see only what changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from .cache import Cache, digest_of
from .errors import SettingError
from .frontmatter import write_whole

Content = str | bytes | Iterable[str]


class Outputs:
    """Files of one output folder: each is made only when what it is made of has changed, or the file has."""

    def __init__(self, folder: Path, cache: Cache, surroundings: str = "") -> None:
        self._folder, self._cache, self._surroundings = folder, cache, surroundings

    def write(self, name: str, digest: str, make: Callable[[], Content]) -> bool:
        """Write the file that `make` returns the content of, unless digest and file are as they were; say whether.

        Without a digest the content is made always; a file that holds it already is left alone.
        """
        path = output_path(self._folder, name)
        whole = digest_of(self._surroundings, digest) if digest else ""
        state = _state(path)
        if whole and state and self._cache.get("output", str(path), whole) == state:
            return False
        write_changed(path, make())
        self._cache.put("output", str(path), whole, _state(path))
        return True


def output_path(output: Path | str, path: str) -> Path:
    """Return where an output file lies; raise SettingError for one that a slug would lead out of the output."""
    # Not resolve(): an owner may have made the output of links. Not Path's own methods: there are thousands of files.
    root = os.path.join(os.path.abspath(output), "")  # noqa: PTH100, PTH118
    target = os.path.abspath(root + path)  # noqa: PTH100
    if not target.startswith(root):
        raise SettingError(
            "this file would lie outside of the output", where=path, why="a slug stands in it", remedy="change the slug"
        )
    return Path(target)


def write_changed(path: Path, content: Content) -> None:
    """Write a file whole, unless it holds just this content; a long text may come in parts."""
    if not isinstance(content, str | bytes):
        write_whole(path, content, spare=True)
    elif not holds(path, content.encode() if isinstance(content, str) else content):
        write_whole(path, content)


def holds(path: Path, content: bytes) -> bool:
    """Say whether the file holds just these bytes."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _state(path: Path) -> str:
    """Return what tells a file from one that was written since, empty where there is none."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"
