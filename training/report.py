"""Measure the shipped tagger and write figures, model card and the sample for judging evidence.

    PYTHONPATH=plugins python training/report.py DEV NOTES [EVIDENCE]

NOTES is training/notes.json: what no program can measure again (model comparison with commands, steps, the learning curve
from training/curve.py, the reading of errors, how the speed was taken). EVIDENCE gets 60 dev texts with their evidence.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from assemble import kappa
from debate.contents import Debate, Stance
from debate.stance import load
from debate.stance.card import card
from debate.stance.evaluation import measure
from debate.stance.probing import probe
from reasons import REASONS

LABELS = ("online", "face-to-face", "spectrum", "none")
OPPOSITES = ("online", "face-to-face")
DATA = Path("plugins/debate/stance/data")
PASSAGES = Path("training/data/passages.jsonl")
EVIDENCE = Path("training/data/evidence.jsonl")
LENGTHS = ((0, 30), (30, 50), (50, 80), (80, 10_000))


def main():
    started = time.perf_counter()
    model = load("networking")
    model.tag(["A first text."])
    start = time.perf_counter() - started
    notes = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    dev = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    texts, gold = [record["text"] for record in dev], [record["label"] for record in dev]
    began, worked = time.perf_counter(), time.process_time()
    tags = model.tag(texts)
    speed, cost = len(texts) / (time.perf_counter() - began), 1000 * (time.process_time() - worked) / len(texts)
    note = f"{cost:.0f} ms of processor time a comment; the aim of 200 is **missed**"
    found = measure(tags, gold, LABELS, OPPOSITES).as_dict()
    rows = list(zip(dev, tags, strict=True))
    figures = {
        "model": model_facts(model)
        | {"start_seconds": round(start, 1), "texts_per_second": round(speed), "speed_note": note},
        "data": data_facts(),
        "evidence": evidence_facts(),
        "dev": found,
        "cross_validation": dict(model.figures),
        "by_length": [
            one
            for low, high in LENGTHS
            if (
                one := part(
                    f"{low} to {high - 1}" if high < 10_000 else f"{low} and more",
                    [r for r in rows if low <= len(r[0]["text"].split()) < high],
                )
            )
        ],
        "by_kind": [
            one
            for kind in sorted({record.get("kind", "") for record in dev})
            if (one := part(kind, [r for r in rows if r[0].get("kind") == kind]))
        ],
        "curve": notes["curve"],
        "models": notes["models"],
        "steps": notes["steps"],
        "promise": notes["promise"],
        "probes": probes(model, texts),
        "errors": errors(rows, REASONS),
    }
    figures["model"]["promise"] = figures.pop("promise")
    text = json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (DATA / "figures.json").write_text(text, encoding="utf-8")
    Path("docs").mkdir(exist_ok=True)
    Path("docs/stance-model.md").write_text(card(json.loads(text)), encoding="utf-8")
    if len(sys.argv) > 3:
        sample(rows, Path(sys.argv[3]))
    print(
        {
            key: found[key]
            for key in ("macro_f1", "accuracy", "shown", "share_error", "share_errors", "calibration_error")
        },
        figures["model"],
    )


def model_facts(model):
    sizes = sum((DATA / name).stat().st_size for name in ("encoder.zip", "networking.stance"))
    decision = model.decision
    return {
        "version": model.version,
        "megabytes": f"{sizes / 1e6:.1f}",
        "mixture": f"{decision.mixture[1]:.2f}",
        "temperature": f"{decision.temperature:.2f}",
        "threshold": f"{decision.threshold:.2f}",
    }


def evidence_facts():
    """Return for each set of judged comments how many there are and how many each of the two judges found convincing."""
    judged = [json.loads(line) for line in EVIDENCE.read_text(encoding="utf-8").splitlines()]
    verdicts = {
        name: [record["convincing"] for record in judged if record["set"] == name] for name in ("first", "fresh")
    }
    return {
        name: {"n": len(rows), "convincing": [sum(row[judge] for row in rows) for judge in (0, 1)]}
        for name, rows in verdicts.items()
    }


def data_facts():
    records = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    count = Counter(record["set"] for record in records)
    twice = {
        name: [r["labels"] for r in records if r["set"] == name and len(r["labels"]) > 1]
        for name in ("train", "gathered")
    }
    return {
        "passages": len(records),
        "train_count": count["train"],
        "gathered_count": count["gathered"],
        "written_count": count["written"],
        "gathered_twice": len(twice["gathered"]),
        "adjudicated": sum(len(r["labels"]) > 2 for r in records),
        "kappa_train": f"{kappa(twice['train']):.2f}",
        "kappa_gathered": f"{kappa(twice['gathered']):.2f}",
        "later_count": sum(
            json.loads(line)["id"] not in {r["id"] for r in records}
            for line in PASSAGES.with_name("later.jsonl").read_text(encoding="utf-8").splitlines()
        ),
        "dropped": json.loads(PASSAGES.with_name("dropped.json").read_text())["all"],
    }


def part(name, rows):
    if not rows:
        return None
    found = measure([tag for _, tag in rows], [record["label"] for record, _ in rows], LABELS, OPPOSITES)
    return {
        "name": name,
        "n": found.n,
        "accuracy": found.accuracy,
        "wrong_side": found.coverage["100"]["wrong_side"],
        "not_sure": round(1 - found.shown["coverage"], 4),
    }


def probes(model, texts):
    stances = tuple(
        Stance(key, key, meaning, key)
        for key, meaning in (("online", "online is real"), ("face-to-face", "only in person"), ("spectrum", "both"))
    )
    debate = Debate("networking", "Is online networking real networking?", stances, OPPOSITES)
    return [(one.change, one.n, one.changed) for one in probe(debate, lambda _: model, texts)]


def wrong_rows(rows):
    """Return the errors in a fixed order: shown wrong sides first, then the surest."""
    wrong = [(record, tag) for record, tag in rows if tag.likeliest != record["label"]]
    return sorted(
        wrong,
        key=lambda row: (
            {row[0]["label"], row[1].likeliest} != set(OPPOSITES),
            row[1].stance is None,
            -row[1].confidence,
            row[0]["id"],
        ),
    )


def errors(rows, reasons):
    """Return the errors for which a reading is in the notes, in their order."""
    return [
        {
            "id": r["id"],
            "gold": r["label"],
            "said": t.likeliest,
            "confidence": t.confidence,
            "shown": t.stance is not None,
            "text": r["text"] if len(r["text"]) < 230 else r["text"][:220].rsplit(" ", 1)[0] + " ...",
            "why": reasons[r["id"]],
        }
        for r, t in wrong_rows(rows)
        if r["id"] in reasons
    ][:20]


def sample(rows, path):
    """Write 60 texts with a shown tag, chosen by a fixed seed, for annotators to judge the evidence."""
    shown = [(r, t) for r, t in rows if t.stance]
    chosen = random.Random(7).sample(shown, 60)
    path.write_text(
        "".join(
            json.dumps(
                {"id": r["id"], "text": r["text"], "tag": t.stance, "evidence": list(t.evidence)}, ensure_ascii=False
            )
            + "\n"
            for r, t in chosen
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
