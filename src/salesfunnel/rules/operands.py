"""
What a rule may compare a fact with, and how much of it: checked when the rule is made.

Operands are plain values of exact classes, so that a rule is equal to, hashes like, and reads like
what comes back from its JSON. Sizes are limited, since definitions may come from strangers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from ..errors import InvalidDefinition, InvalidValue, Problem, Text
from ..values.codecs import problem_of
from ..values.instants import day, instant
from ..values.money import Money
from ..values.numbers import exact_decimal
from ..values.text import plain_text
from .kinds import measure
from .text_key import text_key

Plain = bool | int | Decimal | str | date | Money
Operand = Plain | tuple[Plain, ...] | None

MOST_OPTIONS = 1_000
MOST_DAYS = 36_500

_DAYS = Text("days_of_rule", "a number of days is a whole number from 0 to {most}")
_FLOAT = Text("float_of_rule", "a float is not exact", "write Decimal('0.1') or an int")
_BLANK = Text("blank_of_rule", "a text to compare with must show something")
_VALUE = Text(
    "value_of_rule",
    "a fact is compared with True, False, a number, a text, a date or Money",
)
_NOTHING = Text("no_operand", "{operator} compares with nothing")
_AFFIX = Text("text_operand", "{operator} takes a text")
_SEVERAL = Text("several_operands", "{operator} takes 1 to {most} values")
_TWO = Text("two_operands", "{operator} takes two values, the lower one first")
_TWO_KINDS = Text("operands_of_two_kinds", "{operator} takes two values of one kind")
_NO_SIZE = Text(
    "operand_without_size",
    "only numbers, amounts and dates lie above or below",
    "use is_ or one_of",
)


def no_operand(operator: str, operand: object) -> None:
    """Refuse any operand: the comparison has none."""
    if operand is not None:
        raise refused(_NOTHING.problem(operator=operator))


def one_value(_operator: str, operand: object) -> Plain:
    """
    Turn a value of any class of a host into one of the few plain ones.

    >>> one_value("eq", Decimal("200.0"))
    200
    """
    try:
        if isinstance(operand, bool):
            return operand
        if isinstance(operand, (int, Decimal)):
            number = exact_decimal(operand, "a number", integer_digits=24, fraction_digits=12)
            return int(number) if number == int(number) else number
        if isinstance(operand, float):
            raise refused(_FLOAT.problem())
        if isinstance(operand, str):
            text = plain_text(str.__str__(operand), "a text")
            if text_key(text) is None:
                raise refused(_BLANK.problem())
            return text
        if isinstance(operand, datetime):
            return instant(operand, what="a moment")
        if isinstance(operand, date):
            return day(operand, what="a day")
    except InvalidValue as error:
        raise refused(problem_of(error)) from None
    if type(operand) is Money:
        return operand
    raise refused(_VALUE.problem())


def sized_value(operator: str, operand: object) -> Plain:
    """
    Take a value that others can lie above or below: a number, an amount or a date.

    >>> sized_value("le", "M")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: rule: only numbers, amounts and dates lie above...
    """
    sized = one_value(operator, operand)
    if isinstance(sized, (bool, str)):
        raise refused(_NO_SIZE.problem())
    return sized


def shown_text(operator: str, operand: object) -> str:
    """Take a text that shows something."""
    shown = one_value(operator, operand)
    if not isinstance(shown, str):
        raise refused(_AFFIX.problem(operator=operator))
    return shown


def some_values(operator: str, operand: object) -> tuple[Plain, ...]:
    """
    Take one value or several.

    >>> some_values("one_of", ["IR", "AM"])
    ('IR', 'AM')
    """
    several = isinstance(operand, (tuple, list))
    if not several or not 1 <= len(cast("Sequence[object]", operand)) <= MOST_OPTIONS:
        raise refused(_SEVERAL.problem(operator=operator, most=MOST_OPTIONS))
    return tuple([one_value(operator, each) for each in cast("Sequence[object]", operand)])


def two_ends(operator: str, operand: object) -> tuple[Plain, Plain]:
    """
    Take a lowest and a highest value of one kind.

    >>> two_ends("between", (51, 200))
    (51, 200)
    """
    both = some_values(operator, operand)
    if len(both) != len(("low", "high")):
        raise refused(_TWO.problem(operator=operator))
    low, high = (sized_value(operator, end) for end in both)
    (low_kind, lowest), (high_kind, highest) = measure(low), measure(high)
    if low_kind != high_kind:
        raise refused(_TWO_KINDS.problem(operator=operator))
    if lowest > highest:
        raise refused(_TWO.problem(operator=operator))
    return low, high


def day_count(_operator: str, operand: object) -> int:
    """
    Take a number of days.

    >>> day_count("within", "a month")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: rule: a number of days is a whole number from 0 to 36500
    """
    if type(operand) is not int or not 0 <= operand <= MOST_DAYS:
        raise refused(_DAYS.problem(most=MOST_DAYS))
    return operand


def refused(*problems: Problem) -> InvalidDefinition:
    """
    Make the error of a rule that cannot be.

    >>> print(refused(Text("odd", "it is odd").problem()))
    rule: it is odd
    """
    return InvalidDefinition("rule", problems)
