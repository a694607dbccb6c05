"""
What a rule may compare a fact with, and how much of it: checked when the rule is made.

Operands are plain values of exact classes, so that a rule is equal to, hashes like, and reads like
what comes back from its JSON. Sizes are limited, since definitions may come from strangers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from ..errors import InvalidDefinition, InvalidValue
from ..values.instants import day, instant
from ..values.money import Money
from ..values.numbers import exact_decimal
from ..values.text import plain_text
from .comparisons import measure
from .texts import text_key

Plain = bool | int | Decimal | str | date | Money
Operand = Plain | tuple[Plain, ...] | None

MOST_OPTIONS = 1_000
MOST_DAYS = 36_500

ORDERS = frozenset({"lt", "le", "gt", "ge"})
AGES = frozenset({"within", "older_than", "due_within"})


def checked_operand(op: str, operand: object) -> Operand:
    """
    Return what a comparison compares with, as a plain value; `InvalidDefinition` if it cannot.

    >>> checked_operand("le", 200)
    200
    >>> checked_operand("within", "a month")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: rule: a number of days is a whole number from 0 to 36500
    """
    if op in ("one_of", "between"):
        return _several(op, operand)
    if op in AGES:
        if type(operand) is not int or not 0 <= operand <= MOST_DAYS:
            raise _invalid(f"a number of days is a whole number from 0 to {MOST_DAYS}")
        return operand
    value = _plain(operand)
    if op == "starts_with" and not isinstance(value, str):
        raise _invalid("a beginning is a text")
    if op in ORDERS:
        _check_has_size(value)
    return value


def _several(op: str, operand: object) -> tuple[Plain, ...]:
    several = isinstance(operand, (tuple, list))
    if not several or not 1 <= len(cast("Sequence[object]", operand)) <= MOST_OPTIONS:
        raise _invalid(f"{op} takes 1 to {MOST_OPTIONS} values")
    values = tuple(map(_plain, cast("Sequence[object]", operand)))
    if op == "one_of":
        return values
    if len(values) != len(("low", "high")):
        raise _invalid("between takes two values")
    for value in values:
        _check_has_size(value)
    (low_kind, low), (high_kind, high) = map(measure, values)
    if low_kind != high_kind:
        raise _invalid("between takes two values of one kind")
    if low > high:
        raise _invalid("between takes the lower value first")
    return values


def _check_has_size(value: Plain) -> None:
    if isinstance(value, (bool, str)):
        raise _invalid("only numbers, amounts and dates lie above or below; use is_ or one_of")


def _plain(value: object) -> Plain:
    """Turn a value of any host's class into one of the few plain ones."""
    try:
        if isinstance(value, bool):
            return value
        if isinstance(value, (int, Decimal)):
            number = exact_decimal(value, "a number", integer_digits=24, fraction_digits=12)
            return int(number) if number == int(number) else number
        if isinstance(value, float):
            raise _invalid("a float is not exact; write Decimal('0.1') or an int")
        if isinstance(value, str):
            text = plain_text(str.__str__(value), "a text")
            if text_key(text) is None:
                raise _invalid("a text must show something")
            return text
        if isinstance(value, datetime):
            return instant(value, what="a moment")
        if isinstance(value, date):
            return day(value, what="a day")
    except InvalidValue as error:
        raise _invalid(str(error)) from None
    if type(value) is Money:
        return value
    raise _invalid("a fact is compared with True, False, a number, a text, a date or Money")


def in_words(operand: Operand) -> Iterator[str]:
    """Say each value of an operand."""
    for value in operand if isinstance(operand, tuple) else (operand,):
        yield str(value)


def _invalid(problem: str) -> InvalidDefinition:
    return InvalidDefinition("rule", (problem,))
