from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from debate.archive import Fields, running
from debate.archive.work import Job, tag_partition
from debate.errors import DebateError, ImportFileError
from debate.stance import load, save
from debate.stance.model import StanceModel
from factories import ROOT

from .helpers import parts_of, rows_of, write_lines

Tag = Callable[..., tuple]


def test_every_comment_gets_the_tag_that_the_tagger_gives_it_in_the_order_of_the_source(
    tag: Tag, source: Path, texts: list[str], model: StanceModel
) -> None:
    outcome, folder = tag(source)
    expected = model.tag(texts[:45])
    rows = rows_of(folder)
    assert [row["id"] for row in rows] == [f"c{number}" for number in range(45)]
    assert [(row["stance"], row["confidence"]) for row in rows] == [(t.stance, t.confidence) for t in expected]
    assert [row["probabilities"] for row in rows] == [dict(t.probabilities) for t in expected]
    assert all("evidence" not in row for row in rows)
    assert (outcome.comments, outcome.partitions, outcome.errors) == (45, 5, 0)
    assert sum(outcome.stances.values()) == 45


def test_two_processes_write_the_bytes_of_one(tag: Tag, source: Path) -> None:
    _, one = tag(source, "one")
    _, two = tag(source, "two", jobs=2)
    assert parts_of(one) == parts_of(two)


def test_dask_writes_the_bytes_of_one_process(tag: Tag, source: Path) -> None:
    distributed = pytest.importorskip("distributed")
    _, one = tag(source, "one")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        _, many = tag(source, "many", scheduler=cluster.scheduler_address)
    assert parts_of(one) == parts_of(many)


def test_evidence_is_written_when_asked_for(tag: Tag, source: Path, texts: list[str]) -> None:
    _, folder = tag(source, evidence=True)
    for row, text in zip(rows_of(folder), texts, strict=False):
        assert all(sentence in text for sentence in row["evidence"])
        assert bool(row["evidence"]) == (row["stance"] is not None)


def test_a_second_run_tags_nothing_and_one_after_an_addition_only_what_changed(
    tag: Tag, source: Path, texts: list[str]
) -> None:
    tag(source)
    again, folder = tag(source)
    assert (again.kept, again.fresh) == (5, 0)
    write_lines(source, texts[:47])
    more, _ = tag(source)
    assert (more.kept, more.fresh, more.comments) == (4, 7, 47)
    assert len(rows_of(folder)) == 47


def test_parts_that_a_shorter_cut_no_longer_has_are_removed(tag: Tag, source: Path) -> None:
    tag(source)
    outcome, folder = tag(source, size=30)
    assert outcome.partitions == 2
    assert sorted(path.name for path in folder.glob("part-*")) == ["part-00000.jsonl", "part-00001.jsonl"]
    assert len(list((folder / "receipts").iterdir())) == 2


def test_the_parts_of_another_model_are_tagged_anew(tag: Tag, source: Path, model: StanceModel, tmp_path: Path) -> None:
    tag(source)
    save(replace(model, decision=replace(model.decision, threshold=0.9)), tmp_path / "other.stance")
    outcome, folder = tag(source, model=load(tmp_path / "other.stance"))
    assert (outcome.kept, outcome.fresh) == (0, 45)
    assert outcome.stances["not sure"] > 20
    assert json.loads((folder / "manifest.json").read_text())["model"]["version"] != model.version


