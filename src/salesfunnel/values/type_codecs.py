"""
How values of any type stand in a document: what their fields say, without a line for each class.

A class of attrs is an object with a key for each field; a blank default is left out, and every
other value is written, so that no later change of a default changes what was stored. Types that
stand otherwise have a row of their own, in a table by type.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import InvalidDefinition, InvalidValue, Problem, Text, did_you_mean
from .answer import AnswerValue
from .bucket import Bucket
from .codecs import (
    DAY,
    DECIMAL,
    DURATION,
    FACT,
    FLAG,
    MOMENT,
    MONEY,
    MOST_PROBLEMS,
    NOT_LIST,
    NOT_OBJECT,
    TEXT,
    WHOLE,
    Codec,
    Read,
    Write,
    problem_of,
    under,
    unreadable,
)
from .frozen_map import FrozenMap
from .money import Money

Rows = Mapping[Any, Codec]

_LONGEST_KEY = 40
_MOST_GUESSES = 3

MISSING = Text("key_missing", "{key} is missing")
_UNKNOWN = Text("unknown_key", "is not a known key", "known: {known}")
_MISSPELT = Text("key_misspelt", "is not a known key", "did you mean {meant}?")
_NOT_OPTION = Text("not_an_option", "is not in the list", "{options}")
_NOT_SO_MANY = Text("list_of_other_length", "must be a list of {count}")
_NO_NULL = Text("null_in_document", "must not be null", "leave it out, or give a value")


def place_of(key: object, number: int) -> str:
    """
    Name the place of what stands under a key; a key that no one could read has a number.

    >>> place_of("stage", 0), place_of("Sara Ahmadi", 1)
    ('.stage', '.(key 1)')
    """
    is_plain = (
        type(key) is str and len(key) <= _LONGEST_KEY and key.isascii() and key.isidentifier()
    )
    return f".{key}" if is_plain else f".(key {number})"


def codec_of(hint: Any, rows: Rows) -> Codec:  # noqa: ANN401 - any type
    """
    Make the row of a type: its own in the table, or else what its parts and fields say.

    >>> days = codec_of(tuple[date, ...], PLAIN_ROWS)
    >>> days.write((date(2026, 6, 30),))
    ['2026-06-30']
    """
    if hint in rows:
        return rows[hint]
    return _made_codec(hint, rows)


def _made_codec(hint: Any, rows: Rows) -> Codec:  # noqa: ANN401 - any type
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union) and type(None) in parts:
        others = [part for part in parts if part is not type(None)]
        return optional(codec_of(functools.reduce(lambda a, b: a | b, others), rows))
    if origin is tuple and parts[-1] is Ellipsis:
        return list_of(codec_of(parts[0], rows))
    if origin is tuple:
        return _fixed([codec_of(part, rows) for part in parts])
    if origin is FrozenMap:
        return map_of(codec_of(parts[1], rows))
    if issubclass(hint, StrEnum):
        return _choice(hint)
    return object_of(hint, rows)


def optional(codec: Codec) -> Codec:
    """
    Let nothing stand in the place of a value as well.

    >>> optional(TEXT).read(None, None) is None
    True
    """
    write, read = codec.write, codec.read
    return Codec(
        lambda value: None if value is None else write(value),
        lambda data, given: None if data is None else read(data, given),
        {"anyOf": [codec.schema, {"type": "null"}]},
    )


def list_of(codec: Codec) -> Codec:
    """
    Let values of one type stand in a list.

    >>> list_of(TEXT).read(["a", 1, 2], None)
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: document: [1]: must be a text; [2]: must be a text
    """
    write, read_item = codec.write, codec.read

    def read(data: Any, given: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any JSON
        if type(data) is not list:
            raise unreadable(NOT_LIST.problem())
        try:
            return tuple([read_item(item, given) for item in data])
        except InvalidDefinition:  # likewise
            return read_each(data, read_item, given)

    def write_items(values: Any) -> list[Any]:  # noqa: ANN401 - several of the type
        try:
            return [write(value) for value in values]
        except InvalidDefinition:  # only now the place is worth looking for
            return [_written(f"[{n}]", write, value) for n, value in enumerate(values)]

    return Codec(write_items, read, {"type": "array", "items": codec.schema})


def _written(step: str, write: Write, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Write a part; where it cannot be written, say where it would stand."""
    try:
        return write(value)
    except InvalidDefinition as error:
        raise InvalidDefinition(error.what, tuple(under(step, error))) from None


