import numpy as np
import pytest
from debate.summaries import Quote
from debate.summaries.similarity import sentences_in, words_of
from debate.summaries.tagged import person_of, tagged_comments

from tests.summaries.factories import make_entry, make_thread

TEXTS = (
    "Milk in first. Tea comes after!",
    "> Tea in first.\n\nMilk in first, I say.",
    "> Only what others said.",
    "Tea. Tea!",
)


def sentences(*texts, label="first"):
    return sentences_in(tagged_comments([make_thread(*((f"P{n}", label, text) for n, text in enumerate(texts)))]))


def test_sentences_know_their_comment_and_leave_out_what_is_quoted():
    found = sentences(*TEXTS)
    assert found.texts == ("Milk in first.", "Tea comes after!", "Milk in first, I say.", "Tea.", "Tea!")
    assert found.owners.tolist() == [0, 0, 1, 3, 3]
    assert found.owner(2).comment.id == "c2"


def test_every_sentence_is_an_exact_part_of_its_comment():
    found = sentences(*TEXTS)
    assert all(text in found.owner(place).comment.text for place, text in enumerate(found.texts))


def test_vectors_have_length_one_so_that_products_are_cosines():
    vectors = sentences(*TEXTS).vectors
    assert np.diag(vectors.products(vectors)) == pytest.approx([1] * 5)


def test_the_same_words_are_alike_whatever_their_case_order_and_marks():
    vectors = sentences("The milk is scalded.", "IS THE MILK SCALDED!", "Parrots dislike kettles.").vectors
    cosines = vectors.products(vectors)
    assert cosines[0, 1] == pytest.approx(1)
    assert cosines[0, 2] < 0.1


def test_forms_of_one_word_are_alike():
    vectors = sentences("He scalded it.", "She was scalding them.", "They poured us some.").vectors
    cosines = vectors.products(vectors)
    assert cosines[0, 1] > cosines[0, 2]


def test_a_words_grams_weigh_less_the_more_sentences_share_them():
    vectors = sentences("Milk scalds.", "Milk pours.", "Milk sings.", "Kettle pours.").vectors
    cosines = vectors.products(vectors)
    assert cosines[1, 3] > cosines[0, 1]


def test_grammar_has_no_stem():
    assert sentences("There is the one that they have.").stems.values.size == 0


def test_a_label_selects_its_sentences():
    rows = [("Ann", "first", "One. Two."), ("Bob", None, "Three.")]
    found = sentences_in(tagged_comments([make_thread(*rows)]))
    assert found.labelled("first").tolist() == [0, 1]
    assert found.labelled(None).tolist() == [2]


def test_a_quote_is_found_in_its_own_comment_not_in_anothers():
    found = sentences("Same words here.", "Same words here.")
    assert found.place_of(Quote("Same words here.", "c2", "pot", "first", None)) == 1


def test_the_nearest_sentence_is_searched_in_one_comment_only():
    found = sentences("The milk is scalded.", "Parrots sing. Scalded milk is foul.", "The milk is scalded.")
    assert found.texts[found.nearest(1, 0)] == "Scalded milk is foul."


@pytest.mark.parametrize("texts", [(), ("",), ("> Only quoted.",), ("!?", "...")])
def test_comments_without_words_have_no_sentences(texts):
    found = sentences(*texts)
    assert found.texts == ()
    assert found.labelled("first").size == 0


def test_words_keep_their_apostrophes_and_leave_out_numbers():
    assert words_of("Don’t pour 40 ml, l'été!") == ["don't", "pour", "ml", "l'été"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann Lee", "ann  lee", True),
        ("Ann", "Anna", False),
        (None, None, False),
        ("", " ", False),
        ("Åsa", "åsa", True),
    ],
)
def test_people_are_told_apart_by_name_and_nameless_ones_always(one, other, same):
    first, second = (make_entry(n, name, "first", "x").comment for n, name in enumerate((one, other)))
    assert (person_of(first) == person_of(second)) is same
