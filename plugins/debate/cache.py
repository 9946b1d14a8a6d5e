"""What earlier builds have worked out, in one SQLite file below CACHE_PATH: text only, no pickle, safe to delete.

A row is a slot (kind, name), such as the thread of one essay, with the digest of all that its value depends on; another
digest finds nothing. So rows replace one another instead of piling up, and a wrong value can only come from a damaged
file, which a checksum finds. SQLite keeps two builds at once from spoiling each other's rows.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

FILE = "debate.sqlite"
PATIENCE_SECONDS = 30.0
OLDEST = 8
"""Saves that a slot survives unused: builds of two settings, by turns, keep both."""
PAGE_BYTES = 16_384
"""What most rows fit into: of SQLite's usual 4 KiB a thread takes a chain of pages."""
AT_ONCE = 500
"""Rows that wait in memory before they are written."""

_SOURCES = frozenset({".py", ".json", ".mo", ".po"})
_APART = frozenset({"desk", "importers"})
"""Folders that have no part in a build."""

_TABLE = """CREATE TABLE IF NOT EXISTS kept (kind TEXT, name TEXT, digest TEXT, value TEXT, checksum INTEGER,
 age INTEGER DEFAULT 0, PRIMARY KEY (kind, name))"""
_FIND = "SELECT value, checksum FROM kept WHERE kind = ? AND name = ? AND digest = ?"
_FULL = "SELECT digest, checksum FROM kept WHERE kind = ? AND name = ? AND digest != ''"
_PUT = "INSERT OR REPLACE INTO kept (kind, name, digest, value, checksum) VALUES (?, ?, ?, ?, ?)"


class Cache:
    """Values by slot and digest. Without a folder it forgets all; a damaged file is deleted with one warning."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / FILE if folder else None
        self._fresh: dict[tuple[str, str], tuple[str, str]] = {}
        self._used: set[tuple[str, str]] = set()
        self._readers_block_nobody = False
        self._connection = self._connected()

    def get(self, kind: str, name: str, digest: str) -> str | None:
        """Return the text kept in the slot under this digest, None where there is none."""
        if not digest:
            return None
        self._used.add((kind, name))
        if (kind, name) in self._fresh:
            kept, value = self._fresh[kind, name]
            return value if kept == digest else None
        rows = self._asked(_FIND, (kind, name, digest))
        if rows and zlib.crc32(rows[0][0].encode()) != rows[0][1]:
            self._drop("a checksum is wrong")
            return None
        return rows[0][0] if rows else None

    def put(self, kind: str, name: str, digest: str, value: str) -> None:
        """Keep a text in its slot, in place of what was there; under an empty digest the slot is emptied."""
        if not digest:
            self.forget(kind, name)
        elif self._connection:
            self._used.add((kind, name))
            self._fresh[kind, name] = (digest, value)
            if len(self._fresh) >= AT_ONCE:
                self._write()

    def forget(self, kind: str, name: str) -> None:
        """Empty a slot: words of a comment that was deleted since must not stay in it."""
        if self._asked(_FULL, (kind, name)):
            self._fresh[kind, name] = ("", "")

    def read(self, kind: str, name: str, digest: str) -> Any:
        """Return the JSON value kept in the slot under this digest, None where there is none."""
        text = self.get(kind, name, digest)
        return None if text is None else json.loads(text)

    def keep(self, kind: str, name: str, digest: str, value: Any) -> None:
        """Keep a JSON value in its slot."""
        self.put(kind, name, digest, json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def touch(self, slots: Iterable[tuple[str, str]]) -> None:
        """Say that these slots are still in use."""
        self._used.update(slots)

    @property
    def is_fresh(self) -> bool:
        """Say whether something was put that is not saved yet."""
        return bool(self._fresh)

    def flush(self) -> None:
        """Write what is fresh and drop nothing."""
        if self._fresh:
            self._write()

    def save(self) -> None:
        """Write what is fresh and drop the slots that were not used for OLDEST saves; the cache can be used on."""
        if self._fresh:
            self._write()
            self._prune()

    def close(self) -> None:
        """Save, and close the file."""
        self.save()
        if self._connection:
            self._connection.close()
        self._connection = None

    def _connected(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        try:
            return self._opened(self._path)
        except (OSError, sqlite3.OperationalError) as error:  # out of reach or busy, which is no damage
            log.info("%s: no cache: %s", self._path, error)
        except sqlite3.DatabaseError as error:
            self._drop(str(error))
        return self._retried()

    def _retried(self) -> sqlite3.Connection | None:
        """Return a connection to a new file, or None: without a cache the build is slower, not wrong."""
        try:
            return self._opened(self._path) if self._path else None
        except (OSError, sqlite3.Error):
            return None

    def _opened(self, path: Path) -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            with suppress(sqlite3.OperationalError):  # another build is just doing it, and SQLite does not wait here
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA secure_delete = ON")  # words taken off the site must not stay in free pages
            connection.execute(_TABLE)
            # Not every file system can: there a reader would keep the writers of its own build waiting.
            self._readers_block_nobody = connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _asked(self, question: str, values: tuple[str, ...]) -> list[tuple[str, int]]:
        if self._connection is None:
            return []
        try:
            if self._readers_block_nobody and not self._connection.in_transaction:
                self._connection.execute("BEGIN")  # one for all: locks taken row by row cost a third of the time
            return self._connection.execute(question, values).fetchall()
        except sqlite3.OperationalError as error:
            log.info("%s: not read: %s", self._path, error)
            return []
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            self._drop(str(error))
            return []

    def _write(self) -> None:
        rows = [(*slot, *kept, zlib.crc32(kept[1].encode())) for slot, kept in self._fresh.items()]
        self._fresh.clear()
        with self._writing() as connection:
            connection.executemany(_PUT, rows)

    def _prune(self) -> None:
        with self._writing() as connection:
            unused = set(connection.execute("SELECT kind, name FROM kept").fetchall()) - self._used
            connection.executemany("UPDATE kept SET age = age + 1 WHERE kind = ? AND name = ?", sorted(unused))
            connection.execute("DELETE FROM kept WHERE age > ?", (OLDEST,))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction; one that cannot be, as when a disk is full, is left out."""
        connection = self._connection or sqlite3.connect(":memory:", isolation_level=None)
        try:
            if connection.in_transaction:
                connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            log.info("%s: not kept: %s", self._path, error)

    def _drop(self, why: str) -> None:
        """Delete a damaged file and go on without: what is in it can be worked out again."""
        log.warning("%s: the cache is damaged (%s) and is made anew. Remedy: none needed.", self._path, why)
        if getattr(self, "_connection", None):
            with closing(self._connection):  # type: ignore[type-var]
                self._connection = None
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):  # Windows refuses while another reader has it open
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)


def digest_of(*parts: Any) -> str:
    """Return a digest of values whose `repr` says all of them: text, numbers, dates, frozen dataclasses of these."""
    return hashlib.blake2b("\0".join(map(repr, parts)).encode(), digest_size=16).hexdigest()


@cache
def code_digest(folder: Path = Path(__file__).parent) -> str:
    """Return a digest of the plugin's own source files: another version, or one being worked on, finds nothing kept."""
    paths = sorted(path for path in folder.rglob("*.*") if path.suffix in _SOURCES)
    return _digest(path.read_bytes() for path in paths if path.relative_to(folder).parts[0] not in _APART)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(b"%d\0" % len(part) + part)
    return digest.hexdigest()
