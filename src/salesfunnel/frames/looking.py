"""A first look at a stage history: which rows have no place, and from when to when the rest is."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

from ..errors import InvalidValue, Problem, Text
from ..values.calendar import Calendar, Every, Period
from .engine import narwhals
from .history_columns import HistoryColumns, collected
from .known_rows import EPOCH, KnownRows

_NAMELESS = Text(
    "history_rows_left_out",
    "{count} rows lack an entity, a stage, an instant or a place in the order, and are left out",
)
_TOO_MANY = Text(
    "too_many_periods",
    "{field}: from {since} to {until} there are too many periods of a {every}",
    "look whether the dates are right, or ask for longer periods",
)
_MOST_PERIODS = 2_000
_SHORTEST = {Every.WEEK: 7, Every.MONTH: 28, Every.QUARTER: 89, Every.YEAR: 353}


@attrs.frozen
class Look:
    """The first and the last moment known by then, if there is any."""

    first: datetime | None
    last: datetime | None

    @classmethod
    def at(cls, rows: KnownRows) -> Look:
        """Ask for both."""
        nw = narwhals()
        moment = nw.col("moment")
        asked = {"first": moment.min(), "last": moment.max(), "rows": nw.len()}
        found = collected(rows.frame.select(**asked))
        if not found["rows"].to_list()[0]:
            return cls(None, None)
        first, last = (int(found[name].to_list()[0]) for name in ("first", "last"))
        return cls(EPOCH + timedelta(microseconds=first), EPOCH + timedelta(microseconds=last))

    def periods(self, calendar: Calendar, every: Every) -> tuple[Period, ...]:
        """
        List the periods from the first moment to the last.

        Raises `InvalidValue` for more than there can be, as where a year was mistyped.
        """
        if self.first is None or self.last is None:
            return ()
        days = (self.last - self.first).days
        if days > _MOST_PERIODS * _SHORTEST[every]:
            params = {"since": self.first.date(), "until": self.last.date(), "every": every.value}
            raise InvalidValue("at", _TOO_MANY, params)
        return calendar.periods(self.first, self.last, every)


def left_out(columns: HistoryColumns) -> tuple[Problem, ...]:
    """Say how many rows cannot be placed."""
    nw = narwhals()
    gone = nw.when(columns.there).then(nw.lit(0)).otherwise(nw.lit(1))
    found = collected(columns.frame.select(gone=gone).select(nw.col("gone").sum()))
    count = int(found["gone"].to_list()[0] or 0)
    return (_NAMELESS.problem(is_error=False, count=count),) if count else ()