def test_a_part_that_is_done_is_not_done_again_when_it_is_given_out_twice(
    tag: Tag, source: Path, model: StanceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, folder = tag(source, size=100)
    before = (folder / "part-00000.jsonl").stat().st_mtime_ns
    monkeypatch.setattr(running, "receipt_of", lambda job: None)
    outcome, _ = tag(source, size=100)
    assert outcome.comments == 45
    assert (folder / "part-00000.jsonl").stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", ["part-00002.jsonl", "receipts/part-00002.jsonl.json"])
def test_a_part_that_is_cut_or_has_no_readable_receipt_is_tagged_anew(tag: Tag, source: Path, damage: str) -> None:
    _, folder = tag(source)
    whole = parts_of(folder)
    (folder / damage).write_bytes(b"{")
    outcome, _ = tag(source)
    assert (outcome.kept, outcome.fresh) == (4, 10)
    assert parts_of(folder) == whole


def test_the_manifest_names_source_model_and_parts_but_no_path_of_this_machine(tag: Tag, source: Path) -> None:
    _, folder = tag(source)
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    books = json.loads(text)
    assert books["complete"] is True
    assert books["source"][0]["name"] == "comments.jsonl"
    assert [part["first"] for part in books["partitions"]] == [1, 11, 21, 31, 41]
    assert str(source.parent) not in text


def test_a_folder_that_holds_something_else_is_refused(tag: Tag, source: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("Dear Ann")
    tag(write_lines(tmp_path / "other.jsonl", ["a"]), "others")
    for folder in ("full", "others"):
        with pytest.raises(DebateError, match=r"something else.*--into"):
            tag(source, folder)
    assert (tmp_path / "full/letter.txt").read_text() == "Dear Ann"


def test_gzip_and_a_folder_of_files_give_the_same_rows(tag: Tag, source: Path, tmp_path: Path) -> None:
    _, plain = tag(source, "plain")
    folder = tmp_path / "archive"
    (folder / "2020").mkdir(parents=True)
    lines = source.read_bytes().splitlines(keepends=True)
    (folder / "2020/a.jsonl.gz").write_bytes(gzip.compress(b"".join(lines[:20])))
    (folder / "b.ndjson").write_bytes(b"".join(lines[20:]))
    (folder / "readme.txt").write_text("no archive")
    outcome, tags = tag(folder, "archive/tags")
    assert rows_of(tags) == rows_of(plain)
    assert outcome.partitions == 5
    again, _ = tag(folder, "archive/tags")
    assert again.kept == 5


@pytest.mark.parametrize(("name", "words"), [("none.jsonl", "no such file"), ("letter.txt", "no archive.*parquet")])
def test_what_is_no_archive_is_refused(tag: Tag, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ann")
    with pytest.raises(ImportFileError, match=words):
        tag(tmp_path / name)


def test_a_cut_off_gzip_file_is_refused_before_any_work(tag: Tag, source: Path, tmp_path: Path) -> None:
    packed = tmp_path / "cut.jsonl.gz"
    packed.write_bytes(gzip.compress(source.read_bytes())[:-200])
    with pytest.raises(ImportFileError, match=r"cut\.jsonl\.gz: the archive cannot be read to its end"):
        tag(packed)


def test_other_names_of_the_fields_can_be_given(tag: Tag, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"nr": 7, "body": "Keep the cars out of the street, it is ours."}\n')
    _, folder = tag(source, fields=Fields(text="body", id="nr"))
    assert rows_of(folder)[0]["id"] == 7


def test_an_empty_archive_gives_no_part(tag: Tag, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("")
    outcome, folder = tag(tmp_path / "a.jsonl")
    assert (outcome.comments, outcome.partitions) == (0, 0)
    assert json.loads((folder / "manifest.json").read_text())["complete"] is True


def test_a_run_killed_half_way_leaves_whole_parts_and_the_next_one_goes_on(
    tag: Tag, source: Path, model: StanceModel, tmp_path: Path
) -> None:
    _, whole = tag(source, "whole", size=1)
    save(model, tmp_path / "street.stance")
    code = (
        "import sys; from pathlib import Path; from debate.archive import Archive, tag_archive\n"
        "from debate.stance import load\n"
        "if __name__ == '__main__':\n"
        " archive = Archive(Path(sys.argv[1]), Path(sys.argv[2]), size=1)\n"
        " tag_archive(archive, load(sys.argv[3]), debate='street', jobs=2)\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    command = [sys.executable, str(script), str(source), str(tmp_path / "killed"), str(tmp_path / "street.stance")]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    receipts = tmp_path / "killed/receipts"
    with subprocess.Popen(command, env=environment) as process:
        while process.poll() is None and len(list(receipts.glob("part-*"))) < 5:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    (tmp_path / "killed/.part-00044.jsonl.abc.part").write_text("{")
    outcome, folder = tag(source, "killed", size=1)
    assert outcome.kept >= 5
    assert parts_of(folder) == parts_of(whole)
    assert list(folder.rglob("*.part")) == []


def test_a_worker_with_another_model_refuses(source: Path, tag: Tag, model: StanceModel, tmp_path: Path) -> None:
    from debate.archive.partitions import cut
    from debate.stance.parallel import ModelFile

    save(model, tmp_path / "street.stance")
    (partition,) = cut({source: source.name}, 100)
    job = Job(partition, tmp_path / "tags", ModelFile(str(tmp_path / "street.stance"), "older"), Fields())
    with pytest.raises(DebateError, match=f"{model.version} instead of older.*same version"):
        tag_partition(job)
