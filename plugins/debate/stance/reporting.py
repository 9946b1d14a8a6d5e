"""The evaluation command: gold texts in, a table and a JSON file out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import LabelError, at
from ..frontmatter import write_whole
from .corpus import Example, read_examples
from .evaluation import Evaluation, evaluate, usual_opposites
from .storage import load
from .tagger import Tagger
from .training import train

BUILT_IN = "networking"


def evaluate_command(gold: Path, train_on: Path | None, json_out: Path | None, by: str | None = None) -> str:
    """Evaluate on `gold`, write the figures to `json_out`, and return a table to print.

    Without `train_on` the built-in tagger is judged; with it a tagger is trained from that file alone, whatever its
    labels. `by` names a field: one tagger a group is trained and judged. Raises LabelError for a label that the tagger
    does not know (naming the line), a file with one label only, or a group that one of the files lacks.
    """
    if by and not train_on:
        raise LabelError(
            "no training file", where="--by", why="one tagger a group is trained", remedy="add --train FILE"
        )
    if not by:
        found = _judge(_tagger(read_examples(train_on) if train_on else None, gold, train_on), read_examples(gold))
        return _finish(found.as_dict(), table(found), json_out)
    return _by_group(_grouped(gold, by), _grouped(train_on, by), gold, json_out)


def table(found: Evaluation) -> str:
    """Return the figures as lines of text: totals, each label, the confusion, and what hiding unsure tags gains."""
    return "\n".join([*_totals(found), "", *_labels(found), "", *_confusion(found), "", *_coverage(found)])


def _tagger(examples: Sequence[Example] | None, gold: Path, source: Path | None) -> Tagger:
    if examples is None:
        tagger: Tagger = load(BUILT_IN)
    else:
        labels = _order(examples)
        tagger = train(
            examples, labels=labels, opposites=usual_opposites(labels), name=source.stem if source else "trained"
        )
    read_examples(gold, tagger.labels)
    return tagger


def _order(examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the labels in alphabetical order, the networking labels in the order of their debate."""
    found = {example.label for example in examples}
    known = ("online", "face-to-face", "spectrum", "none")
    return tuple(label for label in known if label in found) if found <= set(known) else tuple(sorted(found))


def _judge(tagger: Tagger, examples: Sequence[Example]) -> Evaluation:
    return evaluate(tagger, examples, timed=True)


def _finish(figures: Mapping[str, Any], text: str, json_out: Path | None) -> str:
    if json_out:
        write_whole(json_out, json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return text


def _grouped(path: Path | None, by: str) -> dict[str, list[Example]]:
    groups: dict[str, list[Example]] = {}
    for example in read_examples(path, group=by) if path else ():
        groups.setdefault(example.group, []).append(example)
    return groups


def _by_group(
    gold: Mapping[str, list[Example]], source: Mapping[str, list[Example]], path: Path, json_out: Path | None
) -> str:
    missing = sorted(set(gold) - set(source))
    if missing:
        raise LabelError(
            f"no training text for {missing[0]!r}", where=at(path), remedy="train on a file that has every group"
        )
    found = {name: _judge(_group_tagger(name, source[name], gold[name]), gold[name]) for name in sorted(gold)}
    mean = {
        key: round(sum(getattr(one, key) for one in found.values()) / len(found), 4) for key in ("accuracy", "macro_f1")
    }
    figures = {
        "groups": {name: one.as_dict() for name, one in found.items()},
        "mean": mean,
        "n": sum(one.n for one in found.values()),
    }
    lines = [f"{name}\n{table(one)}\n" for name, one in found.items()]
    return _finish(
        figures,
        "\n".join(
            [*lines, f"mean of {len(found)} groups: accuracy {mean['accuracy']:.3f}, macro-F1 {mean['macro_f1']:.3f}"]
        ),
        json_out,
    )


def _group_tagger(name: str, examples: Sequence[Example], gold: Sequence[Example]) -> Tagger:
    ungrouped = [Example(one.text, one.label, "", one.weight, one.where) for one in examples]
    labels = _order(ungrouped)
    unknown = next((one for one in gold if one.label not in labels), None)
    if unknown:
        raise LabelError(
            f"unknown label {unknown.label!r}", where=unknown.where, why=f"the labels of {name} are {', '.join(labels)}"
        )
    return train(ungrouped, labels=labels, opposites=usual_opposites(labels), name=name)


def _totals(found: Evaluation) -> list[str]:
    def row(name: str, value: float, key: str) -> str:
        low, high = found.intervals[key]
        return f"{name:<22}{value:>8.3f}   {low:.3f} to {high:.3f}"

    shown = found.shown
    return [
        f"{found.n} texts; 90 % intervals by bootstrap",
        row("accuracy", found.accuracy, "accuracy"),
        row("macro-F1", found.macro_f1, "macro_f1"),
        row("share error", found.share_error, "share_error"),
        row("calibration error", found.calibration_error, "calibration_error"),
        row("shown", shown["coverage"], "shown_coverage"),
        row("  wrong side", shown["wrong_side"], "shown_wrong_side"),
        row("  accuracy", shown["accuracy"], "shown_accuracy"),
        f"{'texts a second':<22}{found.texts_per_second or 0:>8.0f}",
    ]


def _labels(found: Evaluation) -> list[str]:
    head = f"{'label':<16}{'n':>6}{'precision':>11}{'recall':>9}{'F1':>8}{'share off':>11}"
    rows = [
        f"{label:<16}{one['n']:>6.0f}{one['precision']:>11.3f}{one['recall']:>9.3f}{one['f1']:>8.3f}{found.share_errors[label]:>+11.3f}"
        for label, one in found.per_label.items()
    ]
    return [head, *rows]


def _confusion(found: Evaluation) -> list[str]:
    head = f"{'gold / said':<16}" + "".join(f"{label[:13]:>14}" for label in found.labels)
    rows = [
        f"{gold:<16}" + "".join(f"{row[said]:>14}" for said in found.labels) for gold, row in found.confusion.items()
    ]
    return [head, *rows]


def _coverage(found: Evaluation) -> list[str]:
    head = f"{'surest':<16}{'wrong side':>12}{'accuracy':>10}"
    rows = [
        f"{level + ' %':<16}{one['wrong_side']:>12.3f}{one['accuracy']:>10.3f}" for level, one in found.coverage.items()
    ]
    return [head, *rows]
