"""What the comment files of an essay hold, as a digest: by their bytes, or by what the file system says of them.

As in git's index, a file whose size, times and inode are those of last time is not read again; one that changed within
RACY of being read is, because a second change within the clock's tick would leave its times as they are.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from .cache import Cache, digest_of
from .readers import CommentFolders

RACY_NANOSECONDS = 2_000_000_000


class Fingerprints(NamedTuple):
    """By slug a digest of what its comment files hold, and the slugs whose files had to be read for that."""

    digests: Mapping[str, str]
    changed: Collection[str]


def fingerprints_of(folders: CommentFolders, cache: Cache) -> Fingerprints:
    """Return digests of place, names and bytes of the files, and of the time zone. O(files); reads what changed."""
    read_as = digest_of(str(folders.folder), str(folders.zone))
    settled = time.time_ns() - RACY_NANOSECONDS
    states = {slug: [(file.name, _state(file)) for file in folders.files(slug)] for slug in folders}
    kept = {slug: cache.get("files", slug, digest_of(read_as, states[slug])) for slug in folders}
    changed = [slug for slug, digest in kept.items() if digest is None]
    fresh = {slug: digest_of(read_as, [(file.name, _bytes(file)) for file in folders.files(slug)]) for slug in changed}
    for slug, digest in fresh.items():
        newest = max(max(state[1:3]) for _, state in states[slug])
        cache.put("files", slug, digest_of(read_as, states[slug]) if newest < settled else "", digest)
    return Fingerprints({slug: kept[slug] or fresh[slug] for slug in folders}, changed)


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
