"""The work on one partition: read, tag, write whole, leave a receipt; one function for every process and machine."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ..contents import StanceTag
from ..frontmatter import write_whole
from ..stance.parallel import ModelFile, tagger_of
from . import lines, tables
from .partitions import Partition, is_table
from .records import Fields, Record

BATCH = 1000
"""Comments held at once."""

LISTED = 20
"""Errors that a receipt spells out; the part itself holds them all."""

FORMAT = "1"
"""Part of every receipt; another text here makes every archive be tagged anew."""

UNSURE = "not sure"
RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True)
class Job:
    """All that a process needs to know: which records, where the tags go, who tags, whether evidence is kept."""

    partition: Partition
    into: Path
    model: ModelFile
    fields: Fields
    evidence: bool = False

    @property
    def part(self) -> Path:
        """Return the file of the tags."""
        return self.into / self.partition.name

    @property
    def receipt(self) -> Path:
        """Return the file that says that the part is whole, and of what."""
        return self.into / RECEIPTS / f"{self.partition.name}.json"

    @property
    def key(self) -> str:
        """Return a digest of everything that decides what the part holds."""
        cut = (self.partition.source_name, self.partition.first, self.partition.count, self.partition.digest)
        said = (FORMAT, cut, self.model.version, asdict(self.fields), self.evidence)
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a finished part holds: comments a stance, lines that are none, the first of these, and its size in bytes."""

    key: str
    size: int
    stances: Mapping[str, int]
    errors: int
    listed: tuple[str, ...]

    @property
    def comments(self) -> int:
        """Return how many comments were tagged."""
        return sum(self.stances.values())


def tag_partition(job: Job) -> Receipt:
    """Tag a partition and return its receipt: one row a record, in the order of the source, errors in their place.

    Part and receipt are written whole, the receipt last, so whatever happens on the way the part is done or not done;
    a part that is done, as when a worker died before it could say so, is not done again. Raises DebateError where the
    source cannot be read, the part not written, or the model is another one.
    """
    if done := receipt_of(job):
        return done
    labels = tagger_of(job.model).labels
    stances = Counter(dict.fromkeys((*labels, UNSURE), 0))
    rows, listed = [], []
    for record, tag in _tagged(job):
        rows.append(_row(job, record, tag))
        if tag is None:
            listed.append(f"{_where(job, record)}: {record.error}")
        else:
            stances[tag.stance or UNSURE] += 1
    content = _content(job, rows, labels)
    write_whole(job.part, content)
    receipt = Receipt(job.key, len(content), dict(stances), len(listed), tuple(listed[:LISTED]))
    write_whole(job.receipt, json.dumps(asdict(receipt), ensure_ascii=False, indent=1) + "\n")
    return receipt


def receipt_of(job: Job) -> Receipt | None:
    """Return the receipt of a part that is whole and of this very job, None where it must be made (anew)."""
    try:
        values = json.loads(job.receipt.read_text(encoding="utf-8"))
        receipt = Receipt(**values | {"listed": tuple(values["listed"])})
        return receipt if receipt.key == job.key and job.part.stat().st_size == receipt.size else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _tagged(job: Job) -> Iterator[tuple[Record, StanceTag | None]]:
    """Yield each record with its tag, None for one that is no comment."""
    records, tagger = _records(job), tagger_of(job.model)
    while batch := list(islice(records, BATCH)):
        tags = iter(tagger.tag([record.text for record in batch if not record.error]))
        yield from ((record, None if record.error else next(tags)) for record in batch)


def _records(job: Job) -> Iterator[Record]:
    cut = job.partition
    if is_table(cut.source):
        return tables.read(cut.source, cut.first, cut.count, job.fields)
    return lines.read(cut.source, cut.first, cut.count, cut.offset, job.fields)


def _row(job: Job, record: Record, tag: StanceTag | None) -> dict[str, Any]:
    if tag is None:
        return {"id": record.id, "error": record.error, "where": _where(job, record)}
    told = {"evidence": list(tag.evidence)} if job.evidence else {}
    decided = {"stance": tag.stance, "confidence": tag.confidence, "probabilities": dict(tag.probabilities)}
    return {"id": record.id, **decided, **told}


def _where(job: Job, record: Record) -> str:
    return f"{job.partition.source_name}:{record.line}"


def _content(job: Job, rows: list[dict[str, Any]], labels: tuple[str, ...]) -> bytes:
    if not is_table(job.partition.source):
        return lines.to_bytes(rows)
    ids = tables.id_type(job.partition.source, job.fields.id)
    return tables.to_bytes(rows, labels, ids, evidence=job.evidence)
