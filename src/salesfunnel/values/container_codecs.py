"""How values of one type stand in a document together: in a list, under names, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import InvalidDefinition, Problem, Text
from .codecs import (
    MOST_PROBLEMS,
    NOT_LIST,
    NOT_OBJECT,
    TEXT,
    Codec,
    Read,
    Write,
    under,
    unreadable,
)
from .document_keys import place_of, strange_keys
from .frozen_map import FrozenMap

_NOT_SO_MANY = Text("list_of_other_length", "must be a list of {count}")


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


def several_of(codecs: list[Codec]) -> Codec:
    """
    Let so many values stand in a list, each with the row of its own.

    >>> several_of([TEXT, TEXT]).read(["a"], None)
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: document: must be a list of 2
    """

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
