"""
Comparing a fact with what a rule asks for; a fact of the wrong kind is unknown, never false.

Texts are compared by their match key, so ``"Téhéran"`` equals ``"TEHERAN"`` and a Persian name
equals itself in Arabic letters. A size bracket is compared by both its ends.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ..values.bucket import Bucket
from ..values.money import Money
from ..values.text import fold
from .truth import Truth, at_least_of, conjunction

Comparison = Callable[[Any, Any], Truth]


def equal(fact: object, wanted: object) -> Truth:
    """Tell whether a fact equals what is wanted; unknown when the two cannot be compared."""
    if isinstance(fact, Bucket):
        return _bucket_equal(fact, wanted)
    pair = _comparable(fact, wanted)
    return None if pair is None else bool(pair[0] == pair[1])


def ordered(compare: Comparison, *, upwards: bool) -> Comparison:
    """Make a comparison by size; a bracket decides when both its ends agree."""

    def compared(fact: object, wanted: object) -> Truth:
        if isinstance(fact, Bucket):
            return _bucket_ordered(compare, fact, wanted, upwards=upwards)
        pair = _comparable(fact, wanted)
        return None if pair is None or isinstance(pair[0], bool) else bool(compare(*pair))

    return compared


def one_of(fact: object, options: tuple[object, ...]) -> Truth:
    """Tell whether a fact equals one of several values."""
    return at_least_of(1, (equal(fact, option) for option in options))


def between(fact: object, ends: tuple[object, object]) -> Truth:
    """Tell whether a fact lies between two values, both included."""
    return conjunction((COMPARISONS["ge"](fact, ends[0]), COMPARISONS["le"](fact, ends[1])))


def starts_with(fact: object, wanted: str) -> Truth:
    """Tell whether a text begins with another, both by their match keys."""
    return fold(fact).startswith(fold(wanted)) if isinstance(fact, str) else None


def contains(fact: object, wanted: object) -> Truth:
    """Tell whether a text contains another, or a collection contains an equal item."""
    if isinstance(fact, str):
        return fold(wanted) in fold(fact) if isinstance(wanted, str) else None
    if isinstance(fact, (tuple, list, frozenset, set)):
        return any(equal(item, wanted) is True for item in fact)
    return None


def _comparable(fact: Any, wanted: Any) -> tuple[Any, Any] | None:  # noqa: ANN401 - facts may be anything
    """Return both sides in a form that can be compared, or nothing if they are of two kinds."""
    if isinstance(fact, datetime) and not isinstance(wanted, datetime):
        fact = fact.date()
    kind = _kind(fact)
    if kind is None or kind != _kind(wanted):
        return None
    if isinstance(fact, Money):
        return fact.amount, wanted.amount
    return (fold(fact), fold(wanted)) if isinstance(fact, str) else (fact, wanted)


def _kind(value: object) -> object:
    """Tell what kind of fact a value is; only facts of one kind can be compared."""
    if isinstance(value, Money):
        return value.currency
    families = (bool, (int, float, Decimal), str, datetime, date)
    return next((family for family in families if isinstance(value, family)), None)


def _bucket_ordered(compare: Comparison, bucket: Bucket, wanted: object, *, upwards: bool) -> Truth:
    """A bracket decides when both its ends agree; an open end lies above every number."""
    if isinstance(wanted, bool) or not isinstance(wanted, (int, Decimal)):
        return None
    low = compare(bucket.low, wanted)
    high = upwards if bucket.high is None else compare(bucket.high, wanted)
    return low if low == high else None


def _bucket_equal(bucket: Bucket, wanted: object) -> Truth:
    """A bracket equals a number only when it holds that number alone; outside it, it differs."""
    if isinstance(wanted, Bucket):
        return bucket == wanted
    below = _bucket_ordered(operator.lt, bucket, wanted, upwards=False)
    above = _bucket_ordered(operator.gt, bucket, wanted, upwards=True)
    if below is None and above is None:
        return None
    if below or above:
        return False
    return True if bucket.low == bucket.high else None


COMPARISONS: Mapping[str, Comparison] = MappingProxyType(
    {
        "eq": equal,
        "lt": ordered(operator.lt, upwards=False),
        "le": ordered(operator.le, upwards=False),
        "gt": ordered(operator.gt, upwards=True),
        "ge": ordered(operator.ge, upwards=True),
        "one_of": one_of,
        "between": between,
        "starts_with": starts_with,
        "contains": contains,
    }
)
"""Each comparison that a rule may use, by name; there are no others."""
