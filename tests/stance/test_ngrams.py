from __future__ import annotations

import numpy as np
from debate.stance.fitting import dense_rows, fit_linear, fit_ngrams, fit_vectors, sparse_rows
from debate.stance.ngrams import Columns, grams, tfidf, vocabulary_of

TEXTS = [("cats purr", "cats sleep")] * 4 + [("dogs bark", "dogs run")] * 4


def test_grams_are_words_pairs_and_pieces():
    found = set(grams("Cats purr"))
    assert {"w:cats", "w:cats purr", " ca", "cats ", "purr"} <= found


def test_ngrams_of_one_text_only_are_left_out():
    vocabulary, idf = vocabulary_of([("one two",), ("one three",)])
    assert "w:one" in vocabulary
    assert "w:two" not in vocabulary
    assert len(idf) == len(vocabulary)


def test_rows_of_tfidf_have_length_one():
    vocabulary, idf = vocabulary_of(TEXTS)
    counts, columns = Columns(vocabulary).counts(TEXTS[0])
    assert np.allclose(np.linalg.norm(tfidf(counts, idf[columns]), axis=1), 1)


def test_scores_tell_two_subjects_apart_and_know_which_sentence_did():
    scorer = fit_ngrams(TEXTS, [0] * 4 + [1] * 4, [1.0] * 8, 2)
    whole, without_cats, without_weather, cats, weather = scorer.scores([("cats purr", "it rains")])[0]
    assert whole[0] > whole[1]
    assert whole[0] - whole[1] > without_cats[0] - without_cats[1]
    assert np.allclose(without_weather, whole, atol=1e-4)
    assert np.allclose([cats, weather], [without_weather, without_cats], atol=1e-4)


def test_a_text_of_unknown_words_gets_the_bias_alone():
    scorer = fit_ngrams(TEXTS, [0] * 4 + [1] * 4, [1.0] * 8, 2)
    assert np.allclose(scorer.scores([("xyzzy",)])[0], scorer.bias)


def test_a_label_without_texts_is_never_said():
    layer, bias = fit_linear(dense_rows(np.array([[0.0], [1.0]] * 5)), [0, 2] * 5, [1.0] * 10, 3, 1.0)
    assert (np.array([[0.5]]) @ layer + bias).argmax() != 1


def test_standardising_inside_gives_plain_weights():
    random = np.random.default_rng(0)
    vectors = random.normal(5, 3, (60, 4)).astype(np.float32)
    gold = (vectors[:, 0] > 5).astype(int).tolist()
    layer, bias = fit_vectors(vectors, gold, [1.0] * 60, 2, 1.0)
    assert ((vectors @ layer + bias).argmax(axis=1) == gold).mean() > 0.9


def test_the_fit_is_where_the_gradient_of_the_penalised_log_loss_is_nought():
    random = np.random.default_rng(2)
    matrix, gold = random.normal(size=(80, 3)), random.integers(0, 3, 80)
    layer, bias = fit_linear(dense_rows(matrix), gold.tolist(), [1.0] * 80, 3, 0.5)
    scores = np.exp(matrix @ layer + bias)
    errors = scores / scores.sum(axis=1, keepdims=True) - np.eye(3)[gold]
    assert np.abs(0.5 * matrix.T @ errors + layer).max() < 0.05
    assert np.abs(errors.sum(axis=0)).max() < 0.2


def test_sparse_rows_are_the_same_maps_as_dense_ones():
    columns, values = (
        [np.array([0, 2]), np.array([1]), np.array([0, 1])],
        [np.array([1.0, 2.0]), np.array([3.0]), np.array([4.0, 5.0])],
    )
    matrix = np.array([[1.0, 0, 2], [0, 3, 0], [4, 5, 0]])
    sparse, dense = sparse_rows(columns, values, 3), dense_rows(matrix)
    weights = np.arange(6.0).reshape(3, 2)
    assert np.allclose(sparse.times(weights), dense.times(weights))
    assert np.allclose(sparse.back(weights), dense.back(weights))
