"""The option ``--show``: what else of the deals is printed, as their page has it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

from ..analytics.cohorts import Cohorts, cohorts
from ..analytics.forecast import Forecast, forecast
from ..analytics.funnel import Funnel, funnel
from ..analytics.movement import Movement, movement
from ..errors import InvalidValue, Text
from ..opportunities.opportunity import Opportunity
from ..pictures.figure_text import text_of
from ..pictures.language import Language
from ..values.calendar import Calendar, CalendarKind, Period
from ..values.converters import choice
from ..values.rates import Rates

Shown: TypeAlias = "Funnel | Forecast | Cohorts | Movement"
_NO_BEGINNING = Text(
    "movement_without_beginning",
    "{field} movement leads from one day to another, and the first is not given",
    "--from 2026-03-01, and --to for another day than today",
)


class Show(StrEnum):
    """What can be asked for; all of it is what can be told without a first day, or with one."""

    FUNNEL = "funnel"
    FORECAST = "forecast"
    COHORTS = "cohorts"
    MOVEMENT = "movement"
    ALL = "all"


@attrs.frozen
class Asked:
    """What is asked of the deals: as of when, in which days, over which period, at which rates."""

    at: datetime
    calendar: Calendar
    period: Period | None = None
    rates: Rates | None = None

    def funnel(self, deals: Sequence[Opportunity]) -> Funnel:
        """Count how far the deals came."""
        return funnel(deals, at=self.at, calendar=self.calendar)

    def forecast(self, deals: Sequence[Opportunity]) -> Forecast:
        """Tell what is expected of them."""
        return forecast(deals, at=self.at, calendar=self.calendar, rates=self.rates)

    def cohorts(self, deals: Sequence[Opportunity]) -> Cohorts:
        """Tell how many of each month got there in time."""
        return cohorts(deals, at=self.at, calendar=self.calendar)

    def movement(self, deals: Sequence[Opportunity]) -> Movement:
        """Tell how the open deals of the first day became those of the last."""
        since, until = (self.period.begins, self.period.ends) if self.period else (self.at, self.at)
        until = min(until, self.at)
        return movement(deals, since=since, until=until, calendar=self.calendar, rates=self.rates)


_SHOWS: Mapping[Show, Callable[[Asked, Sequence[Opportunity]], Shown]] = MappingProxyType(
    {
        Show.FUNNEL: Asked.funnel,
        Show.FORECAST: Asked.forecast,
        Show.COHORTS: Asked.cohorts,
        Show.MOVEMENT: Asked.movement,
    }
)


def given_shows(options: argparse.Namespace) -> tuple[Show, ...]:
    """
    Read what else a command was asked to print.

    >>> [*map(str, given_shows(argparse.Namespace(show=["all"], since=None)))]
    ['funnel', 'forecast', 'cohorts']
    """
    named = {choice(Show, one, "--show") for one in options.show or ()}
    if Show.MOVEMENT in named and not options.since:
        raise InvalidValue("--show", _NO_BEGINNING)
    if Show.ALL in named:
        named.update(one for one in _SHOWS if one is not Show.MOVEMENT or options.since)
    return tuple(one for one in _SHOWS if one in named)


def worked_out(
    shows: Iterable[Show], deals: Sequence[Opportunity], asked: Asked
) -> dict[str, Shown]:
    """
    Work out what else of the deals is printed.

    >>> from datetime import UTC
    >>> asked = Asked(datetime(2026, 3, 2, tzinfo=UTC), Calendar())
    >>> print(worked_out([Show.MOVEMENT], [], asked)["movement"].closing)
    0
    """
    return {name.value: _SHOWS[name](asked, deals) for name in shows}


def shown_as_data(shown: Mapping[str, Shown]) -> dict[str, Any]:
    """
    Give it for JSON, if anything was asked for.

    >>> shown_as_data({})
    {}
    """
    return {"shown": {name: one.as_data() for name, one in shown.items()}} if shown else {}


def shown_as_text(
    shown: Mapping[str, Shown], language: Language, *, calendar: CalendarKind
) -> Iterator[str]:
    """
    Print it for people, each below its name.

    >>> list(shown_as_text({}, Language.ENGLISH, calendar=CalendarKind.GREGORIAN))
    []
    """
    for name, one in shown.items():
        yield f"{name} of the deals"
        yield (text_of(one, language, calendar=calendar) if isinstance(one, Funnel) else str(one))
