from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from debate.debates import read_debate, read_debates
from debate.errors import DebateFileError
from factories import ROOT, TEA


def _write(folder: Path, text: str, name: str = "tea.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _write_model(path: Path, labels: object, opposites: object = (0, 1)) -> None:
    """Write what a model file says it was made for, and nothing that could tag."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("about.json", json.dumps({"labels": labels, "decision": {"opposites": opposites}}))


def test_a_debate_keeps_the_order_of_its_stances(tmp_path: Path) -> None:
    debate = read_debate(_write(tmp_path, TEA))
    assert debate.labels == ("milk", "tea", "none")
    assert debate.opposites == ("milk", "tea")
    assert [debate.name_of(label) for label in ("tea", "none", None)] == ["Tea first", "takes no side", "not sure"]
    assert [debate.colour_of(label) for label in ("tea", "none", None)] == ["amber", "none", "unsure"]


def test_the_shipped_debate_has_the_three_stances_and_their_absence() -> None:
    debate = read_debate(ROOT / "content/debates/networking.toml")
    assert debate.question == "Is online networking real networking?"
    assert set(debate.labels) == {"online", "face-to-face", "spectrum", "none"}
    assert set(debate.opposites) == {"online", "face-to-face"}


def test_a_folder_that_is_not_there_holds_no_debates(tmp_path: Path) -> None:
    assert read_debates(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('key = "tea"\nq', "q", '"key" is missing'),
        ('question = "Milk first?"', "", '"question" is missing'),
        ('key = "tea"\nq', 'key = "Tea Time"\nq', "cannot stand in an address"),
        ('["milk", "tea"]', '["milk", "coffee"]', "opposites must be two of the stances"),
        ('["milk", "tea"]', '["milk", "milk"]', "opposites must be two of the stances"),
        ('["milk", "tea"]', '[["milk"], ["tea"]]', "opposites must be two of the stances"),
        ('["milk", "tea"]', "[{a = 1}, {b = 2}]", "opposites must be two of the stances"),
        ('question = "Milk first?"', 'question = "  "', '"question" is empty'),
        ('name = "Milk first"', 'name = ""', '"name" is empty'),
        ('meaning = "The tea goes in before the milk."', 'meaning = ""', '"meaning" is empty'),
        ("opposites", 'unsure_name = ""\nopposites', '"unsure_name" is empty'),
        ('colour = "sky"', "", "stance 1 is wrong"),
        ('colour = "sky"', 'colour = "mauve"', 'colour "mauve" is no token'),
        ('key = "milk"', 'key = "none"', 'stance key "none" cannot be used'),
        ('key = "milk"', 'key = "tea"', "two stances have one key"),
        ("opposites", "unknown = 1\nopposites", 'unknown key "unknown"'),
        ('question = "Milk first?"', "question = 3", '"question" is no str'),
        ("opposites =", "opposites", "no TOML file"),
        ("opposites =", f"opposites = {'[' * 5000}{']' * 5000}\nmore =", "lists stand in lists"),
    ],
)
def test_a_wrong_debate_file_is_named_with_fault_and_remedy(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TEA
    path = _write(tmp_path, TEA.replace(old, new, 1))
    with pytest.raises(DebateFileError) as error:
        read_debate(path)
    assert str(path) in error.value.message
    assert words in error.value.message
    assert "Remedy: " in error.value.message


def test_a_folder_that_is_named_like_a_debate_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    with pytest.raises(DebateFileError, match=r"x\.toml: this file cannot be read: .*Remedy: "):
        read_debates(tmp_path)


def test_the_mark_that_some_editors_put_before_a_text_does_no_harm(tmp_path: Path) -> None:
    assert read_debate(_write(tmp_path, f"\ufeff{TEA.lstrip()}")).key == "tea"
    with pytest.raises(DebateFileError, match=r"tea\.toml:1: the model"):
        read_debate(_write(tmp_path, f'\ufeffmodel = "networking"\n{TEA}'))


def test_one_stance_is_no_debate(tmp_path: Path) -> None:
    text = TEA[: TEA.rindex("[[stances]]")].replace('["milk", "tea"]', '["milk", "milk"]')
    with pytest.raises(DebateFileError, match="two stances or more"):
        read_debate(_write(tmp_path, text))


def test_two_files_of_one_key_are_refused(tmp_path: Path) -> None:
    _write(tmp_path, TEA)
    _write(tmp_path, TEA, "more-tea.toml")
    with pytest.raises(DebateFileError, match="used twice"):
        read_debates(tmp_path)


def test_a_model_made_for_other_stances_is_refused_with_both_sets_of_stances(tmp_path: Path) -> None:
    path = _write(tmp_path, TEA.replace("\n[[stances]]", 'model = "networking"\n\n[[stances]]', 1))
    with pytest.raises(DebateFileError) as error:
        read_debate(path)
    assert error.value.message == (
        f'{path}:5: the model "networking" was made for other stances: '
        "it knows online, face-to-face, spectrum, the debate has milk, tea. "
        "Remedy: give the stances the model's keys, name a model trained for this debate, or delete `model`, "
        "so that the debate's own labelled comments train one."
    )


@pytest.mark.parametrize(
    ("labels", "fits"),
    [
        (["milk", "tea", "none"], True),
        (["none", "tea", "milk"], True),
        (["tea", "milk"], True),
        (["milk", "tea", "lemon", "none"], False),
        (["milk", "none"], False),
        (["Milk", "tea", "none"], False),
        (["none"], False),
        ([], False),
        ([["milk"], {"tea": 1}], False),
    ],
    ids=["same", "another order", "no none", "one more", "one less", "another key", "none only", "empty", "no keys"],
)
def test_a_model_file_fits_a_debate_of_the_same_stances_in_any_order(
    tmp_path: Path, labels: list[object], fits: bool
) -> None:
    path = _write(tmp_path, 'model = "m.stance"' + TEA)
    _write_model(
        tmp_path / "m.stance", labels, [place for place, label in enumerate(labels) if label in ("milk", "tea")]
    )
    if fits:
        assert read_debate(path).model == "m.stance"
    else:
        with pytest.raises(DebateFileError, match=r'tea\.toml:1: the model "m\.stance" was made for other stances'):
            read_debate(path)


def test_opposites_other_than_the_models_are_refused_for_its_mistakes_are_those_of_its_own_pair(tmp_path: Path) -> None:
    text = (ROOT / "content/debates/networking.toml").read_text(encoding="utf-8")
    path = _write(tmp_path, re.sub(r"(?m)^opposites = .*$", 'opposites = ["online", "spectrum"]', text))
    line = text[: text.index("opposites =")].count("\n") + 1
    with pytest.raises(DebateFileError) as error:
        read_debate(path)
    assert error.value.message == (
        f'{path}:{line}: the model "networking" was made for other opposites: '
        "its mistakes are counted between online, face-to-face, the debate has online, spectrum. "
        "Remedy: write the model's two as opposites, name a model trained for this debate, or delete `model`, "
        "so that the debate's own labelled comments train one."
    )


@pytest.mark.parametrize(
    ("opposites", "fits"), [((0, 2), True), ((2, 0), True), ((0, 1), False), ((1, 2), False), (None, False)]
)
def test_a_model_file_fits_a_debate_of_the_same_opposites_in_any_order(
    tmp_path: Path, opposites: tuple[int, int] | None, fits: bool
) -> None:
    lemon = '[[stances]]\nkey = "lemon"\nname = "Lemon"\nmeaning = "Neither."\ncolour = "moss"\n'
    path = _write(tmp_path, f'model = "m.stance"{TEA}{lemon}')
    _write_model(tmp_path / "m.stance", ["milk", "lemon", "tea", "none"], opposites)
    if fits:
        assert read_debate(path).opposites == ("milk", "tea")
    else:
        with pytest.raises(DebateFileError, match=r'tea\.toml:4: the model "m\.stance" was made for other opposites'):
            read_debate(path)


def test_a_model_file_of_a_built_in_name_is_the_one_that_is_compared(tmp_path: Path) -> None:
    path = _write(tmp_path, 'model = "networking"' + TEA)
    _write_model(tmp_path / "networking", ["milk", "tea", "none"])
    assert read_debate(path).labels == ("milk", "tea", "none")


def test_no_line_is_named_where_two_look_like_the_one(tmp_path: Path) -> None:
    question = '"""Milk first?\nmodel = milk\n"""'
    path = _write(tmp_path, 'model = "networking"' + TEA.replace('"Milk first?"', question))
    with pytest.raises(DebateFileError, match=r"tea\.toml: the model"):
        read_debate(path)


def test_a_model_that_is_not_there_is_named_with_the_line(tmp_path: Path) -> None:
    path = _write(tmp_path, '\nmodel = "netwroking"' + TEA)
    with pytest.raises(DebateFileError) as error:
        read_debate(path)
    assert error.value.message == (
        f'{path}:2: there is no model "netwroking": it is neither the name of a built-in one nor that of a file beside '
        "this one. Remedy: write networking or the file's name, or delete `model`."
    )


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_model_that_cannot_be_read_is_left_to_those_who_tag(tmp_path: Path, data: bytes) -> None:
    path = _write(tmp_path, 'model = "m.stance"' + TEA)
    (tmp_path / "m.stance").write_bytes(data)
    assert read_debate(path).model == "m.stance"


def test_comparing_a_debate_with_its_model_loads_no_arrays() -> None:
    read = "from pathlib import Path; from debate.debates import read_debates; read_debates(Path('content/debates'))"
    check = "import sys; assert not {'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, 'plugins'); {read}; {check}"]
    subprocess.run(command, cwd=ROOT, check=True)
