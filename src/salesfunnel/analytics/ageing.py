"""Ageing: how old the open deals are, and what they are worth."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..values.money import Money
from .total import RunningTotal, Total

_NOT_RISING = Text("ages_not_rising", "{field} are not days that rise", "such as (30, 60, 90)")


@attrs.frozen
class AgeSpan:
    """
    Days from one to another, both included; ``None`` at its end for all beyond, twice for unknown.

    >>> print(AgeSpan(31, 60))
    31 to 60 days
    """

    since: int | None
    until: int | None

    def __str__(self) -> str:
        """Say the days."""
        if self.since is None:
            return "not known"
        if self.until is None:
            return f"{self.since:,} days or more"
        return f"{self.since:,} to {self.until:,} days"


@attrs.frozen(kw_only=True)
class AgeCount:
    """
    The open deals of an age, in days from one to another, both included.

    ``until`` is ``None`` for the oldest, and ``since`` as well for those of which it is not known
    when they were opened.

    >>> print(AgeCount(since=31, until=60, total=Total(2)))
    31 to 60 days 2
    """

    since: int | None
    until: int | None
    total: Total

    @property
    def span(self) -> AgeSpan:
        """The ages, without what was counted."""
        return AgeSpan(self.since, self.until)

    @property
    def label(self) -> str:
        """Say the ages."""
        return str(self.span)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> AgeCount(since=None, until=None, total=Total(2)).as_data()["label"]
        'not known'
        """
        return {
            "label": self.label,
            "since": self.since,
            "until": self.until,
            **self.total.as_data(),
        }

    def __str__(self) -> str:
        """Say the ages, how many, and how much."""
        return f"{self.label} {self.total.said('')}"


def rising_days(days: Iterable[int]) -> tuple[int, ...]:
    """
    Let in the last day of each age but the oldest.

    >>> rising_days([60, 30])
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: ages are not days that rise; allowed: such as (30, 60, 90)
    """
    if isinstance(days, (str, type)) or not isinstance(days, Iterable):
        raise WrongKind.of("ages", days, wanted="several days, such as (30, 60, 90)")
    found = tuple(days)
    if any(type(day) is not int or day < 0 for day in found) or list(found) != sorted({*found}):
        raise InvalidValue("ages", _NOT_RISING)
    return found


class AgeTally:
    """The running counts of ages."""

    ages: tuple[int, ...]
    sums: list[RunningTotal]
    unknown: RunningTotal

    def __init__(self, ages: tuple[int, ...]) -> None:
        """Begin without any."""
        self.ages = ages
        self.sums = [RunningTotal() for _ in range(len(ages) + 1)]
        self.unknown = RunningTotal()

    def count(self, age: int | None, worth: Money | None) -> None:
        """Count one open deal; one that will be opened tomorrow somewhere is of today."""
        place = None if age is None else bisect_left(self.ages, max(age, 0))
        (self.unknown if place is None else self.sums[place]).add(worth)

    def ageing(self) -> tuple[AgeCount, ...]:
        """Return the counts from the youngest to the oldest; none where none is open."""
        first = [0, *(age + 1 for age in self.ages)]
        last = [*self.ages, None]
        found = [
            AgeCount(since=since, until=until, total=sums.total())
            for since, until, sums in zip(first, last, self.sums, strict=True)
        ]
        if self.unknown.count:
            found.append(AgeCount(since=None, until=None, total=self.unknown.total()))
        return tuple(found) if any(age.total.count for age in found) else ()
