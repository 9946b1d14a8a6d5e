import pytest
from debate.summaries import summarize
from debate.summaries.shared_words import share_a_subject
from debate.summaries.similarity import sentences_in
from debate.summaries.tagged import tagged_comments

from tests.summaries.factories import make_debate, make_thread

DEBATE = make_debate()
OTHERS = tuple(f"Parrots number {word} dislike kettles." for word in ("red", "blue", "green", "grey") * 12)


def shared(one, other, others=OTHERS):
    rows = ((f"P{number}", "first", text) for number, text in enumerate((one, other, *others)))
    return share_a_subject(sentences_in(tagged_comments([make_thread(*rows)])), 0, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The references came late.", "I telephone the references.", False),
        ("The references of the past.", "For the past you ask references.", True),
        ("Have lunch with me first.", "If we need lunch first, we starve.", True),
        ("Cards in a drawer are cards.", "A card in your drawer is a card.", True),
        ("The pot's lid is warm.", "Warm pots are best.", True),
        ("We were there with them.", "They were there with us.", False),
        ("First come both of us.", "Both of us were first.", False),
        ("Milk.", "Tea.", False),
    ],
)
def test_two_sentences_share_a_subject_by_two_words_one_of_content(one, other, same):
    assert shared(one, other) is same


def test_a_function_word_that_everybody_uses_is_not_counted():
    common = tuple(f"First {text}" for text in OTHERS)
    assert not shared("Have lunch with me first.", "If we need lunch first, we starve.", common)


def test_one_word_in_common_is_not_contested():
    thread = make_thread(
        ("Ann", "first", "References came from people who saw me pour the tea at six."),
        ("Bob", "last", "I am the one who telephones references.", "c1"),
    )
    assert summarize(DEBATE, [thread]).contested == ()


def test_one_word_in_common_does_not_make_a_point():
    long = "It does take long to pour the tea for everybody one by one."
    rows = [("Ann", "first", long), ("Bob", "first", "Long one."), ("Cy", "first", "Nobody cares for kettles here.")]
    assert all(point.commenters == 1 for point in summarize(DEBATE, [make_thread(*rows)]).key_points.points)


def test_at_most_four_contested_answers_are_shown_the_likest_first():
    rows = []
    for number, word in enumerate(("copper", "silver", "china", "glass", "tin", "iron")):
        text = f"A warm {word} pot keeps the tea hot for {'half ' * number}an hour."
        rows += [(f"A{number}", "first", text), (f"B{number}", "last", f"No {text.lower()}", f"c{len(rows) + 1}")]
    contested = summarize(DEBATE, [make_thread(*rows)]).contested
    assert len(contested) == 4
    assert [point.similarity for point in contested] == sorted((p.similarity for p in contested), reverse=True)


def test_an_answer_that_repeats_the_words_is_contested_not_common():
    text = "A warm pot keeps the tea hot for half an hour."
    answered = make_thread(("Ann", "first", text), ("Bob", "last", f"{text} Ha!", "c1"))
    apart = make_thread(("Ann", "first", text), ("Bob", "last", f"{text} Ha!"))
    assert summarize(DEBATE, [answered]).common_ground == ()
    assert len(summarize(DEBATE, [apart]).common_ground) == 1


def test_a_reply_in_another_essay_with_the_same_ids_is_no_answer():
    text = "A warm pot keeps the tea hot for half an hour."
    elsewhere = make_thread(("Eve", "none", "Hm."), ("Bob", "last", f"{text} Ha!", "c1"), slug="cup")
    summary = summarize(DEBATE, [make_thread(("Ann", "first", text)), elsewhere])
    assert (len(summary.common_ground), summary.contested) == (1, ())
