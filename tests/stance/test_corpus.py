from __future__ import annotations

import json

import pytest
from debate.errors import LabelError
from debate.stance import Example, NotEnoughLabels, read_examples
from debate.stance.corpus import check_trainable, folds


def written(path, *records):
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
    return path


def test_a_line_becomes_an_example_with_its_place_and_site(tmp_path):
    path = written(tmp_path / "a.jsonl", {"text": "Hi", "label": "x", "source": "http://www.example.org/1"})
    assert read_examples(path) == (Example("Hi", "x", "example.org", 1.0, f"{path}:1"),)


def test_a_field_may_name_the_group(tmp_path):
    path = written(tmp_path / "a.jsonl", {"text": "Hi", "label": "x", "target": "Cats"})
    assert read_examples(path, group="target")[0].group == "Cats"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", 'no "text" and "label"'),
        ('{"text": "a"}', 'no "text" and "label"'),
        ('{"text": 3, "label": "x"}', 'no "text" and "label"'),
        ('{"text": "a", "label": "z"}', "unknown label 'z'"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, said):
    path = written(tmp_path / "a.jsonl", {"text": "a", "label": "x"}, "", line)
    with pytest.raises(LabelError, match=r"a\.jsonl:3") as error:
        read_examples(path, ("x", "y"))
    assert said in error.value.message


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_a_file_without_texts_is_an_error(tmp_path, content):
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(LabelError, match=r"a\.jsonl"):
        read_examples(tmp_path / "a.jsonl")


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(LabelError, match="cannot be read"):
        read_examples(tmp_path / "none.jsonl")


def test_one_label_only_trains_nothing():
    with pytest.raises(LabelError, match="one label only"):
        check_trainable([Example("a", "x")] * 50)


def test_an_unknown_label_names_its_line():
    with pytest.raises(LabelError, match=r"b\.jsonl:7"):
        check_trainable([Example("a", "x", where="b.jsonl:7")], ("y", "none"))


def test_too_few_labels_of_a_stance_are_not_enough():
    examples = [Example("a", "x")] * 30 + [Example("b", "y")] * 3
    with pytest.raises(NotEnoughLabels, match="not enough labelled comments yet"):
        check_trainable(examples, ("x", "y", "none"))


def test_few_texts_without_a_side_do_not_hinder():
    check_trainable([Example("a", "x")] * 30 + [Example("b", "y")] * 30 + [Example("c", "none")], ("x", "y", "none"))


def test_a_group_is_never_on_both_sides_of_a_fold():
    examples = [Example(str(n), "xy"[n % 2], f"site{n % 7}") for n in range(70)]
    for seen, unseen in folds(examples):
        assert not {examples[i].group for i in seen} & {examples[i].group for i in unseen}
        assert sorted(seen + unseen) == list(range(70))


def test_every_text_is_held_out_once():
    examples = [Example(str(n), "xy"[n % 2]) for n in range(33)]
    assert sorted(i for _, unseen in folds(examples) for i in unseen) == list(range(33))
