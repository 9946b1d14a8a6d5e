"""What a language model is asked, and what counts as an answer."""

import pytest
from debate.debates import read_debate
from debate.desk.prompting import Answer, Unusable, answer_schema, instructions, question, read_answer

from .factories import DEBATE, write

TEXT = "I pour the milk first. It {cools} the cup.\n\n> Tea first!\n\nNo."


@pytest.fixture
def debate(tmp_path):
    return read_debate(write(tmp_path / "tea.toml", DEBATE.replace('model = "tea"\n', "")))


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ('{"stance": "yes", "evidence": "I pour the milk first."}', Answer("yes", "I pour the milk first.")),
        ('Sure!\n```json\n{"stance": "no", "evidence": "No."}\n```\nAnything else?', Answer("no", "No.")),
        ('{broken} {"stance": "no", "evidence": "No."} {"stance": "yes", "evidence": "No."}', Answer("no", "No.")),
        ('{"stance": "none", "evidence": "whatever"}', Answer("none", "")),
        ('{"stance": "none"}', Answer("none", "")),
    ],
)
def test_an_answer_is_found_in_what_a_model_says(debate, raw, answer):
    assert read_answer(raw, debate, TEXT) == answer


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "no JSON object"),
        ("I cannot help with that.", "no JSON object"),
        ('["yes"]', "no JSON object"),
        ('{"stance": "yes"', "no JSON object"),
        ('{"stance": "milk", "evidence": "No."}', "must be one of yes, both, no, none"),
        ('{"stance": ["yes"], "evidence": "No."}', "must be one of"),
        ('{"stance": "off", "evidence": "No."}', "must be one of"),
        ('{"stance": "yes", "evidence": ""}', "missing"),
        ('{"stance": "yes", "evidence": 1}', "missing"),
        ('{"stance": "yes", "evidence": "I pour milk first."}', "no exact part"),
        ('{"stance": "no", "evidence": "Tea first!"}', "no exact part"),
    ],
)
def test_an_answer_of_another_form_or_with_evidence_made_up_is_refused(debate, raw, why):
    with pytest.raises(Unusable, match=why):
        read_answer(raw, debate, TEXT)


def test_the_instructions_hold_the_question_and_every_stance_with_its_meaning(debate):
    words = instructions(debate)
    assert debate.question in words
    assert all(f'"{stance.key}": {stance.meaning}' in words for stance in debate.stances)
    assert answer_schema(debate)["properties"]["stance"]["enum"] == ["yes", "both", "no", "none"]


def test_a_complaint_about_the_last_answer_is_told(debate):
    assert "could not be used: too short" in question(debate, "Text.", "too short")
    assert "could not" not in question(debate, "Text.")


def test_the_form_and_the_labels_stand_right_before_the_answer(debate):
    last = question(debate, "Text.").split(">>>")[1]
    assert '{"stance": "...", "evidence": "..."}' in last
    assert "yes, both, no, none" in last
