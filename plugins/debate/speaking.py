"""Jinja environments that speak a language: `_`, `trans` and `language` in every template and macro.

Jinja's own gettext looks a message up, wraps and formats it at each call; a page of a thousand comments makes 15,000
calls. Here a message without values becomes part of the template when that is compiled, and any other is looked up once
an environment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from jinja2 import pass_eval_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from .languages import Language, direction_of

_SAID = "said"
"""The filter that `{{ _("message") }}` becomes: Jinja works out that of a constant when it compiles a template."""

_MESSAGE = ("variable_begin", "name", "lparen", "string", "rparen", "variable_end")


def speak(environment: Any, language: Language) -> None:
    """Let an environment translate, and give it `language` for dates and numbers; values are escaped where it escapes.

    A message is a format with named placeholders, as in Jinja's "new style": %(name)s, and %% for a percent sign.
    """
    environment.add_extension("jinja2.ext.i18n")
    if environment.bytecode_cache is None:  # which does not know in what language a template was compiled
        environment.add_extension(SaidOnce)
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True
    words, spoken = language.translations, _spoken(language)
    environment.filters[_SAID] = spoken
    environment.globals |= {
        "language": language,
        "direction_of": direction_of,
        "_": spoken,
        "gettext": spoken,
        "pgettext": _formatted(cache(words.pgettext)),
        "ngettext": _counted(cache(words.ngettext)),
        "npgettext": _counted(cache(words.npgettext)),
    }


class SaidOnce(Extension):
    """Reads `{{ _("message") }}` as `{{ ("message"|said) }}`.

    A message within an expression is left alone: Jinja takes constants joined by `~` for text even if one is markup.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, with a filter behind each message instead of the call around it."""
        tokens = [*stream]
        starts = {place for place in range(len(tokens)) if _is_message(tokens[place : place + len(_MESSAGE)])}
        for place, token in enumerate(tokens):
            if place - 1 in starts:
                continue
            yield token
            if place - 3 in starts:
                yield from (Token(token.lineno, "pipe", "|"), Token(token.lineno, "name", _SAID))


def _is_message(tokens: Sequence[Token]) -> bool:
    return tuple(token.type for token in tokens) == _MESSAGE and tokens[1].value == "_"


def _spoken(language: Language) -> Callable[..., str]:
    pattern = cache(language.translations.gettext)

    @cache
    def whole(message: str, escapes: bool) -> str:
        return _filled(pattern(message), {}, escapes)

    @pass_eval_context
    def gettext(context: EvalContext, message: str, /, **values: Any) -> str:
        if values:
            return _filled(pattern(message), values, context.autoescape)
        return whole(message, context.autoescape)

    return gettext


def _filled(text: str, values: dict[str, Any], escapes: bool) -> str:
    """Return a message with its values; as `Markup(text) % values` would, in a third of the time."""
    if not escapes:
        return text % values
    safe = {name: value if isinstance(value, (int, float)) else escape(value) for name, value in values.items()}
    return Markup(text % safe)  # noqa: S704 - a catalogue is the site's own text, as its templates are


def _formatted(translate: Callable[..., str]) -> Callable[..., str]:
    @pass_eval_context
    def formatted(context: EvalContext, /, *messages: Any, **values: Any) -> str:
        return _filled(translate(*messages), values, context.autoescape)

    return formatted


def _counted(translate: Callable[..., str]) -> Callable[..., str]:
    """Return the function with the number among the values, under the name Jinja gives it."""

    @pass_eval_context
    def counted(context: EvalContext, /, *messages: Any, **values: Any) -> str:
        return _filled(translate(*messages), {"num": messages[-1], **values}, context.autoescape)

    return counted
