"""The kinds of facts, such as numbers, texts and days: only facts of one kind can be compared."""

from __future__ import annotations

import operator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ..values.bucket import Bucket
from ..values.money import Money
from ..values.scalars import plain_scalar
from .text_key import text_key

YES_OR_NO = "yes or no"
NUMBER = "a number"
TEXT = "a text"
MOMENT = "a moment"
DAY = "a day"
COLLECTION = "a list"
OTHER = "something else"

NO_ZONE = "a moment without a time zone"

# No operand is so large. Comparing an integer of a million digits with a Decimal costs seconds.
HUGE = 10**30


def measure(value: Any) -> tuple[str, Any]:  # noqa: ANN401, PLR0911 - a return per kind of fact
    """
    Return the kind of a value and its measure; only values of one kind can be compared.

    The measure is ``None`` for what cannot be compared at all.

    >>> measure("TÉHÉRAN"), measure(0.1)
    (('a text', 'teheran'), ('a number', Decimal('0.1')))
    """
    if isinstance(value, bool):
        return YES_OR_NO, value
    if isinstance(value, (int, float, Decimal)):
        return NUMBER, _size(value)
    if isinstance(value, str):
        return TEXT, text_key(value)
    if isinstance(value, datetime):
        # Without a time zone it could have been at any hour of two days.
        return MOMENT, None if value.utcoffset() is None else value.astimezone(UTC)
    if isinstance(value, date):
        return DAY, value
    if isinstance(value, Money):
        return money_in(value.currency), value.amount
    plain = plain_scalar(value)
    if plain is not value:
        return measure(plain)
    # A whole number of another library.
    return (NUMBER, _size(value)) if hasattr(value, "__index__") else (OTHER, None)


def kind_of(fact: object) -> str:
    """
    Name the kind of a fact, also of one that cannot be compared.

    >>> from salesfunnel.values import Bucket
    >>> kind_of(Bucket(51, 200)), kind_of(["IR", "AM"])
    ('a number', 'a list')
    """
    if isinstance(fact, Bucket):
        return NUMBER
    if isinstance(fact, (tuple, list, frozenset, set)):
        return COLLECTION
    try:
        kind, measured = measure(fact)
    except Exception:  # noqa: BLE001 - an object of a host may raise anything, a time zone too
        return OTHER
    return NO_ZONE if kind == MOMENT and measured is None else kind


def money_in(currency: str) -> str:
    """
    Name the kind of the amounts in one currency, which cannot be compared with those in another.

    >>> money_in("EUR")
    'an amount in EUR'
    """
    return f"an amount in {currency}"


def _size(value: Any) -> int | Decimal | None:  # noqa: ANN401 - any kind of number
    if isinstance(value, float):
        value = Decimal(float.__repr__(value))
    if isinstance(value, Decimal):
        return Decimal(value) if value.is_finite() else None
    return max(-HUGE, min(operator.index(value), HUGE))
