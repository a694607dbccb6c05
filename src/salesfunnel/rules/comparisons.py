"""
Comparing a fact with what a rule asks for; a fact of the wrong kind is unknown, never false.

Texts are compared by their match key, so ``"Téhéran"`` equals ``"TEHERAN"`` and a Persian name
equals itself in Arabic letters. A size bracket is compared by both its ends, and a float counts as
the decimal as which it is written. The words for yes and no that a file may use count as such.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, cast

from ..values.bucket import Bucket
from ..values.yes_no import read_yes_no
from .kinds import DAY, HUGE, NUMBER, YES_OR_NO, measure
from .text_key import text_key
from .truth import Truth, at_least_of, conjunction

FactTest = Callable[[Any, datetime], Truth]
"""Judges a fact that says something; ``at`` matters to the dates only."""

Compare = Callable[[Any, Any], bool]
"""Compares two plain values of one class, the fact and what it is compared with."""


class Shortcut(NamedTuple):
    """
    How the facts of exactly one class are judged by one call, without a closer look.

    >>> Shortcut(int, operator.le, 200).decide(40, 200)
    True
    """

    kind: type
    decide: Callable[[Any, Any], Truth]
    wanted: Any


class _NoFact:
    """The class of no fact at all."""


NO_SHORTCUT = Shortcut(_NoFact, operator.is_, None)


def sized(compare: Compare) -> Callable[[Any], FactTest]:
    """
    Make the comparison with one value: equal, above, below.

    >>> from datetime import UTC
    >>> at_most_200 = sized(operator.le)(200)
    >>> at_most_200(Bucket(51, 200), datetime(2026, 3, 2, tzinfo=UTC))
    True
    """

    def comparing_with(wanted: object) -> FactTest:
        kind, measured = measure(wanted)

        def compared(fact: Any, _at: datetime) -> Truth:  # noqa: ANN401 - facts may be anything
            if isinstance(fact, Bucket):
                return _bracket(compare, fact, measured) if kind == NUMBER else None
            if kind == DAY and isinstance(fact, datetime):
                fact = fact.date()
            elif kind == YES_OR_NO and isinstance(fact, str):
                fact = read_yes_no(fact)
            found, left = measure(fact)
            return None if left is None or found != kind else bool(compare(left, measured))

        return compared

    return comparing_with


equal: Callable[[object], FactTest] = sized(operator.eq)


def _bracket(compare: Compare, bucket: Bucket, wanted: int | Decimal) -> Truth:
    """Let a bracket decide when both its ends agree; an open end lies above every number."""
    high = HUGE if bucket.high is None else bucket.high
    low, high = compare(bucket.low, wanted), compare(high, wanted)
    if compare is operator.eq:
        is_inside = bucket.low <= wanted and (bucket.high is None or wanted <= bucket.high)
        if is_inside and wanted == int(wanted):  # no bracket holds half a person
            return True if low and high else None
        return False
    return low if low == high else None


def one_of(options: tuple[object, ...]) -> FactTest:
    """Make the comparison with several values, of which one must be equal."""
    tests = [equal(option) for option in options]
    return lambda fact, at: at_least_of(1, (test(fact, at) for test in tests))


def between(ends: tuple[object, object]) -> FactTest:
    """Make the comparison with a lowest and a highest value."""
    above, below = sized(operator.ge)(ends[0]), sized(operator.le)(ends[1])
    return lambda fact, at: conjunction((above(fact, at), below(fact, at)))


def affix(is_there: Callable[[str, str], bool]) -> Callable[[Any], FactTest]:
    """
    Make the comparison of a text with its beginning or its end, by their match keys.

    >>> from datetime import UTC
    >>> affix(str.startswith)("novin t")("Novin-Tejarat", datetime(2026, 3, 2, tzinfo=UTC))
    True
    """

    def comparing_with(wanted: str) -> FactTest:
        part = text_key(wanted) or ""

        def compared(fact: object, _at: datetime) -> Truth:
            key = text_key(fact) if isinstance(fact, str) else None
            return None if key is None else is_there(key, part)

        return compared

    return comparing_with


def contains(wanted: object) -> FactTest:
    """Make the comparison of a text with a part of it, or of a collection with an item."""
    equals = equal(wanted)
    part = text_key(wanted) if isinstance(wanted, str) else None

    def contained(fact: object, at: datetime) -> Truth:
        if isinstance(fact, (tuple, list, frozenset, set)):
            items = cast("Collection[object]", fact)
            return at_least_of(1, (equals(item, at) for item in items))
        key = text_key(fact) if isinstance(fact, str) else None
        return None if key is None or part is None else part in key

    return contained


def aged(fits: Callable[[timedelta, timedelta], bool]) -> Callable[[Any], FactTest]:
    """
    Make the comparison of the age of a moment, or of a day, with a number of days.

    >>> from datetime import UTC
    >>> older = aged(operator.gt)(30)
    >>> older(date(2026, 1, 1), datetime(2026, 3, 2, tzinfo=UTC))
    True
    """

    def comparing_with(days: int) -> FactTest:
        span = timedelta(days)

        def compared(fact: object, at: datetime) -> Truth:
            age = _age(fact, at)
            return None if age is None else fits(age, span)

        return compared

    return comparing_with


def _age(fact: object, at: datetime) -> timedelta | None:
    """Tell how long ago a moment was, or a day, which is counted in the time zone of ``at``."""
    if isinstance(fact, datetime):
        return None if fact.utcoffset() is None else at - fact
    return at.date() - fact if isinstance(fact, date) else None


def any_fact(_operand: None) -> FactTest:
    """Make the test whether anything is known: every fact that says something will do."""
    return lambda _fact, _at: True


_ORDERED = (int, date)


def size_shortcut(compare: Compare) -> Callable[[Any], Shortcut]:
    """
    Make the shortcut of numbers and days, which Python compares by itself.

    >>> size_shortcut(operator.le)(200).kind, size_shortcut(operator.le)("a").decide is operator.le
    (<class 'int'>, False)
    """

    def shortcut(wanted: Any) -> Shortcut:  # noqa: ANN401 - checked when the rule was made
        kind = _kind_of_all(wanted)
        return Shortcut(kind, compare, wanted) if kind in _ORDERED else NO_SHORTCUT

    return shortcut


def equal_shortcut(wanted: Any) -> Shortcut:  # noqa: ANN401 - checked when the rule was made
    """
    Make the shortcut of what equals a value, or one of several.

    >>> equal_shortcut("Yerevan").decide("YEREVAN", equal_shortcut("Yerevan").wanted)
    True
    """
    kind = _kind_of_all(wanted)
    if kind is str:
        options: tuple[str, ...] = wanted if isinstance(wanted, tuple) else (wanted,)
        return Shortcut(kind, _is_spelt, frozenset((*options, *map(text_key, options))))
    if kind not in _ORDERED:
        return NO_SHORTCUT
    return Shortcut(kind, _is_among if isinstance(wanted, tuple) else operator.eq, wanted)


def _kind_of_all(wanted: object) -> type:
    """Return the class of all values of an operand, if they are of one."""
    values: tuple[object, ...] = wanted if isinstance(wanted, tuple) else (wanted,)
    kinds = set(map(type, values))
    return kinds.pop() if len(kinds) == 1 else _NoFact


def _is_among(fact: object, options: tuple[object, ...]) -> bool:
    return fact in options


def _is_spelt(fact: str, spellings: frozenset[str | None]) -> Truth:
    if fact in spellings:
        return True
    key = text_key(fact)
    return None if key is None else key in spellings
