from __future__ import annotations

from pathlib import Path

import pytest
from debate.errors import LabelError
from debate.stance import Tagger, load, parallel, save
from debate.stance.parallel import ModelFile, SideBySide, tagger_of


def test_a_trained_tagger_answers_alike_before_and_after_it_is_saved(street, street_examples, tmp_path: Path) -> None:
    save(street, tmp_path / "street.stance")
    saved = load(tmp_path / "street.stance")
    texts = [example.text for example in street_examples]
    assert saved.version == street.version
    assert saved.tag(texts) == street.tag(texts)


def test_two_processes_give_the_very_tags_of_one(street, street_examples, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "FEWEST", 20)
    monkeypatch.setattr(parallel, "BATCH", 7)
    texts = [example.text for example in street_examples[:20]]
    both = SideBySide(street, 2)
    assert isinstance(both, Tagger)
    assert both.tag(texts) == street.tag(texts)
    assert (both.name, both.version, both.labels, both.figures) == (
        street.name,
        street.version,
        street.labels,
        street.figures,
    )


def test_a_few_texts_start_no_process(street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "each", None)
    assert len(SideBySide(street, 2).tag(["Our street is for people, not for cars."])) == 1


def test_a_scorer_without_weight_is_not_asked(street) -> None:
    from dataclasses import replace

    model = replace(
        street,
        decision=replace(street.decision, mixture=(0.0, 1.0)),
        scorers=(replace(street.scorers[0], encoder=None), street.scorers[1]),
    )
    assert model.tag(["Our street is for people, not for cars."])[0].confidence > 0


def test_a_model_of_another_version_is_refused(street, tmp_path: Path) -> None:
    save(street, tmp_path / "street.stance")
    with pytest.raises(LabelError, match=f"{street.version} instead of old"):
        tagger_of(ModelFile(str(tmp_path / "street.stance"), "old"))
