"""
Points: whole numbers, so that findings always add up exactly.

A part of a criterion's points, because an answer is half true or has aged, is rounded once, to
whole points. For finer points, multiply all weights by ten.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from numbers import Real

from ..errors import InvalidValue, Text
from ..rules.truth import Truth

# Our own context, so that what the host does to its own cannot change a point.
_POWERS = Context(
    prec=28,
    rounding=ROUND_HALF_EVEN,
    Emin=-999_999,
    Emax=999_999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
_TICK = timedelta(microseconds=1)
_HALF = Decimal("0.5")
_NOTHING_LEFT = 64  # half-lives, after which the most points that there are round to none
MOST_POINTS = 1_000_000_000

_NO_SHARE = Text("no_share", "{field} is not a share", "True, False, None or a number from 0 to 1")


def share_of(answer: Truth | float | Fraction | Decimal) -> Fraction | None:
    """
    Read an answer as the share of the points that it earns: all, none, a part, or unknown.

    Raises `InvalidValue` for anything that is neither a truth nor a number from 0 to 1.

    >>> share_of(True), share_of(0.25), share_of(None)
    (Fraction(1, 1), Fraction(1, 4), None)
    """
    if answer is None:
        return None
    try:
        # As a float first: a Decimal such as 1E-999999 would cost seconds as an exact fraction.
        share = float(answer) if isinstance(answer, (Real, Decimal)) else -1.0
    except (OverflowError, ValueError):
        share = -1.0
    if 0 <= share <= 1:
        return Fraction(share)
    raise InvalidValue("answer", _NO_SHARE)


def whole_points(weight: int, share: Fraction | None) -> int:
    """
    Compute the points of a share, rounded once; of an unknown, the fewest that it may bring.

    >>> whole_points(30, Fraction(1, 2)), whole_points(30, None), whole_points(-30, None)
    (15, 0, -30)
    """
    return min(weight, 0) if share is None else round(weight * share)


def remaining(age: timedelta, half_life: timedelta) -> Fraction:
    """
    Compute what is left of points at an age: a half after one half-life, a quarter after two.

    >>> remaining(timedelta(days=60), half_life=timedelta(days=30))
    Fraction(1, 4)
    """
    lives = _POWERS.divide(Decimal(max(age // _TICK, 0)), Decimal(half_life // _TICK))
    if lives > _NOTHING_LEFT:
        return Fraction(0)
    return Fraction(_POWERS.power(_HALF, lives))
