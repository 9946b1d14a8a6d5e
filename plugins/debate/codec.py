"""Frozen values to JSON and back, by their own annotations: a dataclass is the list of its fields."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from markupsafe import Markup

_AS_IS = frozenset({str, int, float, bool, type(None)})

Decode = Callable[[Any], Any] | None
"""From a JSON value to the value; None where both are the same."""


def without_none(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value: what is not known stands in no JSON that others read."""
    return {name: value for name, value in fields.items() if value is not None}


class Codec:
    """Encode and decode; a value of a type in `given` is left out and put back, as every summary of a debate has it."""

    def __init__(self, given: Mapping[type, Any] = MappingProxyType({})) -> None:
        self._given = given
        self._known: dict[Any, Decode] = {}
        self._names: dict[type, tuple[str, ...] | None] = {}

    def encode(self, value: Any) -> Any:
        """Return a value as JSON has it: lists, objects, text, numbers, None."""
        kind = type(value)
        if kind in _AS_IS:
            return value
        if kind in self._given:
            return None
        if kind not in self._names:
            self._names[kind] = tuple(field.name for field in fields(value)) if is_dataclass(value) else None
        names = self._names[kind]
        if names is not None or isinstance(value, tuple | list):
            parts = value if names is None else [getattr(value, name) for name in names]
            return [part if type(part) in _AS_IS else self.encode(part) for part in parts]
        if isinstance(value, Mapping):
            return {key: self.encode(part) for key, part in value.items()}
        return value.isoformat() if isinstance(value, date) else _plain(value)

    def decode(self, kind: Any, value: Any) -> Any:
        """Return the value of an annotation that `encode` had made JSON of."""
        decode = self._decoder(kind)
        return decode(value) if decode and value is not None else value

    def _decoder(self, kind: Any) -> Decode:
        if kind not in self._known:
            self._known[kind] = self._made(kind)
        return self._known[kind]

    def _made(self, kind: Any) -> Decode:
        origin = get_origin(kind)
        if _without_none(kind) is not kind:
            return self._decoder(_without_none(kind))
        if origin is tuple:
            return self._tuple(list(get_args(kind)))
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return MappingProxyType
        if origin is Literal or kind in (str, int, float, bool):
            return None
        return self._dataclass(kind) if is_dataclass(kind) else _SIMPLE[kind]

    def _tuple(self, parts: list[Any]) -> Decode:
        if parts[-1] is not Ellipsis:
            return lambda row: tuple(self.decode(part, value) for part, value in zip(parts, row, strict=True))
        decode = self._decoder(parts[0])
        return (lambda row: tuple([decode(value) for value in row])) if decode else tuple

    def _dataclass(self, kind: Any) -> Decode:
        hints = get_type_hints(kind)
        kinds = [_without_none(hints[field.name]) for field in fields(kind)]
        given = [(place, self._given[one]) for place, one in enumerate(kinds) if one in self._given]
        others = [(place, self._decoder(one)) for place, one in enumerate(kinds) if one not in self._given]
        changed = [(place, decode) for place, decode in others if decode]

        def decode_fields(row: list[Any]) -> Any:
            for place, decode in changed:
                if row[place] is not None:
                    row[place] = decode(row[place])
            for place, value in given:
                row[place] = value
            return kind(*row)

        return decode_fields


_SIMPLE: Mapping[Any, Decode] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Markup: Markup,
}


def _without_none(kind: Any) -> Any:
    """Return what an annotation says of a value that is there: `X` for `X | None`."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    (one,) = (part for part in get_args(kind) if part is not type(None))
    return one


def _plain(value: Any) -> Any:
    """Return a subclass of text or of a number as its plain self."""
    return next(plain(value) for plain in (str, int, float) if isinstance(value, plain))
