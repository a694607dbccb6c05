"""
How values of any type stand in a document: what the type says, without a line for each class.

Types that stand otherwise than their parts and fields say have a row of their own, in a table.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import Text
from .answer import AnswerValue
from .bucket import Bucket
from .class_codecs import class_codec
from .codecs import (
    DAY,
    DECIMAL,
    DURATION,
    FACT,
    FLAG,
    MOMENT,
    MONEY,
    TEXT,
    WHOLE,
    Codec,
    unreadable,
)
from .container_codecs import list_of, map_of, optional, several_of
from .frozen_map import FrozenMap
from .money import Money

Rows = Mapping[Any, Codec]

_NOT_OPTION = Text("not_an_option", "is not in the list", "{options}")


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
        return several_of([codec_of(part, rows) for part in parts])
    if origin is FrozenMap:
        return map_of(codec_of(parts[1], rows))
    if issubclass(hint, StrEnum):
        return _choice(hint)
    return object_of(hint, rows)


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
    hints, given = typing.get_type_hints(kind), own or {}
    codecs = {
        field.alias: given.get(field.alias) or codec_of(hints[field.name], rows)
        for field in attrs.fields(kind)
        if field.init
    }
    return class_codec(kind, codecs, tag=tag, keys=keys, lenient=lenient)


def _choice(kind: type[StrEnum]) -> Codec:
    members = {member.value: member for member in kind}

    def read(data: Any, _given: Any) -> StrEnum:  # noqa: ANN401 - any JSON
        found = members.get(data) if type(data) is str else None
        if found is None:
            raise unreadable(_NOT_OPTION.problem(options=", ".join(members)))
        return found

    values = {member: member.value for member in kind}
    return Codec(values.__getitem__, read, {"enum": list(members)})


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
