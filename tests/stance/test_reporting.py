from __future__ import annotations

import json

import pytest
from debate.errors import LabelError
from debate.stance.reporting import evaluate_command

from .conftest import STREET

KEYS = {
    "n",
    "accuracy",
    "macro_f1",
    "per_label",
    "confusion",
    "coverage",
    "shown",
    "share_error",
    "calibration_error",
    "texts_per_second",
}


def written(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path):
    texts = [
        "We only ever met online and it is a real friendship.",
        "Nothing beats a handshake.",
        "It takes both.",
        "Thanks!",
    ]
    labels = ["online", "face-to-face", "spectrum", "none"]
    return written(tmp_path / "gold.jsonl", [{"text": t, "label": one} for t, one in zip(texts, labels, strict=True)])


def test_the_built_in_tagger_is_judged_on_any_gold_file(gold, tmp_path):
    said = evaluate_command(gold, None, tmp_path / "out.json", None)
    figures = json.loads((tmp_path / "out.json").read_text())
    assert set(figures) >= KEYS
    assert figures["n"] == 4
    assert set(figures["coverage"]) == {"100", "70", "50", "30"}
    assert set(figures["shown"]) == {"coverage", "wrong_side", "accuracy"}
    assert figures["texts_per_second"] > 0
    assert "macro-F1" in said
    assert "wrong side" in said


def test_with_training_texts_any_label_set_will_do(tmp_path):
    evaluate_command(STREET, STREET, tmp_path / "out.json", None)
    figures = json.loads((tmp_path / "out.json").read_text())
    assert set(figures["per_label"]) == {"closed", "open", "none"}
    assert figures["accuracy"] > 0.7


def test_a_gold_label_that_was_never_trained_names_its_line(tmp_path):
    gold = written(tmp_path / "gold.jsonl", [{"text": "a", "label": "closed"}, {"text": "b", "label": "maybe"}])
    with pytest.raises(LabelError, match=r"gold\.jsonl:2"):
        evaluate_command(gold, STREET, None, None)


def test_a_training_file_with_one_label_is_an_error(tmp_path, gold):
    one = written(tmp_path / "one.jsonl", [{"text": f"text {n}", "label": "online"} for n in range(60)])
    with pytest.raises(LabelError, match="one label only"):
        evaluate_command(gold, one, None, None)


def test_by_a_field_one_tagger_a_group_is_trained(tmp_path):
    records = [json.loads(line) for line in STREET.read_text().splitlines()]
    both = written(
        tmp_path / "both.jsonl", [record | {"target": name} for name in ("north", "south") for record in records]
    )
    said = evaluate_command(both, both, tmp_path / "out.json", "target")
    figures = json.loads((tmp_path / "out.json").read_text())
    assert set(figures["groups"]) == {"north", "south"}
    assert figures["n"] == 240
    assert "mean of 2 groups" in said


def test_by_needs_a_training_file_and_every_group_in_it(tmp_path, gold):
    with pytest.raises(LabelError, match="--train"):
        evaluate_command(gold, None, None, "target")
    other = written(tmp_path / "other.jsonl", [{"text": "a", "label": "x", "target": "west"}])
    with pytest.raises(LabelError, match="west"):
        evaluate_command(other, STREET, None, "target")
