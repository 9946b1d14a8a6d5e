from dataclasses import replace

import numpy as np
import pytest
from debate.contents import Thread
from debate.errors import LabelError
from debate.summaries import evaluate_key_points, summarize
from debate.summaries.evaluation import Group, average_precisions, coverage
from debate.summaries.matching import direct_likeness, likeness
from debate.summaries.picking import picks
from debate.summaries.similarity import sentences_in
from debate.summaries.tagged import tagged_comments
from debate.summaries.telling import is_telling

from tests.summaries.factories import counted_thread, make_debate, make_entry, make_essay, make_tag, make_thread

DEBATE = make_debate()
SCALD = "Boiling tea scalds the milk when the milk comes last."
TASTE = "Nobody can taste any difference once the spoon has been round."


def key_points(*rows):
    return summarize(DEBATE, [make_thread(*rows)]).key_points


def sentences_of_rows(*rows):
    return sentences_in(tagged_comments([make_thread(*rows)]))


@pytest.mark.parametrize(
    ("sentence", "telling"),
    [
        (SCALD, True),
        ("Does boiling tea scald the milk in your cup?", False),
        ("“Does boiling tea scald the milk in your cup?”", False),
        ("Thanks for this lovely piece about milk and tea.", False),
        ("@Ann I could not agree more with you on tea.", False),
        ("Milk goes first.", False),
        ("Milk " * 26, False),
    ],
)
def test_only_sentences_that_can_stand_alone_are_candidates(sentence, telling):
    assert is_telling(sentence, len(sentence.replace("@", "").split())) is telling


def test_words_quoted_from_others_are_never_picked():
    points = key_points(("Ann", "first", f"> {TASTE}\n\n{SCALD}")).points
    assert [point.quote.text for point in points] == [SCALD]


def test_every_stance_present_gets_a_point_even_from_a_comment_that_says_little():
    points = key_points(("Ann", "first", SCALD), ("Bob", "last", "No."), ("Cy", "none", TASTE)).points
    assert [(point.quote.stance, point.quote.text) for point in points] == [("first", SCALD), ("last", "No.")]


def test_a_point_that_several_people_make_counts_them():
    rows = [
        (f"Person {n}", "first", "I know it: boiling tea scalds the milk, and scalded milk is foul.") for n in range(3)
    ]
    others = [("Di", "first", TASTE), ("Ed", "first", "Parrots dislike the sound of brass kettles at dawn.")]
    point = key_points(*rows, *others).points[0]
    assert "scalds" in point.quote.text
    assert (point.comments, point.commenters, len(point.matches)) == (3, 3, 2)


def test_a_person_who_repeats_a_point_is_one_commenter():
    rows = [("Ann", "first", "I know it: boiling tea scalds the milk, and scalded milk is foul.")] * 3
    point = key_points(*rows).points[0]
    assert (point.comments, point.commenters) == (3, 1)


def test_no_person_gives_two_points():
    rows = [("Ann", "first", f"{SCALD} {TASTE}")] * 4 + [
        ("Bob", "first", "A warm pot keeps the whole table in good temper.")
    ] * 4
    authors = [point.quote.author for point in key_points(*rows).points]
    assert len(authors) == len(set(authors))


def test_what_the_points_leave_out_is_counted():
    result = key_points(
        ("Ann", "first", SCALD), ("Bob", "first", "Parrots dislike the sound of brass kettles at dawn.")
    )
    assert (result.total, result.covered, result.other) == (2, 1, 1)
    assert result.words == (
        "This point covers 1 of the 2 comments that take a side. One comment says something else. "
        "It is an example: no two people say the same in like words."
    )


def test_evidence_of_the_tag_is_picked_before_other_sentences():
    entry = make_entry(1, "Ann", "first", f"{TASTE} {SCALD}", tag=make_tag("first", 0.9, [SCALD]))
    (point,) = summarize(DEBATE, [Thread(make_essay(), (entry,))]).key_points.points
    assert point.quote.text == SCALD


def test_a_debate_of_aggregates_has_no_points():
    summary = summarize(replace(DEBATE, aggregates_only=True), [make_thread(("Ann", "first", SCALD))])
    assert (summary.key_points.points, summary.common_ground, summary.contested, summary.timeline.steps) == (
        (),
        (),
        (),
        (),
    )


