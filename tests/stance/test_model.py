from __future__ import annotations

import time

import pytest
from debate.contents import StanceTag
from debate.errors import LabelError
from debate.stance import Tagger, load, save
from debate.stance.blobs import StanceClassifier
from debate.stance.storage import from_bytes, to_bytes

ONLINE = "I have never met them and they are my closest friends. We write to each other online every single day."
STRANGE = {
    "empty": "",
    "blank": " \n\t ",
    "one word": "Yes",
    "emoji": "👍👍👍 🎉",
    "code": "```\nfor x in y:\n    print(x)\n```",
    "only a quote": "> I think meeting online is all a fake and that nobody should do it.",
    "address": "https://example.org/a/b?c=d",
    "tags": "<div><span></span></div>",
}
FOREIGN = {
    "German": "Ich finde, dass man sich im Internet genauso gut kennenlernen kann wie auf einer Messe, ganz klar.",
    "French": "Je pense que les rencontres en personne sont plus importantes que les réseaux sociaux, et de loin.",
    "Spanish": "Creo que conocer a la gente cara a cara es lo único que vale, lo demás no sirve para nada.",
    "Dutch": "Ik denk dat je online net zo goed mensen kunt leren kennen als in het echt, en dat is maar goed ook.",
    "Italian": "Secondo me gli amici che ho incontrato in rete sono veri amici, anche se non li ho mai visti.",
    "Polish": "Moim zdaniem spotkania na żywo są ważniejsze niż kontakty w sieci, ale to zależy od osoby.",
    "Japanese": "オンラインの出会いも本当の出会いだと思います。",
    "Latin": "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani.",
}


def test_the_built_in_tagger_keeps_the_contract(networking):
    assert isinstance(networking, Tagger)
    assert networking.labels == ("online", "face-to-face", "spectrum", "none")
    assert networking.version
    assert networking.figures["macro_f1"] > 0.5


def test_a_plain_case_is_tagged_with_evidence_from_the_text(networking):
    (tag,) = networking.tag([ONLINE])
    assert tag.likeliest == "online"
    assert tag.stance == "online"
    assert sum(tag.probabilities.values()) == pytest.approx(1, abs=1e-3)
    assert tag.confidence == max(tag.probabilities.values())
    assert tag.evidence
    assert all(sentence in ONLINE for sentence in tag.evidence)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_text_that_says_nothing_of_its_own_is_not_sure(networking, text):
    (tag,) = networking.tag([text])
    assert tag.stance is None
    assert tag.evidence == ()
    assert sum(tag.probabilities.values()) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_another_language_is_not_sure_and_never_guessed(networking, text):
    assert networking.tag([text])[0].stance is None


def test_english_is_read(networking):
    texts = ["I think it depends on the person and what they want.", "Thanks for this, it was a pleasure to read."]
    assert all(max(tag.probabilities.values()) > 0.3 for tag in networking.tag(texts))


def test_evidence_never_comes_from_a_quoted_line(networking):
    text = f"> Online contacts are worthless. Only a handshake counts.\n\n{ONLINE}"
    (tag,) = networking.tag([text])
    assert tag.evidence
    assert all(sentence in ONLINE for sentence in tag.evidence)


def test_a_quote_of_others_does_not_change_the_tag(networking):
    plain, quoted = networking.tag([ONLINE, f"> Only a handshake counts.\n\n{ONLINE}"])
    assert plain == quoted


def test_html_in_a_text_does_not_disturb(networking):
    (tag,) = networking.tag([f"<p>{ONLINE}</p><script>var online = 1;</script>"])
    assert tag.likeliest == "online"


def test_a_text_of_50000_words_takes_bounded_time(networking):
    started = time.process_time()
    (tag,) = networking.tag([(ONLINE + " ") * 2500])
    assert time.process_time() - started < 20
    assert isinstance(tag, StanceTag)


def test_the_same_text_gets_the_same_tag_in_any_company(networking):
    alone = networking.tag([ONLINE])[0]
    assert networking.tag(["Thanks a lot for that!", ONLINE, "Who is he?"])[1] == alone
    assert networking.tag([]) == []


def test_a_saved_tagger_answers_the_same_and_has_the_same_bytes(street, tmp_path):
    save(street, tmp_path / "street.stance")
    again = load(tmp_path / "street.stance")
    texts = ["Keep the cars out and put the benches back.", "Without parking I will not come."]
    assert again.version == street.version
    assert to_bytes(again) == to_bytes(street)
    assert [tag.likeliest for tag in again.tag(texts)] == [tag.likeliest for tag in street.tag(texts)]


@pytest.mark.parametrize("content", [b"", b"not a zip"])
def test_a_damaged_model_file_is_an_error(tmp_path, content):
    (tmp_path / "x.stance").write_bytes(content)
    with pytest.raises(LabelError, match="no stance model"):
        load(tmp_path / "x.stance")


def test_an_unknown_model_name_is_an_error():
    with pytest.raises(LabelError, match="networking"):
        load("weather")


def test_nothing_in_a_model_file_is_pickled(street):
    assert b"pickle" not in to_bytes(street)
    assert from_bytes(to_bytes(street)).labels == street.labels


def test_the_classifier_says_a_label_or_not_sure(networking):
    assert StanceClassifier(networking).classify("") == "not sure"
