"""Any debate: a second one about a street, 40 comments a stance, all written for this test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debate.errors import LabelError
from debate.stance import NotEnoughLabels, Tagger, evaluate, train
from debate.stance.storage import to_bytes

from .conftest import SIDES

UNSEEN = [
    ("I would love to stroll down the street with my kids without dodging cars.", "closed"),
    ("Ban the cars, plant trees, and let the cafes put out their tables.", "closed"),
    ("If I cannot park in front of the shop I will take my money elsewhere.", "open"),
    ("The trial cost us customers and the diverted lorries woke the whole lane.", "open"),
    ("What time does the library shut on Saturday?", "none"),
    ("Thank you for the photographs from the tower.", "none"),
]


def test_forty_labels_a_stance_make_a_tagger_for_another_debate(street):
    assert isinstance(street, Tagger)
    assert street.labels == SIDES
    assert street.figures["macro_f1"] > 0.6
    assert street.figures["data"] == "cross-validation"


def test_it_tags_unseen_comments_of_that_debate(street):
    tags = street.tag([text for text, _ in UNSEEN])
    right = sum(tag.likeliest == label for tag, (_, label) in zip(tags, UNSEEN, strict=True))
    assert right >= 5


def test_its_shown_tags_keep_evidence_inside_the_comment(street, street_examples):
    texts = [example.text for example in street_examples]
    for text, tag in zip(texts, street.tag(texts), strict=True):
        assert all(sentence in text for sentence in tag.evidence)


def test_training_twice_gives_the_same_bytes(street, street_examples):
    again = train(street_examples, labels=SIDES, opposites=("closed", "open"), name="street")
    assert to_bytes(again) == to_bytes(street)


def test_below_the_floor_there_is_no_tagger(street_examples):
    few = [*street_examples[:5], *street_examples[40:45], *street_examples[80:]]
    with pytest.raises(NotEnoughLabels, match="not enough labelled comments yet"):
        train(few, labels=SIDES, opposites=("closed", "open"))


def test_one_label_only_is_an_error(street_examples):
    with pytest.raises(LabelError, match="one label only"):
        train(street_examples[:40], labels=SIDES, opposites=("closed", "open"))


def test_a_label_outside_the_debate_names_its_line(street_examples):
    wrong = [*street_examples, replace(street_examples[0], label="maybe", where="labels.jsonl:121")]
    with pytest.raises(LabelError, match=r"labels\.jsonl:121"):
        train(wrong, labels=SIDES, opposites=("closed", "open"))


def test_evaluation_on_its_own_texts_is_better_than_held_out(street, street_examples):
    assert evaluate(street, street_examples, ("closed", "open")).accuracy >= street.figures["accuracy"]
