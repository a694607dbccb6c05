"""
How the values of a class of attrs stand in a document: as an object with a key for each field.

A blank default is left out, and every other value is written, so that no later change of a default
changes what was stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import attrs

from ..errors import InvalidDefinition, InvalidValue, Problem
from .codecs import (
    MOST_PROBLEMS,
    NOT_OBJECT,
    TEXT,
    Codec,
    problem_of,
    under,
    unreadable,
)
from .document_keys import MISSING, strange_keys
from .frozen_map import FrozenMap


@attrs.frozen
class _Field:
    """A field of a class, as an object of a document has it."""

    key: str
    alias: str
    name: str
    codec: Codec
    blank: Any
    """What is left out: a blank default, or what no value is."""
    is_required: bool
    has_converter: bool


_NEVER = object()
_BLANKS = ("", None, False, (), FrozenMap[str, Any]())


def class_codec(
    kind: type[Any],
    codecs: Mapping[str, Codec],
    *,
    tag: Mapping[str, str | int] | None = None,
    keys: Mapping[str, str] | None = None,
    lenient: bool = False,
) -> Codec:
    """
    Make the row of a class of the rows of its fields, by their names as arguments.

    See `object_of`, which finds them by the types of the fields.

    >>> from .person import Person
    >>> fields = {field.alias: TEXT for field in attrs.fields(Person)}
    >>> class_codec(Person, fields).write(Person("Sara Ahmadi"))
    {'name': 'Sara Ahmadi'}
    """
    told, renamed = dict(tag or {}), keys or {}
    fields = [
        _field(
            field, codecs[field.alias], str(renamed.get(field.alias, field.alias)), lenient=lenient
        )
        for field in attrs.fields(kind)
        if field.init
    ]
    return Codec(
        _writer(fields, told), _reader(kind, fields, told), _object_schema(kind, fields, told)
    )


def _field(field: attrs.Attribute[Any], codec: Codec, key: str, *, lenient: bool) -> _Field:
    is_blank = any(type(field.default) is type(b) and field.default == b for b in _BLANKS)
    return _Field(
        key,
        str(field.alias),
        field.name,
        codec,
        field.default if is_blank else _NEVER,
        field.default is attrs.NOTHING if lenient else not is_blank,
        field.converter is not None,
    )


def _writer(fields: list[_Field], told: Mapping[str, str | int]) -> Callable[[Any], dict[str, Any]]:
    beside = dict(told)
    steps = [(f.key, f.name, f.codec.write, f.blank, f.has_converter) for f in fields]

    def write(value: Any) -> dict[str, Any]:  # noqa: ANN401 - of the class
        data: dict[str, Any] = beside.copy()
        key = ""
        try:
            for key, name, write_part, blank, is_checked in steps:
                part = getattr(value, name)
                if part is blank:  # as most parts are
                    continue
                if part is None:
                    data[key] = None
                elif blank is _NEVER or part or part != blank:
                    # A text that its class has checked needs no row.
                    data[key] = part if is_checked and type(part) is str else write_part(part)
        except InvalidDefinition as error:
            raise InvalidDefinition(error.what, tuple(under(f".{key}", error))) from None
        return data

    return write


def _reader(
    kind: type[Any], fields: list[_Field], told: Mapping[str, str | int]
) -> Callable[[Any, Any], Any]:
    by_key = {f.key: (f.codec.read, f.alias) for f in fields}
    # A text that the class looks at itself needs no look beforehand.
    texts = {f.key: f.alias for f in fields if f.codec is TEXT and f.has_converter}
    required = dict.fromkeys(f.key for f in fields if f.is_required).keys()
    beside, names = len(told), {f.alias: f.key for f in fields}

    def read(data: Any, given: Any) -> Any:  # noqa: ANN401 - any JSON
        if type(data) is not dict:
            raise unreadable(NOT_OBJECT.problem())
        parts: dict[str, Any] = {}
        problems: list[Problem] | None = None
        for key, item in data.items():
            if key in texts and type(item) is str:
                parts[texts[key]] = item
            elif key in by_key:
                read_part, alias = by_key[key]
                try:
                    parts[alias] = read_part(item, given)
                except InvalidDefinition as error:
                    problems = [*(problems or ()), *under(f".{key}", error)]
        if problems or len(parts) + beside != len(data) or not required <= data.keys():
            raise _unreadable_object(data, problems or [], required, {*by_key, *told})
        try:
            return kind(**parts)
        except InvalidValue as error:
            place = f".{names[error.field]}" if error.field in names else ""
            raise InvalidDefinition("document", (problem_of(error, where=place),)) from None

    return read


def _unreadable_object(
    data: dict[Any, Any], problems: list[Problem], required: Collection[str], known: set[str]
) -> InvalidDefinition:
    """Say all that is wrong with an object: its parts, its strange keys, and what is missing."""
    problems += strange_keys(data, sorted(known))
    problems += [MISSING.problem(key=key) for key in required if key not in data]
    return InvalidDefinition("document", tuple(problems[:MOST_PROBLEMS]))


def _object_schema(
    kind: type[Any], fields: list[_Field], told: Mapping[str, str | int]
) -> dict[str, Any]:
    return {
        "title": told.get("event", kind.__name__),
        "type": "object",
        "properties": {
            **{key: {"const": word} for key, word in told.items()},
            **{f.key: f.codec.schema for f in fields},
        },
        "required": [*told, *(f.key for f in fields if f.is_required)],
        "additionalProperties": False,
    }
