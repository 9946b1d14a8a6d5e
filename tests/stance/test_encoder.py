from __future__ import annotations

import numpy as np
import pytest
from debate.stance.encoder import (
    LONGEST_WINDOW,
    MOST_WINDOWS,
    encoder_bytes,
    means,
    read_encoder,
    shipped_encoder,
    windows,
)


@pytest.fixture(scope="module")
def encoder():
    return shipped_encoder()


def cosine(first, second):
    return float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))


def mean(encoder, *sentences):
    return means(*encoder.vectors(sentences))[0]


def test_like_texts_have_like_vectors(encoder):
    one = mean(encoder, "I made all my friends on the internet.")
    near, far = (
        mean(encoder, "My friends are all people I met online."),
        mean(encoder, "The bus leaves at seven from the station."),
    )
    assert cosine(one, near) > cosine(one, far)


def test_the_same_text_has_the_same_vector_whatever_its_neighbours(encoder):
    texts = [("A short one.",), ("Another text, a bit longer. ", "With two sentences."), ("A short one.",)]
    alone, among = encoder.many(texts[:1])[0][0], encoder.many(texts)[2][0]
    assert np.array_equal(alone, among)


def test_the_mean_is_taken_over_all_pieces_without_each_sentence_and_of_each_alone():
    rows = means(np.array([[2.0, 0.0], [0.0, 4.0]], dtype=np.float32), np.array([1, 1]))
    assert rows.tolist() == [[1.0, 2.0], [0.0, 4.0], [2.0, 0.0], [2.0, 0.0], [0.0, 4.0]]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [([], []), ([10, 20], [range(2)]), ([150, 100], [range(1), range(1, 2)]), ([0], [range(1)])],
)
def test_sentences_are_read_in_windows(lengths, expected):
    assert list(windows(lengths)) == expected


def test_windows_are_bounded_in_number_and_size():
    lengths = [50] * 5000
    made = list(windows(lengths))
    assert len(made) == MOST_WINDOWS
    assert all(sum(lengths[place] for place in window) + 2 <= LONGEST_WINDOW for window in made)


def test_an_encoder_file_is_read_back_and_written_to_the_same_bytes():
    parts = {"b": b"two" * 50, "a": b"one"}
    content = encoder_bytes(parts)
    assert dict(read_encoder(content).parts) == parts
    assert encoder_bytes(dict(reversed(parts.items()))) == content


def test_the_shipped_file_is_at_most_30_megabytes():
    from importlib.resources import files

    sizes = [(files("debate.stance") / "data" / name).stat().st_size for name in ("encoder.zip", "networking.stance")]
    assert sum(sizes) <= 30_000_000