def read_each(
    items: Iterable[Any], read: Read, given: object = None, *, first: int = 0
) -> tuple[Any, ...]:
    """
    Read each item of a list, and report the problems of all of them together.

    >>> read_each(["a", "b"], TEXT.read)
    ('a', 'b')
    """
    found: list[Any] = []
    problems: list[Problem] = []
    for number, item in enumerate(items, start=first):
        try:
            found.append(read(item, given))
        except InvalidDefinition as error:
            problems += under(f"[{number}]", error)
            if len(problems) >= MOST_PROBLEMS:
                break
    if problems:
        raise InvalidDefinition("document", tuple(problems[:MOST_PROBLEMS]))
    return tuple(found)


def map_of(codec: Codec) -> Codec:
    """
    Let values of one type stand under names of any kind.

    >>> map_of(TEXT).read({"hall": "7"}, None)
    FrozenMap({'hall': …})
    """
    write, read_item = codec.write, codec.read

    def read(data: Any, given: Any) -> FrozenMap[str, Any]:  # noqa: ANN401 - any JSON
        if type(data) is not dict:
            raise unreadable(NOT_OBJECT.problem())
        found: dict[str, Any] = {}
        problems: list[Problem] = []
        for number, (key, item) in enumerate(data.items()):
            try:
                found[TEXT.read(key, given)] = read_item(item, given)
            except InvalidDefinition as error:
                problems += under(place_of(key, number), error)
                if len(problems) >= MOST_PROBLEMS:
                    break
        if problems:
            raise InvalidDefinition("document", tuple(problems))
        return FrozenMap(found)

    return Codec(
        lambda values: {
            TEXT.write(key): _written(place_of(key, number), write, value)
            for number, (key, value) in enumerate(values.items())
        },
        read,
        {"type": "object", "additionalProperties": codec.schema},
    )


def fields_of(codecs: Mapping[str, Codec]) -> Codec:
    """
    Let some of a noun's fields stand under their names, each with the row of its own.

    >>> fields_of({"name": TEXT}).read({"naem": "Novin"}, None)
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: document: .naem: is not a known key; did you mean name?
    """
    known = sorted(codecs)

    def read(data: Any, given: Any) -> FrozenMap[str, Any]:  # noqa: ANN401 - any JSON
        if type(data) is not dict:
            raise unreadable(NOT_OBJECT.problem())
        found: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, codec in codecs.items():
            if key in data:
                try:
                    found[key] = codec.read(data[key], given)
                except InvalidDefinition as error:
                    problems += under(f".{key}", error)
        problems += strange_keys(data, known)
        if problems:
            raise InvalidDefinition("document", tuple(problems[:MOST_PROBLEMS]))
        return FrozenMap({key: found[key] for key in data})

    return Codec(
        lambda values: {
            key: _written(f".{key}", codecs[key].write, value) for key, value in values.items()
        },
        read,
        {
            "type": "object",
            "properties": {key: codec.schema for key, codec in codecs.items()},
            "additionalProperties": False,
        },
    )


