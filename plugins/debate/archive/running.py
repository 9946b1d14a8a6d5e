"""A whole archive: cut it, skip what is done, have the rest done, and keep the books in one manifest."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..errors import DebateError, at
from ..frontmatter import write_whole
from ..stance import save
from ..stance.encoder import THREADS
from ..stance.model import StanceModel
from ..stance.parallel import ModelFile
from .engines import run
from .partitions import PART_SIZE, Partition, cut, sources
from .records import Fields
from .work import RECEIPTS, Job, Receipt, receipt_of, tag_partition

MANIFEST = "manifest.json"
MODEL = "model.stance"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Archive:
    """What is tagged, where to, and how: `source` is a file or a folder, `size` the comments of a partition."""

    source: Path
    into: Path
    fields: Fields = field(default_factory=Fields)
    size: int = PART_SIZE
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tags of a whole archive hold; `kept` partitions were there from an earlier run."""

    comments: int
    stances: Mapping[str, int]
    errors: int
    listed: tuple[str, ...]
    partitions: int
    kept: int
    fresh: int
    """Comments tagged by this run."""


def tag_archive(
    archive: Archive,
    model: StanceModel,
    *,
    debate: str,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Tag an archive in partitions, skipping those that an earlier run finished with the same model and options.

    `progress` is called with the partitions done and all of them. Raises DebateError where the source cannot be read,
    the folder holds the tags of another source, a library is missing, or workers keep dying; what is done stays.
    """
    source, into = archive.source.resolve(), archive.into.resolve()
    files = sources(source, into)
    _check_folder(into, debate, set(files.values()))
    partitions = cut(files, archive.size)
    books = _books(archive, model, debate, partitions)
    _write(into, books | {"complete": False})
    save(model, into / MODEL)
    alone = scheduler is None and jobs < 2
    tagger = ModelFile(str(into / MODEL), model.version, THREADS if alone else 1)
    work = [Job(partition, into, tagger, archive.fields, archive.evidence) for partition in partitions]
    receipts = {place: receipt for place, job in enumerate(work) if (receipt := receipt_of(job))}
    kept = set(receipts)
    left = [place for place in range(len(work)) if place not in kept]
    tell = progress or _silent
    tell(len(receipts), len(work))
    for number, receipt in run(tag_partition, [work[place] for place in left], jobs=jobs, scheduler=scheduler):
        receipts[left[number]] = receipt
        tell(len(receipts), len(work))
    outcome = _outcome([receipts[place] for place in range(len(work))], kept)
    _sweep(into, {job.part.name for job in work})
    _write(into, books | {"complete": True, **_figures(outcome)})
    return outcome


def _check_folder(into: Path, debate: str, names: set[str]) -> None:
    """Refuse a folder that holds anything but tags of this archive in this debate: they would be mixed, or lost."""
    if not into.exists() or (into.is_dir() and all(path.suffix == ".part" for path in into.iterdir())):
        return
    try:
        books = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        same = books["debate"] == debate and bool(names & {file["name"] for file in books["source"]})
    except (OSError, ValueError, TypeError, KeyError):
        same = False
    if not same:
        raise DebateError(
            "the folder holds something else",
            where=at(into),
            why="its manifest is missing, or names another source or debate",
            remedy="name another folder by --into",
        )


def _books(archive: Archive, model: StanceModel, debate: str, partitions: Sequence[Partition]) -> dict[str, Any]:
    """Return the manifest's part that is known before any work; it names no path of this machine."""
    names = dict.fromkeys(partition.source_name for partition in partitions)
    return {
        "debate": debate,
        "labels": list(model.labels),
        "model": {"name": model.name, "version": model.version},
        "fields": asdict(archive.fields),
        "evidence": archive.evidence,
        "source": [{"name": name, **_told(name, partitions)} for name in names],
        "partitions": [
            {"part": one.name, "source": one.source_name, "first": one.first + 1, "records": one.count}
            for one in partitions
        ],
    }


def _told(name: str, partitions: Sequence[Partition]) -> dict[str, Any]:
    own = [partition for partition in partitions if partition.source_name == name]
    digest = hashlib.sha256("".join(partition.digest for partition in own).encode()).hexdigest()
    return {"records": sum(partition.count for partition in own), "digest": digest}


def _outcome(receipts: Sequence[Receipt], kept: set[int]) -> Outcome:
    stances = sum((Counter(receipt.stances) for receipt in receipts), Counter[str]())
    return Outcome(
        comments=stances.total(),
        stances={label: stances[label] for label in (receipts[0].stances if receipts else ())},
        errors=sum(receipt.errors for receipt in receipts),
        listed=tuple(line for receipt in receipts for line in receipt.listed),
        partitions=len(receipts),
        kept=len(kept),
        fresh=sum(receipt.comments for place, receipt in enumerate(receipts) if place not in kept),
    )


def _figures(outcome: Outcome) -> dict[str, Any]:
    return {"comments": outcome.comments, "stances": dict(outcome.stances), "errors": outcome.errors}


def _sweep(into: Path, parts: set[str]) -> None:
    """Remove what killed processes left aside, and parts of an earlier, longer cut of the same source."""
    asides = [*into.glob(".*.part"), *(into / RECEIPTS).glob(".*.part")]
    old = [path for path in into.glob("part-*") if path.name not in parts]
    receipts = [path for path in (into / RECEIPTS).glob("part-*.json") if path.stem not in parts]
    for path in (*asides, *old, *receipts):
        path.unlink(missing_ok=True)


def _write(into: Path, books: Mapping[str, Any]) -> None:
    write_whole(into / MANIFEST, json.dumps(books, ensure_ascii=False, indent=1) + "\n")


def _silent(_done: int, _total: int) -> None:
    """Show no progress."""
