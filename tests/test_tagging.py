from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from debate.cache import OLDEST, Cache
from debate.contents import StanceTag, Thread
from debate.tagging import CachedTagger, corrections, tag_threads
from factories import comment, thread


class LengthTagger:
    """A tagger simple enough to foresee: long texts are "milk", short ones "tea"; it counts what it is asked."""

    name = "length"
    labels = ("milk", "tea", "none")
    figures: dict[str, object] = {}  # noqa: RUF012 - a protocol's member, never changed

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.asked: list[str] = []

    def tag(self, texts: Sequence[str]) -> list[StanceTag]:
        self.asked += texts
        return [_tag("milk" if len(text) > 5 else "tea", text) for text in texts]


def _tag(stance: str, text: str) -> StanceTag:
    return StanceTag(stance, 0.75, {"milk": 0.75, "tea": 0.25}, (text,))


def _thread() -> Thread:
    return thread(
        [
            comment("long", text="long text", day=1),
            comment("short", text="tiny", day=2),
            comment("person", text="long again", day=3, stance="none", stance_by="editor"),
            comment("refused", text="mine", day=4, stance="off"),
            comment("gone", day=5, status="deleted"),
            comment("reply", "gone", text="why", day=6),
        ]
    )


def test_a_persons_decision_wins_and_the_machines_is_kept_beside_it() -> None:
    (tagged,) = tag_threads([_thread()], LengthTagger())
    entry = next(entry for entry in tagged if entry.comment.id == "person")
    assert (entry.tag.stance, entry.tag.by, entry.tag.confidence) == ("none", "editor", None)
    assert entry.machine.stance == "milk"


def test_comments_that_refuse_a_tag_or_are_gone_have_none() -> None:
    tagger = LengthTagger()
    (tagged,) = tag_threads([_thread()], tagger)
    tags = {entry.comment.id: entry.tag and entry.tag.stance for entry in tagged}
    assert tags == {"long": "milk", "short": "tea", "person": "none", "refused": None, "gone": None, "reply": "tea"}
    assert "mine" not in tagger.asked


def test_without_a_tagger_only_peoples_tags_are_shown() -> None:
    (tagged,) = tag_threads([_thread()], None)
    assert [entry.comment.id for entry in tagged if entry.tag] == ["person"]


def test_the_same_id_under_two_essays_is_two_comments() -> None:
    other = thread([comment("long", text="tiny", essay="pot")], slug="pot")
    first, second = tag_threads([_thread(), other], LengthTagger())
    assert (first.entries[0].tag.stance, second.entries[0].tag.stance) == ("milk", "tea")


def test_a_text_seen_in_an_earlier_build_is_not_tagged_again(tmp_path: Path) -> None:
    first, second = LengthTagger(), LengthTagger()
    with closing(Cache(tmp_path)) as cache:
        before = tag_threads([_thread()], CachedTagger(first, cache))
    with closing(Cache(tmp_path)) as cache:
        assert tag_threads([_thread()], CachedTagger(second, cache)) == before
    assert second.asked == []


def test_a_text_given_twice_is_tagged_once() -> None:
    tagger = LengthTagger()
    assert len(CachedTagger(tagger, Cache()).tag(["tiny", "tiny"])) == 2
    assert tagger.asked == ["tiny"]


def test_a_new_version_of_the_model_tags_everything_again(tmp_path: Path) -> None:
    with closing(Cache(tmp_path)) as cache:
        CachedTagger(LengthTagger("1"), cache).tag(["tiny"])
    newer = LengthTagger("2")
    with closing(Cache(tmp_path)) as cache:
        CachedTagger(newer, cache).tag(["tiny"])
    assert newer.asked == ["tiny"]


def test_tags_in_use_stay_kept_however_often_others_are_added(tmp_path: Path) -> None:
    for number in range(OLDEST + 3):
        with closing(Cache(tmp_path)) as cache:
            tagger = LengthTagger()
            CachedTagger(tagger, cache).touch(["tiny"])
            CachedTagger(tagger, cache).tag([f"text {number}", *(["tiny"] if number in (0, OLDEST + 2) else [])])
    assert tagger.asked == [f"text {OLDEST + 2}"]


def test_corrections_are_the_comments_where_a_person_contradicts_what_the_machine_showed() -> None:
    discussion = thread(
        [
            comment("agrees", text="long text", stance="milk", stance_by="editor"),
            comment("differs", text="long text", day=1, stance="tea", stance_by="editor"),
            comment("machine", text="long text", day=2),
        ]
    )
    pairs = corrections(tag_threads([discussion], LengthTagger()))
    assert [entry.comment.id for _, entry in pairs] == ["differs"]
