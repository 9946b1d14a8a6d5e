import threading

import pytest
from debate.stance import load, shipped, shipped_tagger

TEXTS = ["I found two clients through a forum and have never met them.", "Only a handshake counts."]


def test_a_model_that_is_loaded_ahead_gives_the_tags_of_the_model():
    tagger = shipped_tagger("networking")
    tagger.prepare()
    assert tagger.tag(TEXTS) == load("networking").tag(TEXTS)


def test_a_load_that_failed_is_tried_again(monkeypatch):
    tagger, real, tries = shipped_tagger("networking"), shipped._loaded, []

    def load_at_second_try(*given):
        tries.append(given)
        return real(*given) if len(tries) > 1 else 1 / 0

    shipped._loading.cache_clear()
    monkeypatch.setattr(shipped, "_loaded", load_at_second_try)
    with pytest.raises(ZeroDivisionError):
        tagger.tag(TEXTS)
    assert len(tagger.tag(TEXTS)) == len(TEXTS)


def test_a_model_that_is_not_to_tag_anything_is_not_loaded(monkeypatch):
    monkeypatch.setattr("debate.stance.shipped._loading", lambda *_: 1 / 0)
    assert shipped_tagger("networking").tag([]) == []


def test_loading_ahead_does_not_hold_up_the_build(monkeypatch):
    begun, wanted = threading.Event(), threading.Event()

    def load(*_):
        begun.set()
        assert wanted.wait(10)
        return shipped_tagger("networking")

    monkeypatch.setattr("debate.stance.shipped._loaded", load)
    loading = shipped._loading.__wrapped__("networking", 1)
    assert begun.wait(10)
    assert not loading.done()
    wanted.set()
    assert loading.result(10)
