"""What the comment files of an essay hold, as a digest: by their bytes, or by what the file system says of them.

As in git's index, a file whose size, times and inode are those of last time is not read again; one that changed within
RACY of being read is, because a second change within the clock's tick would leave its times as they are.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from .cache import Cache, digest_of
from .readers import CommentFolders

RACY_NANOSECONDS = 2_000_000_000


def content_digests(folders: CommentFolders, cache: Cache) -> dict[str, str]:
    """Return by slug a digest of its comment files: place, names, bytes, time zone. O(files); reads what changed."""
    read_as = digest_of(str(folders.folder), str(folders.zone))
    return {slug: _content_digest(slug, folders.files(slug), read_as, cache) for slug in folders}


def _content_digest(slug: str, files: Sequence[os.DirEntry[str]], read_as: str, cache: Cache) -> str:
    states = [(file.name, _state(file)) for file in files]
    seen = digest_of(read_as, states)
    kept = cache.get("files", slug, seen)
    if kept:
        return kept
    digest = digest_of(read_as, [(file.name, _bytes(file)) for file in files])
    newest = max(max(state[1:3]) for _, state in states)
    cache.put("files", slug, seen if newest < time.time_ns() - RACY_NANOSECONDS else "", digest)
    return digest


def _state(file: os.DirEntry[str]) -> tuple[int, int, int, int]:
    """Return size, times of change of content and of anything, inode; zeros for one that is gone or out of reach."""
    try:
        state = os.stat(file.path)  # noqa: PTH116 - the entry would keep what it says, half a kilobyte a file
    except OSError:
        return (0, 0, 0, 0)
    return (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


def _bytes(file: os.DirEntry[str]) -> bytes:
    try:
        return Path(file.path).read_bytes() if file.is_file() else b""  # a pipe would never end
    except OSError:
        return b""
