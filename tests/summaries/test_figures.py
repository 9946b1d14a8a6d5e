import copy
import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest
from debate.errors import QuoteError
from debate.summaries import check_export, check_quotes, figures_of, summarize

from tests.summaries.factories import counted_thread, make_debate, make_tag, make_thread

DEBATE = make_debate()
SCHEMA = json.loads((files("debate.summaries") / "debate.schema.json").read_text(encoding="utf-8"))
POT = "A warm pot keeps the tea hot for half an hour."
THREAD = make_thread(
    ("Ann", "first", POT),
    ("Bob", "last", "A warm pot never keeps the tea hot for half an hour.", "c1"),
    ("Cy", "either", f"Well. {POT}"),
    (None, None, "Hm?"),
)


def document(debate=DEBATE, threads=(THREAD,)):
    """What the exporter writes: the keys of issue 2 around the figures."""
    return {
        "debate": debate.key,
        "question": debate.question,
        "url": "https://example.org/debate/tea/",
        "licence": None,
        "updated": None,
        "stances": [{"key": stance.key, "name": stance.name, "meaning": stance.meaning} for stance in debate.stances],
        "opposites": list(debate.opposites),
        "tagger": {"name": "words", "version": "1", "figures": {"macro_f1": 0.5}, "confusion": None},
        "summary": figures_of(summarize(debate, threads)),
        "essays": [essay_of(debate, thread) for thread in threads],
    }


def essay_of(debate, thread):
    essay = thread.essay
    return {
        "slug": essay.slug,
        "title": essay.title,
        "url": essay.url,
        "date": essay.date.isoformat(),
        "author": essay.author,
        "summary": figures_of(summarize(debate, [thread])),
        "comments": [comment_of(entry) for entry in thread],
    }


def comment_of(entry):
    comment, tag = entry.comment, entry.tag
    return {
        "id": comment.id,
        "essay": comment.essay,
        "url": f"https://example.org/{comment.essay}/#comment-{comment.id}",
        "author": comment.author,
        "date": comment.date.isoformat(),
        "in_reply_to": entry.parent,
        "text": comment.text,
        "stance": tag.stance,
        "confidence": tag.confidence,
        "stance_by": tag.by,
        "machine_label": None,
        "evidence": list(tag.evidence),
    }


def on_disk(data):
    return json.loads(json.dumps(data))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "threads",
    [[], [THREAD], [counted_thread(first=20, last=20, none=3, unsure=2)], [THREAD, counted_thread("cup", first=31)]],
)
@pytest.mark.parametrize("aggregates_only", [False, True])
def test_a_document_keeps_to_its_schema(threads, aggregates_only):
    data = document(replace(DEBATE, aggregates_only=aggregates_only), threads)
    jsonschema.Draft202012Validator(SCHEMA).validate(on_disk(data))


@pytest.mark.parametrize("key", ["shares", "quotes", "key_points", "exchanges", "timeline", "words", "headline"])
def test_the_schema_misses_a_figure_that_is_left_out(key):
    data = document()
    del data["summary"][key]
    with pytest.raises(jsonschema.ValidationError, match=key):
        jsonschema.Draft202012Validator(SCHEMA).validate(on_disk(data))


def test_every_figure_is_documented():
    text = (files("debate.summaries").joinpath("../../../docs/debate-data.md")).read_text(encoding="utf-8")
    assert not [key for key in figures_of(summarize(DEBATE, [THREAD])) if f"`{key}`" not in text]


def test_the_same_debate_is_written_to_the_same_bytes():
    assert json.dumps(document()) == json.dumps(document())


def test_true_quotes_pass():
    data = on_disk(document())
    check_export(data, data["essays"])
    texts = {(entry.comment.essay, entry.comment.id): entry.comment.text for entry in THREAD}
    check_quotes(summarize(DEBATE, [THREAD]), texts)


SPOTS = [
    ("summary", "quotes", 0),
    ("summary", "key_points", "points", 0, "quote"),
    ("summary", "common_ground", 0, "quotes", 1),
    ("summary", "contested", 0, "reply"),
    ("essays", 0, "summary", "quotes", 0),
]


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize(
    "change", [{"text": "A warm pot keeps the tea  hot"}, {"text": " "}, {"comment": "c99"}, {"essay": "cup"}]
)
def test_a_quote_that_is_not_exact_stops_the_build_wherever_it_stands(spot, change):
    data = copy.deepcopy(on_disk(document()))
    place = data
    for step in spot:
        place = place[step]
    place |= change
    with pytest.raises(QuoteError, match=r"#c\d+: .* is (no part of|from a comment)"):
        check_export(data, data["essays"])


def test_evidence_that_is_not_exact_stops_the_build():
    data = on_disk(document())
    data["essays"][0]["comments"][0]["evidence"] = ["A warm pot", "keeps tea hot"]
    with pytest.raises(QuoteError, match="keeps tea hot"):
        check_export(data, data["essays"])


def test_a_tagger_that_invents_evidence_is_found_out():
    entry = replace(THREAD.entries[0], tag=make_tag("first", 0.9, ["Words nobody wrote."]))
    summary = summarize(DEBATE, [replace(THREAD, entries=(entry,))])
    with pytest.raises(QuoteError, match="Words nobody wrote"):
        check_quotes(summary, {("pot", "c1"): POT})


def test_essays_without_a_debate_have_no_summary_to_check():
    data = on_disk(document())
    data["essays"][0]["summary"] = None
    check_export(data, data["essays"])


def test_nothing_of_a_single_comment_is_in_a_document_of_aggregates():
    figures = figures_of(summarize(replace(DEBATE, aggregates_only=True), [THREAD]))
    assert "Ann" not in json.dumps(figures)
    assert POT not in json.dumps(figures)
    assert "c1" not in json.dumps(figures)
