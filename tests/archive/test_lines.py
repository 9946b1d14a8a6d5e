from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from debate.archive import lines
from debate.archive.records import Fields

from .helpers import rows_of

Tag = Callable[..., tuple]
GOOD = '{"id": "a", "text": "Keep the cars out of our street, it is for people."}'


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{broken", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        (b'{"id": "a", "text": "caf\xe9"}', "not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', "not JSON"),
        (b"[1, 2]", "no JSON object"),
        (b'"text"', "no JSON object"),
        (b'{"id": "a"}', 'no text as "text" .--text-field'),
        (b'{"id": "a", "text": null}', 'no text as "text"'),
        (b'{"text": "x"}', 'no id as "id" .--id-field'),
        (b'{"id": true, "text": "x"}', 'no id as "id"'),
        (b'{"id": [1], "text": "x"}', 'no id as "id"'),
    ],
)
def test_a_line_that_is_no_comment_has_a_row_with_its_place_and_reason(
    tag: Tag, tmp_path: Path, line: bytes, words: str
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(GOOD.encode() + b"\n\n" + line + b"\n" + GOOD.encode())
    outcome, folder = tag(source)
    first, wrong, last = rows_of(folder)
    assert first["stance"] == last["stance"]
    assert wrong["where"] == "a.jsonl:3"
    assert re.search(words, wrong["error"])
    assert (outcome.comments, outcome.errors) == (2, 1)
    assert outcome.listed[0].startswith("a.jsonl:3: ")


def test_a_line_that_is_too_long_is_passed_over(tag: Tag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE_BYTES", 100)
    source = tmp_path / "a.jsonl"
    source.write_text(f"{GOOD}\n" + json.dumps({"id": "b", "text": "x" * 1000}) + f"\n{GOOD}\n" + "y" * 300)
    outcome, folder = tag(source, size=2)
    assert [row.get("where") for row in rows_of(folder)] == [None, "a.jsonl:2", None, "a.jsonl:4"]
    assert outcome.partitions == 2


def test_half_a_surrogate_pair_is_replaced_and_a_mark_at_the_beginning_is_no_error(tag: Tag, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('\ufeff{"id": "\\ud83d\\ude00", "text": "Our street \\ud800 is for people, not for cars."}\n')
    outcome, folder = tag(source, evidence=True)
    (row,) = rows_of(folder)
    assert row["id"] == "\N{GRINNING FACE}"
    assert "\ufffd" in row["evidence"][0]
    assert outcome.errors == 0


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_runs_of_any_cut_hold_every_line_once(tmp_path: Path, size: int) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text("".join(f'{{"id": {number}, "text": "t"}}\n' for number in range(7)))
    runs = list(lines.cut(source, size))
    records = [record for run in runs for record in lines.read(source, *run[:3], Fields())]
    assert [(record.id, record.line) for record in records] == [(number, number + 1) for number in range(7)]
    assert len({digest for *_, digest in runs}) == len(runs)


def test_no_more_of_a_text_is_kept_than_a_tagger_reads(model, tmp_path: Path) -> None:
    text = "Our street is for people. " * 1000
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"id": 1, "text": text}))
    (record,) = lines.read(source, 0, 1, 0, Fields())
    assert len(record.text) < len(text)
    assert model.tag([record.text]) == model.tag([text])
