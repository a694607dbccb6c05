"""A first look at a stage history: which rows have no place, and from when to when the rest is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import attrs

from ..analytics.unknown_stages import UnknownStages
from ..errors import InvalidValue, Problem, Text
from ..values.calendar import Calendar, Every, Period
from .engine import flag, narwhals
from .history_columns import collected
from .known_rows import EPOCH, UNKNOWN_CODE, KnownRows, micros

_NAMELESS = Text(
    "history_rows_left_out",
    "rows without entity, stage, instant or place in the order, left out: {count:,}",
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


def left_out(known: KnownRows) -> tuple[Problem, ...]:
    """Say how many rows have no place."""
    gone = collected(known.every.select(gone=flag(~narwhals().col("is_placed")).sum()))
    count = int(gone["gone"].to_list()[0] or 0)
    return (_NAMELESS.problem(is_error=False, count=count),) if count else ()


def unknown_names(known: KnownRows, *, during: Period | None = None) -> Counter[str]:
    """
    Count how many entered which stage that the pipeline does not have; a small query of its own.

    The rows have a column ``word`` with the name of their stage. Of a period, only those count that
    began in it.
    """
    nw = narwhals()
    rows, code = known.frame, nw.col("code")
    if during is not None:
        begun = (
            rows.filter(code > UNKNOWN_CODE).group_by("entity").agg(began=nw.col("moment").min())
        )
        first, last = micros(during.begins), micros(during.ends)
        begun = begun.filter((nw.col("began") >= first) & (nw.col("began") < last))
        rows = rows.join(begun.select("entity"), on="entity", how="inner")
    strange = rows.filter(code == UNKNOWN_CODE).group_by("entity", "word").agg(rows=nw.len())
    found = collected(strange.group_by("word").agg(times=nw.len()))
    names, times = found["word"].to_list(), map(int, found["times"].to_list())
    return Counter(dict(zip(names, times, strict=True)))


@attrs.frozen
class Unplaced:
    """How many rows have no place, and who entered which stage that is not known."""

    rows: int
    strangers: UnknownStages

    @classmethod
    def of(cls, known: KnownRows, names: Callable[[], Counter[str]]) -> Unplaced:
        """Look once over all rows, and twice more only where a stage is not known."""
        nw = narwhals()
        is_placed, is_unknown = nw.col("is_placed"), nw.col("code") == UNKNOWN_CODE
        asked = {"gone": flag(~is_placed), "strange": flag(is_placed & is_unknown)}
        found = collected(known.every.select(**asked).select(*[nw.col(n).sum() for n in asked]))
        gone, strange = (int(found[name].to_list()[0] or 0) for name in asked)
        if not strange:
            return cls(gone, UnknownStages())
        entities = known.frame.filter(is_unknown).group_by("entity")
        count = len(collected(entities.agg(rows=nw.len()).select("rows")))
        return cls(gone, UnknownStages(count, names()))

    def placed(self, known: KnownRows) -> KnownRows:
        """Take the rows that have a place in the pipeline."""
        return known.in_pipeline() if self.strangers.entered else known

    def problems(self, stages: Collection[str]) -> tuple[Problem, ...]:
        """Say so."""
        gone = (_NAMELESS.problem(is_error=False, count=self.rows),) if self.rows else ()
        return (*self.strangers.problems(stages), *gone)
