"""Labelled texts: read from JSON Lines, checked, grouped; every fault names its file and line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..contents import NONE
from ..errors import LabelError, at

LEAST_A_LABEL = 20
"""Fewer examples of a label than this train no tagger: the site then shows people's tags only."""


class NotEnoughLabels(LabelError):
    """A debate has too few labelled comments yet to train a tagger from them."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text.

    `group` keeps texts of one origin (site, essay, target) on one side of a fold, `weight` says how much it counts,
    `where` is the file and line it came from.
    """

    text: str
    label: str
    group: str = ""
    weight: float = 1.0
    where: str = ""


def read_examples(
    path: str | Path, labels: Collection[str] | None = None, group: str | None = None
) -> tuple[Example, ...]:
    """Read `{"text", "label"}` lines; `labels` are the ones allowed (None: any), `group` names a field to group by.

    Without `group` the site of `source`, where there is one, is the group. Raises LabelError with file and line for a
    line that is no such object, a label that is not allowed, or a file without any.
    """
    path = Path(path)
    lines = _text_of(path).splitlines()
    found = tuple(_example(path, number, line, labels, group) for number, line in enumerate(lines, 1) if line.strip())
    if not found:
        raise LabelError("no labelled text", where=at(path), remedy='write one {"text": ..., "label": ...} a line')
    return found


def check_trainable(examples: Sequence[Example], labels: Sequence[str] = (), least: int = LEAST_A_LABEL) -> None:
    """Raise LabelError for an unknown label, NotEnoughLabels for one label alone or under `least` texts of a stance."""
    if labels:
        _check_known(examples, labels)
    counts = Counter(example.label for example in examples)
    if len(counts) < 2:
        only = ", ".join(counts) or "none at all"
        where = examples[0].where.rsplit(":", 1)[0] if examples else ""
        raise NotEnoughLabels(
            "one label only",
            where=where,
            why=f"every text is labelled: {only}",
            remedy="label texts of at least two stances",
        )
    short = {label: counts[label] for label in (labels or sorted(counts)) if counts[label] < least}
    if any(label != NONE for label in short):
        have = ", ".join(f"{label} {count}" for label, count in short.items())
        raise NotEnoughLabels(
            "not enough labelled comments yet",
            why=f"at least {least} a stance are needed, there are: {have}",
            remedy="label more",
        )


def _check_known(examples: Sequence[Example], labels: Sequence[str]) -> None:
    for example in examples:
        if example.label not in labels:
            raise _unknown(example.label, labels, example.where)


def _unknown(label: object, labels: Collection[str], where: str) -> LabelError:
    return LabelError(
        f"unknown label {label!r}",
        where=where,
        why=f"the labels are {', '.join(labels)}",
        remedy="correct the label, or add the stance to the debate",
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(
            "cannot be read", where=at(path), why=str(error), remedy="name a UTF-8 file of JSON Lines"
        ) from error


def _example(path: Path, number: int, line: str, labels: Collection[str] | None, group: str | None) -> Example:
    record = _record(path, number, line)
    if labels is not None and record["label"] not in labels:
        raise _unknown(record["label"], labels, at(path, number))
    return Example(
        record["text"], record["label"], _group(record, group), float(record.get("weight", 1.0)), at(path, number)
    )


def _record(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise LabelError("not JSON", where=at(path, number), why=error.msg, remedy="write one object a line") from error
    if not isinstance(record, dict) or not all(
        isinstance(record.get(key), str) and record[key] for key in ("text", "label")
    ):
        raise LabelError('no "text" and "label"', where=at(path, number), remedy='write {"text": ..., "label": ...}')
    return record


def _group(record: dict[str, Any], field: str | None) -> str:
    if field:
        return str(record.get(field, ""))
    source = str(record.get("source", ""))
    return (urlsplit(source).hostname or source).removeprefix("www.")


def folds(examples: Sequence[Example], count: int = 5) -> Iterator[tuple[list[int], list[int]]]:
    """Yield (training, held-out) indices, a group never on both sides, labels spread evenly; always the same.

    Groups go, largest first, to the fold that they unbalance least; texts without a group count as groups of their own.
    """
    groups: dict[str, list[int]] = {}
    for index, example in enumerate(examples):
        groups.setdefault(example.group or f"#{index}", []).append(index)
    members: list[list[int]] = [[] for _ in range(count)]
    tallies = [Counter[str]() for _ in range(count)]
    for name in sorted(groups, key=lambda key: (-len(groups[key]), key)):
        counts = Counter(examples[index].label for index in groups[name])
        best = min(range(count), key=lambda fold: (sum(tallies[fold][label] * counts[label] for label in counts), fold))
        members[best] += groups[name]
        tallies[best] += counts
    for held_out in filter(None, members):
        inside = set(held_out)
        yield [index for index in range(len(examples)) if index not in inside], sorted(held_out)
