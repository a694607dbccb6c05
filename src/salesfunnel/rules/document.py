"""
Reading a definition that may come from a stranger: JSON of limited size, depth and numbers.

Whatever is wrong is an `InvalidDefinition` that names the place in the document, such as
``$.criteria[3].rule[1]``, and repeats nothing of what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, cast

from ..errors import InvalidDefinition, InvalidValue
from ..values.numbers import exact_decimal

MOST_CHARACTERS = 500_000
MOST_VALUES = 10_000
DEEPEST_DOCUMENT = 48
MOST_PROBLEMS = 20

_LONGEST_NUMBER = 40


def read_document(text: str | bytes, *, what: str) -> Any:  # noqa: ANN401 - any JSON
    """
    Parse JSON. Fractions become `Decimal`; duplicate keys, NaN and huge numbers are refused.

    >>> read_document('{"weight": 0.5}', what="policy")
    {'weight': Decimal('0.5')}
    >>> read_document('{"weight": [1, NaN]}', what="policy")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: policy: $.weight[1]: NaN and Infinity are no numbers
    """
    characters = _decoded(text, what)
    _check_extent(characters, what)
    refused: list[_Refused] = []

    def refuse(problem: str) -> _Refused:
        refused.append(_Refused(problem))
        return refused[-1]

    try:
        document = json.loads(
            characters,
            object_pairs_hook=lambda pairs: _object(pairs, refuse),
            parse_float=lambda number: _fraction(number, refuse),
            parse_int=lambda number: _integer(number, refuse),
            parse_constant=lambda _: refuse("NaN and Infinity are no numbers"),
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidDefinition(what, (f"$: is not JSON ({place})",)) from None
    if refused:
        problems = [f"{place}: {item.problem}" for place, item in _refusals(document, "$")]
        raise InvalidDefinition(what, tuple(problems[:MOST_PROBLEMS]))
    return document


def read_keys(
    value: object,
    *,
    what: str,
    where: str,
    required: Collection[str] = (),
    optional: Collection[str] = (),
) -> Mapping[str, Any]:
    """
    Let an object of a document pass, if it has the keys it needs and no others.

    >>> read_keys({"bar": 80}, what="policy", where="$", required=["bar"], optional=["version"])
    {'bar': 80}
    """
    found = as_object(value)
    if found is None:
        raise InvalidDefinition(what, (f"{where}: must be an object",))
    missing = [key for key in required if key not in found]
    problems = [f"{where}: {key} is missing" for key in missing]
    if any(key not in required and key not in optional for key in found):
        known = ", ".join(sorted({*required, *optional}))
        problems.append(f"{where}: has an unknown key; known: {known}")
    if problems:
        raise InvalidDefinition(what, tuple(problems))
    return found


def read_head(value: object, *, what: str, form: str, version: int) -> None:
    """
    Check that a document says which format and version it has, and that this is the one asked for.

    >>> read_head({"format": "salesfunnel.rule", "version": 1}, what="rule", form="rule", version=1)
    """
    head = as_object(value) or {}
    if head.get("format") != f"salesfunnel.{form}":
        raise InvalidDefinition(what, (f'$.format: must be "salesfunnel.{form}"',))
    if type(head.get("version")) is not int or head["version"] != version:
        raise InvalidDefinition(what, (f"$.version: only version {version} can be read",))


def as_object(value: object) -> dict[str, Any] | None:
    """
    Take a piece of a document as an object, if it is one.

    >>> as_object({"bar": 80}), as_object([80])
    ({'bar': 80}, None)
    """
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """
    Take a piece of a document as a list, if it is one.

    >>> as_list([80]), as_list("80")
    ([80], None)
    """
    found: list[Any] | None = value if isinstance(value, list) else None
    return found


class _Refused:
    """Stands in the parsed document where something cannot be accepted."""

    def __init__(self, problem: str) -> None:
        self.problem = problem


_Refuse = Callable[[str], _Refused]


def _decoded(text: str | bytes, what: str) -> str:
    if not isinstance(text, (str, bytes)):
        raise InvalidDefinition(what, ("$: must be JSON in a text or in bytes",))
    if len(text) > MOST_CHARACTERS:
        raise InvalidDefinition(what, (f"$: is longer than {MOST_CHARACTERS} characters",))
    try:
        return text if isinstance(text, str) else text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidDefinition(what, ("$: is not UTF-8",)) from None


def _check_extent(text: str, what: str) -> None:
    """Look at depth and size before the parser does, since it would exhaust the stack."""
    outside = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    if outside.count(",") + outside.count("[") + outside.count("{") > MOST_VALUES:
        raise InvalidDefinition(what, (f"$: holds more than {MOST_VALUES} values",))
    depth = 0
    _, *inside = outside.replace("{", "[").replace("}", "]").split("[")
    for piece in inside:
        depth += 1
        if depth > DEEPEST_DOCUMENT:
            raise InvalidDefinition(what, (f"$: is nested more than {DEEPEST_DOCUMENT} deep",))
        depth -= piece.count("]")


def _object(pairs: list[tuple[str, Any]], refuse: _Refuse) -> dict[str, Any] | _Refused:
    found = dict(pairs)
    return found if len(found) == len(pairs) else refuse("a key occurs twice")


def _fraction(number: str, refuse: _Refuse) -> object:
    try:
        return exact_decimal(number, "number", integer_digits=24, fraction_digits=12)
    except InvalidValue:
        return refuse("a number has at most 24 digits before and 12 after its point, no exponent")


def _integer(number: str, refuse: _Refuse) -> int | _Refused:
    return int(number) if len(number) <= _LONGEST_NUMBER else refuse("a number is too large")


def _refusals(value: object, place: str) -> Iterator[tuple[str, _Refused]]:
    if isinstance(value, _Refused):
        yield place, value
    for number, (key, item) in enumerate((as_object(value) or {}).items()):
        shown = key.isascii() and key.isidentifier() and len(key) <= _LONGEST_NUMBER
        yield from _refusals(item, f"{place}.{key}" if shown else f"{place}.(key {number})")
    for number, item in enumerate(as_list(value) or []):
        yield from _refusals(item, f"{place}[{number}]")
