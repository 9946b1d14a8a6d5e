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

from common import LABELS, OPPOSITES, json_lines, kappa, read
from debate.contents import Debate, Stance
from debate.stance import load
from debate.stance.card import card
from debate.stance.evaluation import measure
from debate.stance.probing import probe
from reasons import REASONS

DATA = Path("plugins/debate/stance/data")
PASSAGES = Path("training/data/passages.jsonl")
EVIDENCE = Path("training/data/evidence.jsonl")
LENGTHS = ((0, 30), (30, 50), (50, 80), (80, 10_000))
MOST_ERRORS, JUDGED = 20, 60
PRINTED = ("macro_f1", "accuracy", "shown", "share_error", "share_errors", "calibration_error")


def main(dev, notes, sample=""):
    """Measure, write figures and card, and the sample if a path for it is given."""
    model, start = started()
    records = read(dev)
    texts, gold = [record["text"] for record in records], [record["label"] for record in records]
    tags, pace = paced(model, texts)
    rows, kept = list(zip(records, tags, strict=True)), json.loads(Path(notes).read_text(encoding="utf-8"))
    facts = model_facts(model) | start | pace | {"promise": kept["promise"]}
    figures = {
        "model": facts,
        "data": data_facts(),
        "evidence": evidence_facts(),
        "dev": measure(tags, gold, LABELS, OPPOSITES).as_dict(),
        "cross_validation": dict(model.figures),
        "by_length": by_length(rows),
        "by_kind": by_kind(rows),
        "probes": probes(model, texts),
        "errors": errors(rows, REASONS),
    }
    write(figures | {name: kept[name] for name in ("curve", "models", "steps")})
    if sample:
        Path(sample).write_text(json_lines(sampled(rows)), encoding="utf-8")
    print({key: figures["dev"][key] for key in PRINTED}, facts)


def started():
    """Return the model, and how long it took to its first answer."""
    began = time.perf_counter()
    model = load("networking")
    model.tag(["A first text."])
    return model, {"start_seconds": round(time.perf_counter() - began, 1)}


def paced(model, texts):
    """Return the tags, and how fast they came."""
    began, worked = time.perf_counter(), time.process_time()
    tags = model.tag(texts)
    speed, cost = len(texts) / (time.perf_counter() - began), 1000 * (time.process_time() - worked) / len(texts)
    note = f"{cost:.0f} ms of processor time a comment; the aim of 200 is **missed**"
    return tags, {"texts_per_second": round(speed), "speed_note": note}


def write(figures):
    """Write the figures, and the card from what a reader of the file would get."""
    text = json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (DATA / "figures.json").write_text(text, encoding="utf-8")
    Path("docs/stance-model.md").write_text(card(json.loads(text)), encoding="utf-8")


def model_facts(model):
    """Return size and decision of the model."""
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
    judged = read(EVIDENCE)
    verdicts = {
        name: [record["convincing"] for record in judged if record["set"] == name] for name in ("first", "fresh")
    }
    return {
        name: {"n": len(rows), "convincing": [sum(row[judge] for row in rows) for judge in (0, 1)]}
        for name, rows in verdicts.items()
    }


def data_facts():
    """Return how many passages there are of each set, and how far annotators agree."""
    records, later = read(PASSAGES), read(PASSAGES.with_name("later.jsonl"))
    count, known = Counter(record["set"] for record in records), {record["id"] for record in records}
    train, gathered = labelled_twice(records, "train"), labelled_twice(records, "gathered")
    return {
        "passages": len(records),
        "train_count": count["train"],
        "gathered_count": count["gathered"],
        "written_count": count["written"],
        "gathered_twice": len(gathered),
        "adjudicated": sum(len(record["labels"]) > 2 for record in records),
        "kappa_train": f"{kappa(train):.2f}",
        "kappa_gathered": f"{kappa(gathered):.2f}",
        "later_count": sum(record["id"] not in known for record in later),
        "dropped": json.loads(PASSAGES.with_name("dropped.json").read_text(encoding="utf-8"))["all"],
    }


def labelled_twice(records, name):
    """Return the labels of the passages of a set that have two or more."""
    return [record["labels"] for record in records if record["set"] == name and len(record["labels"]) > 1]


def part(name, rows):
    """Return the figures on some of the comments."""
    found = measure([tag for _, tag in rows], [record["label"] for record, _ in rows], LABELS, OPPOSITES)
    return {
        "name": name,
        "n": found.n,
        "accuracy": found.accuracy,
        "wrong_side": found.coverage["100"]["wrong_side"],
        "not_sure": round(1 - found.shown["coverage"], 4),
    }


def by_length(rows):
    """Return the figures by the number of words."""
    spans = {span: [row for row in rows if span[0] <= len(row[0]["text"].split()) < span[1]] for span in LENGTHS}
    return [
        part(f"{low} to {high - 1}" if high < 10_000 else f"{low} and more", within)
        for (low, high), within in spans.items()
        if within
    ]


def by_kind(rows):
    """Return the figures by the kind of page a comment comes from."""
    kinds = sorted({record.get("kind", "") for record, _ in rows})
    return [part(kind, [row for row in rows if row[0].get("kind", "") == kind]) for kind in kinds]


def probes(model, texts):
    """Return for each change to the debate file how many tags it changes."""
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
    """Return the errors for which there is a reading, in their order."""
    read_ones = [(record, tag) for record, tag in wrong_rows(rows) if record["id"] in reasons]
    return [error(record, tag, reasons[record["id"]]) for record, tag in read_ones[:MOST_ERRORS]]


def error(record, tag, why):
    """Return an error as the card shows it."""
    return {
        "id": record["id"],
        "gold": record["label"],
        "said": tag.likeliest,
        "confidence": tag.confidence,
        "shown": tag.stance is not None,
        "text": excerpt(record["text"]),
        "why": why,
    }


def excerpt(text):
    """Return a text, or its beginning up to a word's end."""
    return text if len(text) < 230 else text[:220].rsplit(" ", 1)[0] + " ..."


def sampled(rows):
    """Return 60 texts with a shown tag, chosen by a fixed seed, for annotators to judge the evidence."""
    chosen = random.Random(7).sample([(record, tag) for record, tag in rows if tag.stance], JUDGED)
    return [
        {"id": record["id"], "text": record["text"], "tag": tag.stance, "evidence": list(tag.evidence)}
        for record, tag in chosen
    ]


if __name__ == "__main__":
    main(*sys.argv[1:4])
