"""
How plain values stand in a document: one row per type, which writes it, reads it and describes it.

A row knows nothing of where its value stands. What it cannot read it refuses with a place of its
own, such as ``[3]``, and the rows around it put theirs before that, only once something is wrong.
Numbers that are not whole, amounts, days and moments are texts: every JSON library keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

import attrs

from ..errors import InvalidDefinition, InvalidValue, Problem, Text, WrongKind
from .instants import instant
from .money import Money
from .numbers import exact_decimal
from .text import LINE_LIMIT, note_text

Write = Callable[[Any], Any]
Read = Callable[[Any, Any], Any]
"""Reads a piece of a document; beside it stands what was given from outside, such as guards."""

MOST_PROBLEMS = 20

_WIDE = {"integer_digits": 24, "fraction_digits": 12}
_LONGEST_WHOLE = 10**24
_LONGEST_DATE = 40
_MOST_SECONDS_DIGITS = 12

NOT_TEXT = Text("not_a_text", "must be a text")
NOT_LIST = Text("not_a_list", "must be a list")
NOT_OBJECT = Text("not_an_object", "must be an object")
_NOT_WHOLE = Text("not_a_whole_number", "must be a whole number")
_NOT_FLAG = Text("not_true_or_false", "must be true or false")
_NOT_MOMENT = Text(
    "moment_in_document", "must be a moment with its zone", "such as 2026-03-02T09:00:00+00:00"
)
_NOT_DAY = Text("day_in_document", "must be a day, or a moment with its zone", "such as 2026-06-30")
_NOT_SECONDS = Text("not_seconds", "must be a number of seconds, of at most {digits} digits")
_NOT_DIGITS = Text("digits_in_document", "must be written in the digits 0 to 9")
NOT_FACT = Text(
    "fact_in_document",
    "a value is true, false, a whole number, a text, or an object of one of four forms",
    '{{"money": "9.90", "currency": "EUR"}}, {{"decimal": "0.5"}}, {{"day": "2026-06-30"}} or '
    '{{"moment": "2026-03-02T09:00:00+00:00"}}',
)


@attrs.frozen
class Codec:
    """
    A row: how the values of one type are written as plain data, read back, and described.

    ``schema`` is the JSON Schema of what it writes, and of all that it reads.

    >>> TEXT.write("Novin"), TEXT.read("Novin", None)
    ('Novin', 'Novin')
    """

    write: Write
    read: Read
    schema: Mapping[str, Any] = attrs.field(factory=dict, repr=False)


def unreadable(problem: Problem) -> InvalidDefinition:
    """
    Make the error of a piece of a document that cannot be read; its place is told further up.

    >>> print(unreadable(NOT_TEXT.problem()))
    document: must be a text
    """
    return InvalidDefinition("document", (problem,))


def under(step: str, error: InvalidDefinition) -> list[Problem]:
    """
    Say the problems of a part again, from where the part stands, also if it is a whole document.

    >>> error = InvalidDefinition("", (NOT_TEXT.problem(where="[3]"),))
    >>> print(*under(".stages", error))
    .stages[3]: must be a text
    """
    return [
        attrs.evolve(problem, where=f"{step}{problem.where.removeprefix('$')}")
        for problem in error.problems
    ]


def problem_of(error: InvalidValue, *, where: str = "") -> Problem:
    """
    Say of a document what is wrong with a value in it.

    >>> print(problem_of(InvalidValue("amount", Text("odd", "{field} is odd")), where="$[2]"))
    $[2]: amount is odd
    """
    return Problem(error.text, {**error.params, "field": error.field}, where=where)


def _write_text(text: str) -> str:
    plain = str.__str__(text)
    return _read_text(plain, None)  # what could not be read again is not written


def _write_flag(flag: object) -> bool:
    return _read_flag(flag, None)


def _write_whole(number: object) -> int:
    return _read_whole(number, None)


def is_short_line(text: str) -> bool:
    """
    Tell whether a text is one of those that need no closer look, as most are.

    >>> is_short_line("Novin Tejarat")
    True
    """
    return len(text) <= LINE_LIMIT and text.isprintable()


def _read_text(data: object, _given: object) -> str:
    if type(data) is not str:
        raise unreadable(NOT_TEXT.problem())
    if not is_short_line(data):
        try:
            note_text(data, "text")
        except InvalidValue as error:
            raise unreadable(problem_of(error)) from None
    return data


def _read_flag(data: object, _given: object) -> bool:
    if type(data) is not bool:
        raise unreadable(_NOT_FLAG.problem())
    return data


def _read_whole(data: object, _given: object) -> int:
    if type(data) is not int or not -_LONGEST_WHOLE < data < _LONGEST_WHOLE:
        raise unreadable(_NOT_WHOLE.problem())
    return data


def _write_decimal(number: Decimal) -> str:
    return format(number, "f")


def _read_decimal(data: Any, _given: object) -> Decimal:  # noqa: ANN401 - any JSON
    if type(data) is str and not data.isascii():
        raise unreadable(_NOT_DIGITS.problem())
    try:  # a number that people wrote by hand is exact, too: our reader makes no floats
        return exact_decimal(data, "number", **_WIDE)
    except InvalidValue as error:
        raise unreadable(problem_of(error)) from None


def _write_moment(moment: datetime) -> str:
    return (moment if moment.tzinfo is UTC else instant(moment)).isoformat()


# Python reads weeks, commas and hours alone as well; other readers do not.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
    r"(?:[+-][0-9]{2}:[0-9]{2}|Z)"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MARKS, _ZONE = slice(4, 17, 3), slice(19, None)
_MOMENT_SCHEMA = {"type": "string", "pattern": f"^{_MOMENT.pattern}$"}
_DAY_SCHEMA = {"type": "string", "pattern": f"^{_DAY.pattern}$"}


def _read_moment(data: object, _given: object) -> datetime:
    if (
        type(data) is str
        and len(data) < _LONGEST_DATE
        and ((data[_MARKS] == "--T::" and data[_ZONE] == "+00:00") or _MOMENT.fullmatch(data))
    ):
        try:
            moment = datetime.fromisoformat(data)
            return moment if moment.tzinfo is UTC else instant(moment)
        except ValueError:  # no such day, or one that the calendar of UTC does not have
            pass
    raise unreadable(_NOT_MOMENT.problem())


def _write_day(day: date) -> str:
    return _write_moment(day) if isinstance(day, datetime) else day.isoformat()


def _read_day(data: object, given: object) -> date:
    if type(data) is str and len(data) == len("2026-06-30") and _DAY.fullmatch(data):
        try:
            return date.fromisoformat(data)
        except ValueError:
            pass
    elif type(data) is str and _MOMENT.fullmatch(data[:_LONGEST_DATE]):
        return _read_moment(data, given)
    raise unreadable(_NOT_DAY.problem())


def duration_to_data(duration: timedelta) -> int | str:
    """
    Write a duration as seconds; a fraction as a text, since a float is not exact.

    >>> duration_to_data(timedelta(days=1)), duration_to_data(timedelta(milliseconds=1500))
    (86400, '1.500000')
    """
    whole, rest = divmod(duration, timedelta(seconds=1))
    return f"{whole}.{rest.microseconds:06}" if rest else whole


def _read_duration(data: object, _given: object) -> timedelta:
    if type(data) is bool or (type(data) is str and not data.isascii()):
        raise unreadable(_NOT_SECONDS.problem(digits=_MOST_SECONDS_DIGITS))
    try:
        seconds = exact_decimal(
            cast("int", data), "seconds", integer_digits=_MOST_SECONDS_DIGITS, fraction_digits=6
        )
        count, parts = seconds.as_integer_ratio()
        return timedelta(microseconds=count * 1_000_000 // parts)
    except InvalidValue:
        raise unreadable(_NOT_SECONDS.problem(digits=_MOST_SECONDS_DIGITS)) from None


def _write_money(money: Money) -> dict[str, str]:
    return {"money": format(money.amount, "f"), "currency": money.currency}


def _read_money(data: object, _given: object) -> Money:
    if type(data) is not dict or set(data) != {"money", "currency"}:
        raise unreadable(NOT_FACT.problem())
    return cast("Money", _read_tagged(data))


def _money(money: str, currency: str) -> Money:
    return Money(money, currency)


# The values for which JSON has no word, each by the keys of its object.
_TAGGED: Mapping[frozenset[str], Callable[..., object]] = MappingProxyType(
    {
        frozenset({"money", "currency"}): _money,
        frozenset({"decimal"}): lambda decimal: exact_decimal(decimal, "number", **_WIDE),
        frozenset({"day"}): lambda day: _read_day(day[:11], None),
        frozenset({"moment"}): lambda moment: _read_moment(moment, None),
    }
)


def _read_tagged(data: dict[Any, Any]) -> object:
    read = _TAGGED.get(frozenset(data))
    if read is None or not all(type(part) is str for part in data.values()):
        raise unreadable(NOT_FACT.problem())
    if not all(part.isascii() for part in data.values()):
        raise unreadable(_NOT_DIGITS.problem())
    try:
        return read(**data)
    except InvalidValue as error:
        raise unreadable(problem_of(error)) from None


def fact_to_data(value: object) -> Any:  # noqa: ANN401, PLR0911 - any JSON, a return per kind
    """
    Write a value whose type is open, such as an answer, so that its type is not lost.

    >>> fact_to_data(Money("9.90", "EUR")), fact_to_data(date(2026, 6, 30)), fact_to_data(True)
    ({'money': '9.9', 'currency': 'EUR'}, {'day': '2026-06-30'}, True)
    """
    if value is None or type(value) is bool:
        return value
    if type(value) is int:
        return _write_whole(value)
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, Money):
        return _write_money(value)
    if isinstance(value, Decimal):
        return {"decimal": _write_decimal(value)}
    if isinstance(value, datetime):
        return {"moment": _write_moment(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise WrongKind.of("value", value, wanted="a yes or no, a number, a text, Money, a day")


def fact_from_data(data: object, _given: object = None) -> Any:  # noqa: ANN401 - of any kind
    """
    Read a value whose type is open.

    >>> fact_from_data({"decimal": "0.5"}), fact_from_data("0.5")
    (Decimal('0.5'), '0.5')
    """
    if type(data) is str:
        return _read_text(data, None)
    if type(data) is int:
        return _read_whole(data, None)
    if data is None or type(data) is bool:
        return data
    if type(data) is dict:
        return _read_tagged(data)
    raise unreadable(NOT_FACT.problem())


_TEXT_SCHEMA = {"type": "string"}
_WHOLE_SCHEMA = {"type": "integer"}
_DECIMAL_SCHEMA = {"type": "string", "pattern": r"^[+-]?[0-9]{1,60}(\.[0-9]{1,60})?$"}
_MONEY_SCHEMA = {
    "type": "object",
    "properties": {"money": _DECIMAL_SCHEMA, "currency": _TEXT_SCHEMA},
    "required": ["money", "currency"],
    "additionalProperties": False,
}


def _tagged_schema(tag: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {tag: schema},
        "required": [tag],
        "additionalProperties": False,
    }


_FACT_SCHEMA = {
    "anyOf": [
        {"type": ["string", "integer", "boolean", "null"]},
        _MONEY_SCHEMA,
        _tagged_schema("decimal", _DECIMAL_SCHEMA),
        _tagged_schema("day", _DAY_SCHEMA),
        _tagged_schema("moment", _MOMENT_SCHEMA),
    ]
}


TEXT = Codec(_write_text, _read_text, _TEXT_SCHEMA)
FLAG = Codec(_write_flag, _read_flag, {"type": "boolean"})
WHOLE = Codec(_write_whole, _read_whole, _WHOLE_SCHEMA)
DECIMAL = Codec(_write_decimal, _read_decimal, {"anyOf": [{"type": "number"}, _DECIMAL_SCHEMA]})
MOMENT = Codec(_write_moment, _read_moment, _MOMENT_SCHEMA)
DAY = Codec(_write_day, _read_day, {"anyOf": [_DAY_SCHEMA, _MOMENT_SCHEMA]})
DURATION = Codec(duration_to_data, _read_duration, {"anyOf": [{"type": "number"}, _DECIMAL_SCHEMA]})
MONEY = Codec(_write_money, _read_money, _MONEY_SCHEMA)
FACT = Codec(fact_to_data, fact_from_data, _FACT_SCHEMA)