def test_picks_are_apart_and_shared_by_many():
    crowd = [(f"A{n}", "first", "The milk is scalded when boiling tea comes first.") for n in range(5)]
    second = [(f"B{n}", "first", "A cold jug cracks the thinnest of china cups.") for n in range(4)]
    lonely = [("C", "first", "Parrots dislike the sound of brass kettles at dawn.")]
    sentences = sentences_of_rows(*crowd, *second, *lonely)
    chosen = [sentences.texts[place] for place in picks(sentences, sentences.labelled("first"), 2)]
    assert {text.split()[1] for text in chosen} == {"milk", "cold"}


def test_a_sentence_is_nearest_to_its_paraphrase():
    rows = [
        ("Ann", "first", SCALD),
        ("Bob", "first", "The milk gets scalded by tea that is boiling."),
        ("Cy", "first", TASTE),
    ]
    sentences = sentences_of_rows(*rows)
    scores = direct_likeness(sentences, np.arange(3), np.array([0, 2]))
    assert scores[0, 0] == pytest.approx(1)
    assert scores[1, 0] > 2 * scores[1, 1]


def test_scores_flow_to_comments_that_share_no_word_with_the_point():
    bridge = "Boiling tea scalds the milk, so the curdled layer floats."
    rows = [
        ("Ann", "first", SCALD),
        ("Bob", "first", bridge),
        ("Cy", "first", "A curdled layer floats on top."),
        ("Di", "first", TASTE),
    ]
    sentences = sentences_of_rows(*rows)
    scores = likeness(sentences, np.arange(4), np.array([0, 3]))
    assert scores[2, 0] > scores[2, 1]


ARGUMENTS = (
    "Scalded milk is a foul thing in a cup.",
    "We all hate scalded milk in our cup.",
    "Brass kettles ring out for half the street.",
    "A street full of ringing brass kettles is bliss.",
)


def make_group(labels, points=("Milk is scalded.", "Kettles are brass.")):
    rows = [(f"Person {n}", "first", text) for n, text in enumerate((*ARGUMENTS, *points))]
    return Group(sentences_of_rows(*rows), np.arange(4), np.arange(4, 4 + len(points)), np.array(labels))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([[1, 0], [1, 0], [0, 1], [0, 1]], (1, 1)),
        ([[1, 0], [1, 0], [0, 0], [0, 0]], (0.5, 1)),
        ([[0, 0], [0, 0], [0, 0], [0, 0]], (0, 0)),
    ],
)
def test_coverage_is_the_share_of_gold_points_that_a_pick_matches(labels, expected):
    assert coverage(make_group(labels)) == expected


@pytest.mark.parametrize(("label", "expected"), [(1, (1, 1)), (0, (0, 0)), (-1, (0, 1))])
def test_an_unjudged_pair_is_a_miss_when_strict_and_a_match_when_relaxed(label, expected):
    assert average_precisions(make_group([[label, 0], [label, 0], [0, label], [0, label]])) == expected


ARGKP = {
    "arguments": "arg_id,argument,topic,stance\na1,milk saves the cup today,tea,1\na2,the cup is safe in milk,tea,1\n",
    "key_points": "key_point_id,key_point,topic,stance\nk1,Milk saves the cup,tea,1\n",
    "labels": "arg_id,key_point_id,label\na1,k1,1\na2,k1,1\n",
}


def test_the_evaluation_reads_the_three_files_of_a_split(tmp_path):
    for name, text in ARGKP.items():
        (tmp_path / f"{name}_dev.csv").write_text(text, encoding="utf-8")
    assert evaluate_key_points(tmp_path, "dev") == {
        "coverage_at_8": 1.0, "weighted_coverage_at_8": 1.0, "map_strict": 1.0, "map_relaxed": 1.0,
    }  # fmt: skip


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LabelError, match=r"arguments_test\.csv.*Remedy: name the folder"):
        evaluate_key_points(tmp_path, "test")


@pytest.mark.shared
def test_argkp_dev_is_reached(shared):
    figures = evaluate_key_points(shared / "data" / "argkp" / "kpm_data", "dev")
    assert figures["coverage_at_8"] >= 0.72
    assert figures["map_strict"] >= 0.50
    assert figures["map_relaxed"] >= 0.68


def test_thousands_of_comments_are_summarised_without_quadratic_memory():
    assert summarize(DEBATE, [counted_thread(first=1200, last=1200)]).tagged == 2400
