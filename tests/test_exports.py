from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import factories
import pytest
import sites
from debate.cache import Cache
from debate.contents import Comment, Essay, StanceTag
from debate.discussions import DebateState, Topic, discuss
from debate.errors import QuoteError
from debate.exports import DebateData
from debate.summaries.intervals import intervals_of
from debate.summaries.tagged import person_of
from debate.summaries.values import TaggedComment
from factories import TEA, Built, build, debate
from pages import page, text_of

COMMENT_KEYS = {
    "id",
    "essay",
    "url",
    "author",
    "date",
    "in_reply_to",
    "text",
    "stance",
    "confidence",
    "stance_by",
    "machine_label",
    "evidence",
}


def _data(built: Built, key: str) -> Any:
    return json.loads(built.read(f"debate/{key}/debate.json"))


def _comments(built: Built, key: str) -> dict[tuple[str, str], Any]:
    return {(c["essay"], c["id"]): c for essay in _data(built, key)["essays"] for c in essay["comments"]}


def _rows(built: Built, key: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(built.read(f"debate/{key}/comments.csv").removeprefix("\ufeff"))))


def _quotes(data: Any) -> list[Any]:
    return data["summary"]["quotes"] + [quote for essay in data["essays"] for quote in essay["summary"]["quotes"]]


def test_the_export_states_debate_question_stances_and_tagger(shipped: Built) -> None:
    data = _data(shipped, "networking")
    assert data["debate"] == "networking"
    assert data["question"] == "Is online networking real networking?"
    assert [stance["key"] for stance in data["stances"]] == ["online", "spectrum", "face-to-face"]
    assert all(set(stance) >= {"key", "name", "meaning"} for stance in data["stances"])
    assert data["tagger"]["name"]
    assert data["tagger"]["version"]
    assert set(data["tagger"]) == {"name", "version", "figures", "confusion"}


def test_every_comment_has_just_the_keys_that_are_documented(shipped: Built) -> None:
    assert {frozenset(comment) for comment in _comments(shipped, "networking").values()} == {frozenset(COMMENT_KEYS)}


def test_every_quote_has_text_comment_essay_and_stance(shipped: Built) -> None:
    quotes = _quotes(_data(shipped, "networking"))
    assert quotes
    assert all(set(quote) >= {"text", "comment", "essay", "stance"} for quote in quotes)


@pytest.mark.parametrize(("site", "key"), [("shipped", "networking"), ("tea", "tea"), ("hostile", "tea")])
def test_evidence_and_quotes_are_exact_parts_of_their_comment_and_never_empty(
    site: str, key: str, request: pytest.FixtureRequest
) -> None:
    built = request.getfixturevalue(site)
    comments = _comments(built, key)
    for comment in comments.values():
        assert all(sentence and sentence in comment["text"] for sentence in comment["evidence"])
    for quote in _quotes(_data(built, key)):
        assert quote["text"]
        assert quote["text"] in comments[quote["essay"], quote["comment"]]["text"]


def test_machine_tags_carry_confidence_and_evidence_and_people_need_neither(shipped: Built) -> None:
    comments = _comments(shipped, "networking").values()
    for comment in comments:
        by_machine = comment["stance_by"] == "machine"
        assert (comment["confidence"] is not None) == by_machine
        assert comment["stance"] in ("online", "face-to-face", "spectrum", "none", None)
    assert sum(bool(comment["evidence"]) for comment in comments) > 20


def test_the_ranges_can_be_worked_out_from_the_file_alone(shipped: Built) -> None:
    data = _data(shipped, "networking")
    comments = [
        TaggedComment(
            written := Comment(comment["id"], comment["essay"], None, comment["author"]),
            StanceTag(comment["stance"], None, {comment["machine_label"]: 1.0}, by=comment["stance_by"]),
            person=person_of(written),
            machine=StanceTag(comment["machine_label"]),
        )
        for comment in _comments(shipped, "networking").values()
        if comment["stance_by"]
    ]
    labels = [*(stance["key"] for stance in data["stances"]), "none"]
    worked_out = intervals_of(labels, comments, data["tagger"]["confusion"])
    for share in data["summary"]["shares"]:
        assert asdict(worked_out[share["label"]]) == pytest.approx(share["interval"], abs=1e-4)


def test_an_export_tells_a_person_from_a_refusal_and_from_no_tag(tea: Built) -> None:
    said = {key: (c["stance"], c["stance_by"]) for key, c in _comments(tea, "tea").items()}
    assert said == {
        ("cup", "c1"): ("tea", "editor"),
        ("cup", "c2"): ("milk", "author"),
        ("cup", "c4"): (None, None),
        ("cup", "c5"): (None, None),
        ("pot", "c1"): ("none", "editor"),
    }


def test_the_text_is_plain_the_address_absolute_and_the_parent_an_id(tea: Built) -> None:
    reply = _comments(tea, "tea")["cup", "c2"]
    assert reply["url"] == "https://example.org/cup/#comment-c2"
    assert reply["in_reply_to"] == "c1"
    assert _comments(tea, "tea")["cup", "c1"]["text"] == "Tea goes in first, always."


