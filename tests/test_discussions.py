from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from debate.cache import Cache
from debate.contents import Comment, Debate, Essay
from debate.debates import read_debate
from debate.discussions import DebateState, Discussion, Topic, discuss
from debate.errors import DebateError, DebateFileError, LabelError
from debate.stance import Example, save, train
from debate.summaries import DebateSummary
from debate.summaries.similarity import sentences_in
from factories import TEA, comment, debate

CUP = Essay("cup", "The Cup", "cup/")
POT = Essay("pot", "The Pot", "pot/")
SAID = "Tea goes in first, since it must brew."


def _discuss(
    folder: Path, topics: Sequence[Topic], comments: Sequence[Comment] = ()
) -> tuple[list[Discussion], list[DebateState]]:
    by_essay = {slug: tuple(c for c in comments if c.essay == slug) for slug in ("cup", "pot")}
    return discuss(topics, by_essay, debates_path=folder, cache=Cache())


def _labelled(count: int, debate: Debate | None = None) -> list[Comment]:
    words = {"milk": "Milk goes in first, because the cup is cold", "tea": "Tea goes in first, since it must brew"}
    return [
        comment(f"{stance}{number}", stance=stance, text=f"{said} at house number {number}.")
        for stance, said in words.items()
        for number in range(count)
    ]


def test_every_topic_gets_a_discussion_in_order_and_every_debate_named_a_state(tmp_path: Path) -> None:
    wine = debate(key="wine")
    discussions, states = _discuss(tmp_path, [Topic(POT, debate()), Topic(CUP, wine), Topic(Essay("x", "X", "x/"))])
    assert [d.thread.essay.slug for d in discussions] == ["pot", "cup", "x"]
    assert [state.debate.key for state in states] == ["tea", "wine"]
    assert [[t.essay.slug for t in state.threads] for state in states] == [["pot"], ["cup"]]


def test_an_essay_outside_of_any_debate_keeps_its_thread_but_has_no_tags_and_no_summary(tmp_path: Path) -> None:
    ((discussion,), states) = _discuss(tmp_path, [Topic(CUP)], [comment("c1", text="Tea first.")])
    assert len(discussion.thread) == 1
    assert discussion.thread.entries[0].tag is None
    assert (discussion.summary, states) == (None, [])


def test_a_closed_topic_keeps_its_comments(tmp_path: Path) -> None:
    (discussion,), _ = _discuss(tmp_path, [Topic(CUP, debate(), closed=True)], [comment("c1")])
    assert discussion.closed
    assert len(discussion.thread) == 1


@pytest.mark.parametrize(
    "comments",
    [[], [comment("c1", text="Hm.")], [comment("c1", stance="tea", text="Tea.")], _labelled(3)],
    ids=["none", "unlabelled", "one label only", "few"],
)
def test_a_debate_with_too_few_labelled_comments_shows_only_peoples_tags(
    tmp_path: Path, comments: list[Comment]
) -> None:
    (discussion,), (state,) = _discuss(tmp_path, [Topic(CUP, debate())], comments)
    assert state.tagger is None
    assert [e.tag.by for e in discussion.thread.entries if e.tag] == ["editor"] * sum(bool(c.stance) for c in comments)


def test_a_debates_own_labelled_comments_train_a_tagger_for_the_rest(tmp_path: Path) -> None:
    comments = [*_labelled(25), comment("new", text="Tea goes in first, since it must brew well.")]
    (discussion,), (state,) = _discuss(tmp_path, [Topic(CUP, debate())], comments)
    (new,) = [entry for entry in discussion.thread.entries if entry.comment.id == "new"]
    assert state.tagger is not None
    assert new.tag is not None
    assert (new.tag.by, new.tag.likeliest) == ("machine", "tea")
    assert all(sentence in new.comment.text for sentence in new.tag.evidence)


def test_examples_beside_the_debate_file_train_a_tagger_too(tmp_path: Path) -> None:
    rows = [json.dumps({"text": c.text, "label": c.stance}) for c in _labelled(25)]
    (tmp_path / "labelled.jsonl").write_text("\n".join(rows), encoding="utf-8")
    _, (state,) = _discuss(tmp_path, [Topic(CUP, debate(examples="labelled.jsonl"))], [comment("c1", text="Hm.")])
    assert state.tagger is not None


