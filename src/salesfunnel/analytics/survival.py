"""Curves of time: how many have left, or won, by which time, while others are still under way."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

LengthT = TypeVar("LengthT", int, float)
_Lengths = Iterable[LengthT] | Mapping[LengthT, int]

# The critical value of an equal-precision band at 95%, over the middle nine tenths of a curve.
_BAND = 3.15


def kaplan_meier(
    left: _Lengths[LengthT], still: _Lengths[LengthT]
) -> Iterator[tuple[LengthT, float]]:
    """
    Give by each length the share that has not left, by Kaplan and Meier.

    Lengths of those who left, and of those who are still there, come one by one, or with how often
    each was measured.

    >>> [(n, round(share, 2)) for n, share in kaplan_meier([1, 3], [2])]
    [(1, 0.67), (3, 0.0)]
    """
    ended, watched = Counter(left), Counter(still)
    at_risk, remain = ended.total() + watched.total(), 1.0
    waiting = sorted(watched, reverse=True)
    for length in sorted(ended):
        while waiting and waiting[-1] < length:
            at_risk -= watched[waiting.pop()]
        remain *= 1 - ended[length] / at_risk
        yield length, remain
        at_risk -= ended[length]


def half_left(left: _Lengths[LengthT], still: _Lengths[LengthT]) -> LengthT | None:
    """
    Return the length by which half have left, by Kaplan and Meier; ``None`` if fewer ever have.

    >>> half_left([1, 2, 4], [3])
    2
    """
    halved = (length for length, share in kaplan_meier(left, still) if share <= 0.5 + 1e-12)
    return next(halved, None)


@attrs.frozen
class Span:
    """
    Behind which day and up to which one was watched, and how it ended: won, lost, or not yet.

    ``entered`` is -1 for one that was watched from its first day, day 0, on.
    """

    entered: int
    ended: int
    outcome: str = ""


@attrs.frozen
class Point:
    """The share that has won by a day, its standard error, and how many were at risk then."""

    day: int
    share: float
    error: float
    at_risk: int


def incidence(spans: Iterable[Span]) -> tuple[Point, ...]:
    """
    Give the share that has won by each day, by Aalen and Johansen; lost ones cannot win any more.

    One that was watched from a later day on is at risk only from then.

    >>> spans = [Span(-1, 0, "won"), Span(-1, 2, "lost"), Span(-1, 3)]
    >>> [round(point.share, 2) for point in incidence(spans)]
    [0.33, 0.33]
    """
    days = tuple(_days(spans))
    points: list[Point] = []
    share, remain = 0.0, 1.0
    steps: list[tuple[float, float, int, int, int]] = []
    for day, at_risk, won, lost in days:
        share += remain * won / at_risk
        steps.append((share, remain, at_risk, won, won + lost))
        remain *= 1 - (won + lost) / at_risk
        points.append(Point(day, share, 0.0, at_risk))
    return tuple(
        attrs.evolve(point, error=math.sqrt(max(_variance(steps[: n + 1]), 0.0)))
        for n, point in enumerate(points)
    )


def median_day(points: tuple[Point, ...]) -> tuple[int | None, tuple[int, int | None] | None]:
    """
    Return the day by which half of those who ever win have won, and the band around it.

    It begins on no day before the first win.
    """
    won = [point for point in points if point.share]
    if not won:
        return None, None
    half, spread = won[-1].share / 2, won[-1].error / 2
    median = next(point.day for point in points if point.share >= half - 1e-12)
    inside = [
        point.day
        for point in won
        if abs(point.share - half) <= _BAND * math.hypot(point.error, spread)
    ]
    last = max([median, *inside])
    return median, (min([median, *inside]), None if last == points[-1].day else last)


def _variance(steps: list[tuple[float, float, int, int, int]]) -> float:
    """Estimate the variance of the last share by the delta method."""
    now, total = steps[-1][0], 0.0
    for share, remain, at_risk, won, ended in steps:
        further = now - share
        if at_risk > ended:
            total += further**2 * ended / (at_risk * (at_risk - ended))
        total += remain**2 * won * (at_risk - won) / at_risk**3
        total -= 2 * further * remain * won / at_risk**2
    return total


def _days(spans: Iterable[Span]) -> Iterator[tuple[int, int, int, int]]:
    """Go through the days on which something ended: how many were at risk, won and lost."""
    begun: Counter[int] = Counter()
    ended: Counter[tuple[int, str]] = Counter()
    for span in spans:
        # What ended on the day on which it began to be watched was watched on that day.
        begun[min(span.entered, span.ended - 1)] += 1
        ended[span.ended, span.outcome] += 1
    at_risk = 0
    waiting = sorted(begun, reverse=True)
    for day in sorted({day for day, _ in ended}):
        while waiting and waiting[-1] < day:
            at_risk += begun[waiting.pop()]
        won, lost = ended[day, "won"], ended[day, "lost"]
        if won or lost:
            yield day, at_risk, won, lost
        at_risk -= won + lost + ended[day, ""]
