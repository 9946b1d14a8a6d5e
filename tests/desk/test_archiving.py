from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from debate.archive import Archive
from debate.desk import archiving
from debate.desk.archiving import archive_command
from debate.errors import DebateError, DebateFileError
from factories import ROOT

from .factories import make_site, write


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    source = tmp_path / "comments.jsonl"
    source.write_text('{"id": 1, "text": "I found my friends online and they are as real as any."}\n{\n' * 30)
    return Archive(source, tmp_path / "tags", size=20)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a folder of two debates: the one that the built-in model was made for, and one without a model."""
    folder = make_site(tmp_path, {})
    write(folder / "debates/networking.toml", (ROOT / "content/debates/networking.toml").read_bytes())
    debate = folder / "debates/tea.toml"
    write(debate, debate.read_text().replace('model = "tea"\n', ""))
    return folder


def _run(archive: Archive, content: Path, **options: object) -> tuple[int, str]:
    out = io.StringIO()
    return archive_command(archive, content, out=out, **options), out.getvalue()


def test_the_report_counts_tags_errors_and_what_was_done_before(archive: Archive, content: Path) -> None:
    code, text = _run(archive, content, debate="networking")
    assert code == 2
    assert "comments: 30 in 3 parts" in text
    assert "lines that are no comments: 30" in text
    assert text.count("comments.jsonl:") == 20
    assert "and 10 more" in text
    assert "done before" not in text
    assert "done before, left as they are: 3 parts" in _run(archive, content, debate="networking")[1]


@pytest.mark.parametrize(("debate", "words"), [("milk", 'no debate "milk".*tea'), (None, "no debate is named")])
def test_a_debate_that_is_not_there_is_named(archive: Archive, content: Path, debate: str | None, words: str) -> None:
    with pytest.raises(DebateError, match=words):
        _run(archive, content, debate=debate)


def test_a_model_of_another_debate_tags_no_archive(archive: Archive, content: Path) -> None:
    debate = content / "debates/tea.toml"
    write(debate, 'model = "networking"\n' + debate.read_text())
    with pytest.raises(DebateFileError, match=r"tea\.toml:1: .*it knows online.*, the debate has yes, both, no\."):
        _run(archive, content, debate="tea")
    assert not archive.into.exists()


def test_ctrl_c_ends_with_a_line_and_its_own_code(
    archive: Archive, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> Callable[..., None]:
        raise KeyboardInterrupt

    monkeypatch.setattr(archiving, "tag_archive", stop)
    code, text = _run(archive, content, debate="networking")
    assert code == 130
    assert "the parts that are done stay" in text


def test_one_part_is_no_parts(tmp_path: Path, content: Path) -> None:
    source = write(tmp_path / "one.jsonl", '{"id": 1, "text": "I found my friends online."}\n')
    text = _run(Archive(source, tmp_path / "tags"), content, debate="networking")[1]
    assert "comments: 1 in 1 part\n" in text


def test_a_debate_without_a_model_is_tagged_by_what_its_labelled_comments_train(
    archive: Archive, content: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(content / "essays/friends.md", "Title: Friends\nDebate: networking\n\nText.\n")
    write(content / "comments/friends/a.md", "Author: Ann\nStance: online\n\nLabelled in the other debate.\n")
    with pytest.raises(DebateError, match=r"has no tagger yet.*20 comments a stance"):
        _run(archive, content, debate="tea")
    opinions = {"yes": "The milk goes in first, it is kinder", "both": "It is all the same to", "no": "Tea first for"}
    for label, words in opinions.items():
        for number in range(20):
            path = content / f"comments/cups/{label}{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"Stance: {label}\nAuthor: Ann\n\n{words} my cup number {number}.\n")
    code, text = _run(archive, content, debate="tea")
    assert code == 2
    assert "by trained" in text
    assert caplog.text == ""
    shutil.copy(archive.into / "model.stance", content / "debates/tea.stance")
    write(content / "debates/tea.toml", 'model = "tea.stance"\n' + (content / "debates/tea.toml").read_text())
    shutil.rmtree(content / "comments")
    again = Archive(archive.source, archive.into.with_name("again"), size=20)
    assert _run(again, content, debate="tea")[0] == 2
    parts = [folder / "part-00000.jsonl" for folder in (again.into, archive.into)]
    assert parts[0].read_bytes() == parts[1].read_bytes()
