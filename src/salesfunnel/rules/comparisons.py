"""
Comparing a fact with what a rule asks for; a fact of the wrong kind is unknown, never false.

Texts are compared by their match key, so ``"Téhéran"`` equals ``"TEHERAN"`` and a Persian name
equals itself in Arabic letters. A size bracket is compared by both its ends, and a float counts as
the decimal as which it is written.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

from ..values.bucket import Bucket
from ..values.money import Money
from .texts import text_key
from .truth import Truth, at_least_of, conjunction

Comparison = Callable[[Any, datetime], Truth]
"""Judges a fact that says something; ``at`` matters to the dates only."""

# No operand is so large. Comparing an integer of a million digits with a Decimal costs seconds.
_HUGE = 10**30

# Two values of one of these classes are compared as they stand.
_PLAIN = frozenset({bool, int, date})

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"eq": operator.eq, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge}
)


def comparison(op: str, operand: Any) -> Comparison:  # noqa: ANN401 - checked when the rule was made
    """Make the comparison of an operator and an operand; the operand is prepared once."""
    if op in _OPERATORS:
        return _compared(_OPERATORS[op], operand)
    return _MAKERS[op](operand)


def measure(value: Any) -> tuple[str, Any]:  # noqa: ANN401, PLR0911 - a return per kind of fact
    """Return the kind of a value and its measure; only values of one kind can be compared."""
    if isinstance(value, bool):
        return "yes or no", value
    if isinstance(value, (int, float, Decimal)):
        return "number", _number(value)
    if isinstance(value, str):
        return "text", text_key(value)
    if isinstance(value, datetime):
        # Without a time zone nobody can say when it was.
        return "moment", None if value.utcoffset() is None else value.astimezone(UTC)
    if isinstance(value, date):
        return "day", value
    if isinstance(value, Money):
        return value.currency, value.amount
    # A whole number of another library.
    return ("number", _number(value)) if hasattr(value, "__index__") else ("", None)


def _number(value: Any) -> int | Decimal | None:  # noqa: ANN401 - any kind of number
    if isinstance(value, float):
        value = Decimal(float.__repr__(value))
    if isinstance(value, Decimal):
        return Decimal(value) if value.is_finite() else None
    return max(-_HUGE, min(operator.index(value), _HUGE))


def _compared(compare: Callable[[Any, Any], bool], wanted: object) -> Comparison:
    kind, measured = measure(wanted)
    same = type(wanted) if type(wanted) in _PLAIN else None

    def compared(fact: Any, _at: datetime) -> Truth:  # noqa: ANN401 - facts may be anything
        if type(fact) is same:
            return compare(fact, wanted)
        if isinstance(fact, Bucket):
            return _bracket(compare, fact, measured) if kind == "number" else None
        if kind == "day" and isinstance(fact, datetime):
            fact = fact.date()
        found, left = measure(fact)
        return None if left is None or found != kind else bool(compare(left, measured))

    return compared


def _bracket(compare: Callable[[Any, Any], bool], bucket: Bucket, wanted: Any) -> Truth:  # noqa: ANN401 - any kind of number
    """Let a bracket decide when both its ends agree; an open end lies above every number."""
    high = _HUGE if bucket.high is None else bucket.high
    low, high = compare(bucket.low, wanted), compare(high, wanted)
    if compare is operator.eq:
        if bucket.low <= wanted and (bucket.high is None or wanted <= bucket.high):
            return True if low and high else None
        return False
    return low if low == high else None


def _one_of(options: tuple[object, ...]) -> Comparison:
    tests = [_compared(operator.eq, option) for option in options]
    return lambda fact, at: at_least_of(1, (test(fact, at) for test in tests))


def _between(ends: tuple[object, object]) -> Comparison:
    above, below = _compared(operator.ge, ends[0]), _compared(operator.le, ends[1])
    return lambda fact, at: conjunction((above(fact, at), below(fact, at)))


def _starts_with(wanted: str) -> Comparison:
    prefix = text_key(wanted) or ""

    def starts_with(fact: object, _at: datetime) -> Truth:
        key = text_key(fact) if isinstance(fact, str) else None
        return None if key is None else key.startswith(prefix)

    return starts_with


def _contains(wanted: object) -> Comparison:
    equals = _compared(operator.eq, wanted)
    part = text_key(wanted) if isinstance(wanted, str) else None

    def contains(fact: object, at: datetime) -> Truth:
        if isinstance(fact, (tuple, list, frozenset, set)):
            items = cast("Collection[object]", fact)
            return at_least_of(1, (equals(item, at) for item in items))
        key = text_key(fact) if isinstance(fact, str) else None
        return None if key is None or part is None else part in key

    return contains


def _age(fact: object, at: datetime) -> timedelta | None:
    """Tell how long ago a moment was, or a day, which is counted in the time zone of ``at``."""
    if isinstance(fact, datetime):
        return None if fact.utcoffset() is None else at - fact
    return at.date() - fact if isinstance(fact, date) else None


def _within(days: int) -> Comparison:
    def within(fact: object, at: datetime) -> Truth:
        age = _age(fact, at)
        return None if age is None else timedelta(0) <= age <= timedelta(days)

    return within


def _older_than(days: int) -> Comparison:
    def older(fact: object, at: datetime) -> Truth:
        age = _age(fact, at)
        return None if age is None else age > timedelta(days)

    return older


def _due_within(days: int) -> Comparison:
    def due(fact: object, at: datetime) -> Truth:
        age = _age(fact, at)
        return None if age is None else timedelta(0) <= -age <= timedelta(days)

    return due


_MAKERS: Mapping[str, Callable[[Any], Comparison]] = MappingProxyType(
    {
        "one_of": _one_of,
        "between": _between,
        "starts_with": _starts_with,
        "contains": _contains,
        "within": _within,
        "older_than": _older_than,
        "due_within": _due_within,
    }
)
"""Together with the five operators, each comparison that a rule may use; there are no others."""
