from dataclasses import replace

from debate.contents import Thread
from debate.summaries import summarize
from debate.summaries.picking import picks
from debate.summaries.similarity import sentences_in
from debate.summaries.tagged import tagged_comments

from tests.summaries.factories import make_debate, make_entry, make_essay, make_tag, make_thread

DEBATE = make_debate()
SCALD = "Boiling tea scalds the milk when the milk comes last."
TASTE = "Nobody can taste any difference once the spoon has been round."
POT = "A warm pot keeps the tea hot for half an hour."


def chosen(entries, most=3):
    sentences = sentences_in(tagged_comments([Thread(make_essay(), tuple(entries))]))
    return [sentences.texts[place] for place in picks(sentences, sentences.labelled("first"), most)]


def entry(number, text, confidence=0.8, author=None, evidence=()):
    tag = make_tag("first", confidence, evidence)
    return make_entry(number, author or f"P{number}", "first", text, tag=tag)


def test_among_few_comments_the_surest_tag_is_picked():
    assert chosen([entry(1, SCALD, 0.5), entry(2, TASTE, 0.9), entry(3, POT, 0.7)]) == [TASTE, POT, SCALD]


def test_among_few_comments_what_several_people_say_comes_before_what_one_says_surely():
    entries = [entry(1, TASTE, 0.99), entry(2, SCALD, 0.5), entry(3, f"Indeed. {SCALD}", 0.5)]
    assert chosen(entries) == [SCALD, TASTE]


def test_a_person_who_repeats_a_sentence_is_no_crowd():
    entries = [entry(1, TASTE, 0.9), entry(2, SCALD, 0.5, "Ann"), entry(3, SCALD, 0.5, "Ann")]
    assert chosen(entries) == [TASTE, SCALD]


def test_every_person_is_picked_once():
    assert chosen([entry(1, f"{SCALD} {POT}", 0.9, "Ann"), entry(2, TASTE, 0.5, "Bob")]) in (
        [SCALD, TASTE],
        [POT, TASTE],
    )


def test_among_many_comments_shared_words_decide():
    crowd = [entry(n, "The milk is scalded when boiling tea comes first.", 0.5) for n in range(20)]
    rest = [entry(20 + n, f"Parrots dislike the {'very ' * n}loud kettles at dawn.", 0.5) for n in range(12)]
    lonely = entry(40, "Nobody cares about anything in this whole wide world.", 0.99)
    assert all("Nobody" not in text for text in chosen([*crowd, *rest, lonely], most=2))


def test_among_many_comments_sureness_breaks_ties():
    crowd = [entry(n, SCALD, 0.9 if n == 17 else 0.5) for n in range(35)]
    sentences = sentences_in(tagged_comments([Thread(make_essay(), tuple(crowd))]))
    (place,) = picks(sentences, sentences.labelled("first"), 1)
    assert sentences.owner(place).comment.id == "c17"


def test_evidence_comes_before_sentences_of_surer_tags_without_any():
    entries = [entry(1, TASTE, 0.99), entry(2, f"{SCALD} {POT}", 0.5, evidence=[POT])]
    assert chosen(entries, most=1) == [POT]


def test_one_machine_tag_with_evidence_does_not_silence_those_a_person_labelled():
    by_people = make_tag("first", None, by="ann")
    labelled = [make_entry(n, f"P{n}", "first", f"Well, {SCALD}", tag=by_people) for n in range(10)]
    picked = chosen([*labelled, entry(10, f"{TASTE} {POT}", 0.9, evidence=[POT])])
    assert picked[0] == f"Well, {SCALD}"


def test_where_a_person_agrees_with_the_machine_its_evidence_is_picked():
    by_person, machine = make_tag("first", None, by="ann"), make_tag("first", 0.9, [SCALD])
    agreed = replace(make_entry(1, "P1", "first", f"{SCALD} {POT}", tag=by_person), machine=machine)
    refused = replace(agreed, machine=make_tag("last", 0.9, [SCALD]))
    assert chosen([agreed], most=1) == [SCALD]
    assert chosen([refused], most=1) == [POT]


def test_a_comment_without_evidence_is_heard_by_its_longest_sentence():
    short, long = "The milk goes first for me.", "The milk goes first for whoever was taught to pour by an aunt."
    labelled = make_entry(1, "P1", "first", f"{short} {long}", tag=make_tag("first", None, by="ann"))
    assert chosen([labelled, entry(2, TASTE, 0.5, evidence=[TASTE])]) == [TASTE, long]


def test_without_telling_evidence_telling_sentences_are_picked():
    assert chosen([entry(1, f"Milk! {SCALD}", evidence=["Milk!"])], most=1) == [SCALD]


def test_no_more_is_picked_than_asked_for():
    entries = [entry(n, text) for n, text in enumerate((SCALD, TASTE, POT))]
    assert [len(chosen(entries, most)) for most in (0, 1, 2, 3, 9)] == [0, 1, 2, 3, 3]


def test_where_no_sentence_can_stand_alone_one_is_picked_all_the_same():
    assert chosen([entry(1, "Milk!")]) == ["Milk!"]


def test_nothing_is_picked_of_nothing():
    assert chosen([make_entry(1, "Ann", "first", "> Only quoted.")]) == []


def test_a_point_of_one_person_is_said_to_be_that():
    thread = make_thread(("Ann", "first", SCALD), ("Bob", "last", TASTE))
    key_points = summarize(DEBATE, [thread]).key_points
    assert [point.commenters for point in key_points.points] == [1, 1]
    assert key_points.words == (
        "These two points cover every comment that takes a side. "
        "They are examples: no two people say the same in like words."
    )
