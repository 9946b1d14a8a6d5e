from __future__ import annotations

import pytest
from debate.frontmatter import split
from debate.stance.blobs import OfflineSentences, OfflineWords, StanceClassifier, blob
from debate.stance.text import MOST_CHARACTERS, own_sentences, own_words, plain, sentences, shortened, tone, words
from factories import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob

TONED = ["good", "not", "very", "n't", "horrible!", "(!)", ":-)", "it's", "“lovely”", "> bad", "\n\n", "really", "U.S."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ("One.", "Two!", "Three?")),
        ("Dr. Lee met Mr. Ito at 5 p.m. on Monday.", ("Dr. Lee met Mr. Ito at 5 p.m. on Monday.",)),
        ("J. K. Doe wrote it. I read it.", ("J. K. Doe wrote it.", "I read it.")),
        ('He said "no." Then he left.', ('He said "no."', "Then he left.")),
        ("So did I. Then he left.", ("So did I.", "Then he left.")),
        ("Wait... what? no way", ("Wait... what? no way",)),
        ("A paragraph\n\nAnother", ("A paragraph", "Another")),
        ("", ()),
        ("   \n\n ", ()),
    ],
)
def test_a_text_is_cut_at_sentence_ends_only(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text", ["Hi there. You?\n\n- a list\n- of two", "Zoë said “yes.” Next!", "a.b.c. d? e", "\n> q\nmine. yours."]
)
def test_every_sentence_is_an_exact_part_of_its_text(text):
    position = 0
    for sentence in sentences(text):
        position = text.index(sentence, position) + len(sentence)


def test_words_keep_apostrophes_and_hyphens():
    assert words("Don't meet face-to-face, OK?") == ("don't", "meet", "face-to-face", "ok")


def test_lines_quoted_from_others_are_not_own_words():
    assert own_words("> you said this\nand I say that\n > and this") == "and I say that"


def test_code_tags_and_addresses_hold_no_words():
    text = "Look: <b>bold</b> https://example.org/x\n```\nfor i in x: pass\n```\n<script>alert(1)</script>"
    assert words(plain(text)) == ("look", "bold")


def test_own_sentences_leave_out_quotes_and_bare_markup():
    assert own_sentences("> Theirs. All of it.\nMine. 👍 https://example.org/") == ("Mine.",)


def test_a_very_long_text_is_read_up_to_a_bound():
    assert len(shortened("word " * 50_000)) <= MOST_CHARACTERS


def test_tone_is_glad_for_praise_and_sour_for_blame():
    assert tone("What a wonderful, lovely evening.").polarity > 0.3
    assert tone("A horrible, disgusting mess.").polarity < -0.3


def test_tone_hears_the_writer_and_not_the_quoted():
    assert tone("> A horrible, disgusting mess.\nI see.").polarity == 0


def test_textblob_takes_our_tokenizers_and_classifier(networking):
    found = TextBlob("Meet me. Call me.", tokenizer=OfflineSentences(), classifier=StanceClassifier(networking))
    assert list(found.tokens) == ["Meet me.", "Call me."]
    assert found.classify() in {*networking.labels, "not sure"}
    assert list(TextBlob("Meet me.", tokenizer=OfflineWords()).words) == ["meet", "me"]


def test_our_blob_has_sentences_tone_and_a_class_without_a_corpus(networking):
    found = blob(
        "I never met her in person. She is my closest friend, we write every day.", StanceClassifier(networking)
    )
    assert [str(one) for one in found.sentences] == list(sentences(str(found)))
    assert found.sentences[0].start == 0
    assert -1 <= found.sentiment.polarity <= 1
    assert found.classify() in {*networking.labels, "not sure"}
    assert found.sentences[1].classify() in {*networking.labels, "not sure"}


def _tone_of_a_blob(text):
    return tuple(TextBlob(plain(own_words(shortened(text)))).sentiment)


def test_tone_is_what_a_blob_of_the_text_says_of_every_comment_shipped():
    texts = [split(path.read_text(encoding="utf-8"))[1] for path in sorted(ROOT.glob("content/comments/*/*.md"))]
    assert len(texts) > 50
    assert [tone(text) for text in texts] == [_tone_of_a_blob(text) for text in texts]


@settings(derandomize=True, max_examples=150, deadline=None, database=None)
@given(st.lists(st.sampled_from(TONED) | st.text(max_size=5), max_size=20).map(" ".join))
def test_tone_is_what_a_blob_of_the_text_says_of_any_text(text):
    assert tone(text) == _tone_of_a_blob(text)