def test_counts_agree_with_the_comments_they_count(shipped: Built) -> None:
    data = _data(shipped, "networking")
    comments = _comments(shipped, "networking").values()
    tagged = [comment for comment in comments if comment["stance_by"]]
    assert data["summary"]["comments"] == len(comments)
    for share in data["summary"]["shares"]:
        assert share["comments"] == sum(comment["stance"] == share["label"] for comment in tagged), share


def test_the_table_has_a_row_a_comment_and_is_utf8_with_a_byte_order_mark(tea: Built) -> None:
    rows = _rows(tea, "tea")
    assert [(row["essay"], row["id"]) for row in rows] == [("pot", "c1"), *[("cup", f"c{n}") for n in (1, 2, 4, 5)]]
    assert (tea.output / "debate/tea/comments.csv").read_bytes().startswith(b"\xef\xbb\xbfessay,")


def test_no_cell_of_the_table_is_a_formula(hostile: Built) -> None:
    rows = _rows(hostile, "tea")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {row["author"] for row in rows if row["essay"] == "pot"} == {"'@SUM(1)", "'+cmd|calc", "Zoë – 漢字 🫖"}


def test_a_debate_of_aggregates_alone_exports_no_word_name_or_tag_of_a_comment(tmp_path: Path) -> None:
    built = build(tmp_path, dict(sites.TEA_SITE) | {"debates/tea.toml": f"aggregates_only = true\n{TEA}"})
    text = built.read("debate/tea/debate.json")
    data = json.loads(text)
    assert not _quotes(data)
    assert all(essay["comments"] == [] for essay in data["essays"])
    assert data["summary"]["shares"] == []  # so few comments that counts would give single ones away
    assert not [word for word in ("Bob", "Cleo", "Tea goes in", "comment-c") if word in text]
    assert not [path for path in built.files() if path.endswith(".csv") or path.startswith("feeds/debate/")]
    assert not [path for path in built.files() if path.startswith("debate/tea/") and path.count("/") > 2]
    essay = page(built, "cup/index.html")
    assert "Tea goes in" in text_of(essay.get_element_by_id("comments"))
    assert not essay.xpath('//details[contains(@class, "debate-tag")] | //blockquote')
    assert "Tea first" not in built.read("feeds/comments.atom.xml")


def _state(tmp_path: Path, **comments: str) -> DebateState:
    essays = {slug: Essay(slug, slug.title(), f"{slug}/") for slug in comments}
    texts = {slug: (factories.comment("c1", essay=slug, stance="tea", text=text),) for slug, text in comments.items()}
    topics = [Topic(essay, debate()) for essay in essays.values()]
    return discuss(topics, texts, debates_path=tmp_path, cache=Cache(), digests=comments)[1][0]


def _written(state: DebateState, cache: Cache, path: Path) -> DebateData:
    data = DebateData(state, cache, site_url="https://example.org", url="debate/tea/", licence=None)
    path.write_text("".join(data.json()))
    return data


def test_an_essay_whose_data_was_kept_is_written_as_one_without(tmp_path: Path) -> None:
    cache, path = Cache(tmp_path), tmp_path / "debate.json"
    _written(_state(tmp_path, cup="Tea goes in first.", pot="Tea is late."), cache, path).check(path)
    changed = _state(tmp_path, cup="Tea goes in first.", pot="Tea is never late.")
    kept = _written(changed, cache, path)
    kept.check(path)
    fresh = DebateData(changed, Cache(), site_url="https://example.org", url="debate/tea/", licence=None)
    assert path.read_text() == "".join(fresh.json())
    assert list(kept.csv()) == list(kept.csv()) == list(fresh.csv())


def test_an_essay_that_stays_as_it_was_is_not_made_into_data_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, path = Cache(tmp_path), tmp_path / "debate.json"
    data = _written(_state(tmp_path, cup="Tea goes in first.", pot="Tea is late."), cache, path)
    data.check(path)
    rows = list(data.csv())
    monkeypatch.setattr("debate.exports._comment", lambda *_: pytest.fail("an essay was made into data again"))
    again = _written(_state(tmp_path, cup="Tea goes in first.", pot="Tea is late."), cache, path)
    assert list(again.csv()) == rows


@pytest.mark.parametrize("builds", [1, 2], ids=["made", "kept"])
def test_a_quote_that_is_not_exact_on_the_disk_stops_the_build_each_time(tmp_path: Path, builds: int) -> None:
    cache, path, state = (
        Cache(tmp_path),
        tmp_path / "debate.json",
        _state(tmp_path, cup="Tea goes in first.", pot="Ah!"),
    )
    for _ in range(builds - 1):
        _written(state, cache, path).check(path)
    for _ in range(2):
        data = _written(state, cache, path)
        path.write_text(path.read_text().replace('"text": "Tea goes in first."', '"text": "Milk goes in first."', 1))
        with pytest.raises(QuoteError):
            data.check(path)
