"""The model card, written from the figures that were measured, so that it cannot go stale."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

BUILT_IN = ("networking",)
"""The names of the taggers that come with the package."""

Figures = Mapping[str, Any]


def shipped_figures() -> dict[str, Any]:
    """Return the figures that come with the built-in tagger (written by training/report.py)."""
    found: dict[str, Any] = json.loads((files(__package__) / "data" / "figures.json").read_text(encoding="utf-8"))
    return found


def card(figures: Figures) -> str:
    """Return the model card as Markdown; every number in it comes from `figures`."""
    template = Template((files(__package__) / "data" / "card.md").read_text(encoding="utf-8"))
    data, model, dev = figures["data"], figures["model"], figures["dev"]
    return template.substitute(
        {name: _number(value) for name, value in {**data, **model}.items() if isinstance(value, str | int | float)},
        version=model["version"],
        targets=_targets(dev),
        labels=_labels(dev),
        confusion=_confusion(dev),
        coverage=_coverage(dev),
        cross_validation=_cross_validation(figures["cross_validation"]),
        by_length=_slices(figures["by_length"], "words"),
        by_kind=_slices(figures["by_kind"], "kind"),
        curve=_rows(("trained on", "n-grams", "vectors", "both"), figures["curve"]),
        models=_rows(("model", "command", "macro-F1, cross-validation", "macro-F1, dev"), figures["models"]),
        steps=_rows(("step", "macro-F1 before", "after"), figures["steps"]),
        probes=_rows(("change to the debate file", "texts", "tags changed"), figures["probes"]),
        errors=_errors(figures["errors"]),
        **_evidence(figures["evidence"]),
    )


def _evidence(judged: Figures) -> dict[str, str]:
    """Return for each judged set how many comments it has, and how many each judge found convincing."""
    words: dict[str, str] = {}
    for name, one in judged.items():
        counts = " and ".join(f"{count} ({100 * count / one['n']:.0f} %)" for count in one["convincing"])
        words |= {f"evidence_{name}_n": str(one["n"]), f"evidence_{name}": f"{counts} were found convincing"}
    return words


def _targets(dev: Figures) -> str:
    shown, gaps = dev["shown"], dev["intervals"]
    worst = max(abs(error) for error in dev["share_errors"].values())
    rows = [
        ("macro-F1 over four labels", dev["macro_f1"], _gap(gaps["macro_f1"]), ">= 0.62", dev["macro_f1"] >= 0.62),
        ("accuracy", dev["accuracy"], _gap(gaps["accuracy"]), ">= 0.65", dev["accuracy"] >= 0.65),
        ('shown (not "not sure")', shown["coverage"], _gap(gaps["shown_coverage"]), ">= 0.5", shown["coverage"] >= 0.5),
        (
            "wrong side among shown",
            shown["wrong_side"],
            _gap(gaps["shown_wrong_side"]),
            "<= 0.04",
            shown["wrong_side"] <= 0.04,
        ),
        ("accuracy among shown", shown["accuracy"], _gap(gaps["shown_accuracy"]), "", None),
        (
            "share error, mean of the labels",
            dev["share_error"],
            _gap(gaps["share_error"]),
            "<= 0.05",
            dev["share_error"] <= 0.05,
        ),
        ("share error, worst label", worst, "", "<= 0.05", worst <= 0.05),
        (
            "calibration error",
            dev["calibration_error"],
            _gap(gaps["calibration_error"]),
            "<= 0.08",
            dev["calibration_error"] <= 0.08,
        ),
    ]
    marks = {True: "met", False: "**missed**", None: ""}
    return _rows(("figure", "dev", "90 % interval", "aim", ""), [(*row[:4], marks[row[4]]) for row in rows])


def _labels(dev: Figures) -> str:
    rows = [
        (name, one["n"], one["precision"], one["recall"], one["f1"], f"{dev['share_errors'][name]:+.3f}")
        for name, one in dev["per_label"].items()
    ]
    return _rows(("label", "texts", "precision", "recall", "F1", "estimated share minus true share"), rows)


def _confusion(dev: Figures) -> str:
    names = list(dev["labels"])
    return _rows(
        ("truly / said", *names), [(f"**{gold}**", *(dev["confusion"][gold][said] for said in names)) for gold in names]
    )


def _coverage(dev: Figures) -> str:
    return _rows(
        ("the surest", "wrong side", "accuracy"),
        [
            (f"{level} %", one["wrong_side"], one["accuracy"])
            for level, one in sorted(dev["coverage"].items(), key=lambda item: -int(item[0]))
        ],
    )


def _cross_validation(found: Figures) -> str:
    shown = found["shown"]
    parts = (
        f"{_number(found['n'])} texts: macro-F1 {found['macro_f1']:.3f} ({_gap(found['intervals']['macro_f1'])})",
        f"accuracy {found['accuracy']:.3f}",
        f"shown {shown['coverage']:.3f} with {shown['wrong_side']:.3f} on the wrong side",
        f"share error {found['share_error']:.3f}",
        f"calibration error {found['calibration_error']:.3f}",
    )
    return ", ".join(parts) + "."


def _slices(slices: Sequence[Figures], name: str) -> str:
    return _rows(
        (name, "texts", "accuracy", "wrong side", "not sure"),
        [(one["name"], one["n"], one["accuracy"], one["wrong_side"], one["not_sure"]) for one in slices],
    )


def _errors(errors: Sequence[Figures]) -> str:
    return "\n".join(f"{place}. {_error(one)}" for place, one in enumerate(errors, 1))


def _error(one: Figures) -> str:
    hidden = "" if one["shown"] else ", not shown"
    head = f"`{one['id']}` is *{one['gold']}*, said *{one['said']}* ({one['confidence']:.2f}{hidden})"
    return f'{head}: "{one["text"]}" {one["why"]}'


def _rows(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_number(cell) for cell in line) + " |" for line in lines)


def _gap(interval: Sequence[float]) -> str:
    return f"{interval[0]:.3f} to {interval[1]:.3f}"


def _number(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
