from __future__ import annotations

from pathlib import Path

import pytest
from debate.debates import read_debate, read_debates
from debate.errors import DebateFileError
from factories import ROOT, TEA


def _write(folder: Path, text: str, name: str = "tea.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


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
        ('colour = "sky"', "", "stance 1 is wrong"),
        ('colour = "sky"', 'colour = "mauve"', 'colour "mauve" is no token'),
        ('key = "milk"', 'key = "none"', 'stance key "none" cannot be used'),
        ('key = "milk"', 'key = "tea"', "two stances have one key"),
        ("opposites", "unknown = 1\nopposites", 'unknown key "unknown"'),
        ('question = "Milk first?"', "question = 3", '"question" is no str'),
        ("opposites =", "opposites", "no TOML file"),
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


def test_one_stance_is_no_debate(tmp_path: Path) -> None:
    text = TEA[: TEA.rindex("[[stances]]")].replace('["milk", "tea"]', '["milk", "milk"]')
    with pytest.raises(DebateFileError, match="two stances or more"):
        read_debate(_write(tmp_path, text))


def test_two_files_of_one_key_are_refused(tmp_path: Path) -> None:
    _write(tmp_path, TEA)
    _write(tmp_path, TEA, "more-tea.toml")
    with pytest.raises(DebateFileError, match="used twice"):
        read_debates(tmp_path)