def _fixed(codecs: list[Codec]) -> Codec:
    def read(data: Any, given: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any JSON
        if type(data) is not list or len(data) != len(codecs):
            raise unreadable(_NOT_SO_MANY.problem(count=len(codecs)))
        reads = iter(codecs)
        return read_each(data, lambda item, given: next(reads).read(item, given), given)

    return Codec(
        lambda values: [
            _written(f"[{number}]", codec.write, value)
            for number, (codec, value) in enumerate(zip(codecs, values, strict=True))
        ],
        read,
        {
            "type": "array",
            "prefixItems": [codec.schema for codec in codecs],
            "minItems": len(codecs),
            "maxItems": len(codecs),
        },
    )


def _choice(kind: type[StrEnum]) -> Codec:
    members = {member.value: member for member in kind}

    def read(data: Any, _given: Any) -> StrEnum:  # noqa: ANN401 - any JSON
        found = members.get(data) if type(data) is str else None
        if found is None:
            raise unreadable(_NOT_OPTION.problem(options=", ".join(members)))
        return found

    values = {member: member.value for member in kind}
    return Codec(values.__getitem__, read, {"enum": list(members)})


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


def _fields_of(kind: type[Any], rows: Rows, own: Rows, *, lenient: bool) -> Iterator[_Field]:
    hints = typing.get_type_hints(kind)
    for field in attrs.fields(kind):
        if not field.init:
            continue
        is_blank = any(type(field.default) is type(b) and field.default == b for b in _BLANKS)
        yield _Field(
            field.alias,
            field.alias,
            field.name,
            own[field.alias] if field.alias in own else codec_of(hints[field.name], rows),
            field.default if is_blank else _NEVER,
            field.default is attrs.NOTHING if lenient else not is_blank,
            field.converter is not None,
        )


def object_of(
    kind: type[Any],
    rows: Rows,
    *,
    own: Rows | None = None,
    tag: Mapping[str, str | int] | None = None,
    keys: Mapping[str, str] | None = None,
    lenient: bool = False,
) -> Codec:
    """
    Make the row of a class by its fields: an object with a key for each.

    Args:
        kind: a class of attrs.
        rows: the table of types.
        own: rows for single fields, by name.
        tag: what the object says of itself beside the fields, by key.
        keys: another key for single fields, by name.
        lenient: whether all that has a default may be left out, as in what people write by hand.

    >>> from .person import Person
    >>> object_of(Person, PLAIN_ROWS).write(Person("Sara Ahmadi"))
    {'name': 'Sara Ahmadi'}
    """
    told, renamed = dict(tag or {}), keys or {}
    fields = [
        attrs.evolve(field, key=renamed.get(field.key, field.key))
        for field in _fields_of(kind, rows, own or {}, lenient=lenient)
    ]
    return Codec(
        _writer(fields, told), _reader(kind, fields, told), _object_schema(kind, fields, told)
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
                elif is_checked and type(part) is str:
                    if part != blank:  # what needs no row
                        data[key] = part
                elif blank is _NEVER or part or part != blank:
                    data[key] = write_part(part)
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


def strange_keys(
    data: Mapping[Any, Any], known: Collection[str], told: Collection[str] = ()
) -> Iterator[Problem]:
    """
    Name each key that is not known, and what was probably meant by it.

    >>> print(*strange_keys({"naem": 1}, ["name"]))
    .naem: is not a known key; did you mean name?
    """
    found = 0
    for number, key in enumerate(data):
        if type(key) is str and (key in known or key in told):
            continue
        found += 1
        meant = did_you_mean(key, known) if found <= _MOST_GUESSES else ""
        if meant:
            yield _MISSPELT.problem(where=place_of(key, number), meant=meant)
        else:
            yield _UNKNOWN.problem(where=place_of(key, number), known=", ".join(known))
        if found >= MOST_PROBLEMS:
            return


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


def _either(test: Callable[[Any], bool], one: Codec, other: Codec) -> Codec:
    """Let one of two types stand in a place: ``one`` where the document, or the value, says so."""
    return Codec(
        lambda value: (one if test(value) else other).write(value),
        lambda data, given: (one if test(data) else other).read(data, given),
        {"anyOf": [one.schema, other.schema]},
    )


_SIMPLE: Rows = MappingProxyType(
    {
        str: TEXT,
        bool: FLAG,
        int: WHOLE,
        Decimal: DECIMAL,
        datetime: MOMENT,
        date: DAY,
        timedelta: DURATION,
        Money: MONEY,
        AnswerValue: FACT,
    }
)

PLAIN_ROWS: Rows = MappingProxyType(
    {
        **_SIMPLE,
        int | Bucket: _either(lambda value: type(value) is int, WHOLE, object_of(Bucket, _SIMPLE)),
        Money | Decimal: _either(lambda value: isinstance(value, (Money, dict)), MONEY, DECIMAL),
    }
)
"""The rows of plain values, by their types."""
