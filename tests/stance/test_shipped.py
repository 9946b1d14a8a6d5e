import threading

from debate.stance import shipped, shipped_tagger

TEXTS = ["I found two clients through a forum and have never met them.", "Only a handshake counts."]


def test_a_model_that_is_loaded_ahead_gives_the_same_tags():
    tagger = shipped_tagger("networking")
    tagger.prepare()
    tagger.prepare()
    assert tagger.tag(TEXTS) == shipped_tagger("networking").tag(TEXTS)


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