def test_an_unknown_label_among_the_examples_stops_the_build_naming_its_line(tmp_path: Path) -> None:
    (tmp_path / "labelled.jsonl").write_text('{"text": "a", "label": "coffee"}\n', encoding="utf-8")
    with pytest.raises(LabelError, match=r"labelled\.jsonl:1"):
        _discuss(tmp_path, [Topic(CUP, debate(examples="labelled.jsonl"))])


def test_a_model_that_does_not_exist_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(DebateError, match="nowhere"):
        _discuss(tmp_path, [Topic(CUP, debate(model="nowhere"))], [comment("c1", text="Hm.")])


def test_a_model_file_is_looked_for_beside_the_debate_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/m.stance").write_bytes(b"no model")
    monkeypatch.chdir(tmp_path / "elsewhere")
    with pytest.raises(LabelError, match=r"debates.m\.stance: no stance model: .*No such file"):
        _discuss(tmp_path / "debates", [Topic(CUP, debate(model="m.stance"))], [comment("c1", text="Hm.")])


@pytest.mark.parametrize("labels", [("none", "tea", "milk"), ("tea", "milk")], ids=["another order", "no none"])
def test_a_model_file_of_the_debates_stances_tags_it_and_no_other_debate(
    tmp_path: Path, labels: tuple[str, ...]
) -> None:
    examples = [Example(one.text, one.stance or "") for one in _labelled(25)]
    save(train(examples, labels=labels, opposites=("milk", "tea")), tmp_path / "m.stance")
    file = tmp_path / "tea.toml"
    file.write_text('model = "m.stance"' + TEA, encoding="utf-8")
    new = comment("new", text="Tea goes in first, since it must brew well.")
    (discussion,), (state,) = _discuss(tmp_path, [Topic(CUP, read_debate(file))], [new])
    assert [entry.tag.likeliest for entry in discussion.thread.entries if entry.tag] == ["tea"]
    assert [share.label for share in state.summary.shares] == ["milk", "tea", "none", None]
    file.write_text(
        file.read_text(encoding="utf-8").replace('key = "milk"', 'key = "lemon"').replace('["milk"', '["lemon"')
    )
    with pytest.raises(DebateFileError, match=r"it knows .*milk.*, the debate has lemon, tea"):
        read_debate(file)


def test_a_file_of_examples_that_does_not_exist_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(DebateError, match=r"nowhere\.jsonl"):
        _discuss(tmp_path, [Topic(CUP, debate(examples="nowhere.jsonl"))])


def test_a_summary_counts_one_essay_and_the_state_counts_them_all(tmp_path: Path) -> None:
    comments = [comment("c1", stance="tea", text="Tea."), comment("c1", essay="pot", stance="milk", text="Milk.")]
    discussions, (state,) = _discuss(tmp_path, [Topic(CUP, debate()), Topic(POT, debate())], comments)
    assert [discussion.summary.comments for discussion in discussions if discussion.summary] == [1, 1]
    assert state.summary.comments == 2


def test_points_made_by_few_comments_are_told_of_the_debate_and_not_of_an_essay(tmp_path: Path) -> None:
    discussions, (state,) = _discuss(tmp_path, [Topic(CUP, debate())], _labelled(3))
    assert [one.summary.key_points.points for one in discussions if one.summary] == [()]
    assert state.summary.key_points.points


def test_what_the_comments_of_a_debate_say_is_read_again_only_when_others_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debate.summaries.reading.MOST", 10)
    cache, read = Cache(tmp_path), []
    monkeypatch.setattr("debate.summaries.summary.sentences_in", lambda them: read.append(them) or sentences_in(them))

    def said(count: int) -> DebateSummary:
        comments = {"cup": tuple(comment(f"c{number}", stance="tea", text=SAID) for number in range(count))}
        _, (state,) = discuss([Topic(CUP, debate())], comments, debates_path=tmp_path, cache=cache)
        return state.summary

    sizes = [said(count).comments for count in range(11, 30)]
    assert sizes == list(range(11, 30))
    assert 1 < len(read) < len(sizes)
    assert len({tuple(one.key for one in them) for them in read}) == len(read)
