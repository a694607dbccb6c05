"""Cohorts: of those who began in one period, how many got there within a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..history.order import entered_stage
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.calendar import Calendar, Every, Period, calendar_of
from ..values.converters import choice, several
from ..values.instants import instant
from .nouns import nouns_of
from .proportion import Proportion
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_reason

_WINDOW = Text("cohort_window", "{field} is not longer than nothing", "timedelta(days=30)")
_MONTH = (timedelta(days=30), timedelta(days=60), timedelta(days=90))


@attrs.frozen(kw_only=True)
class Cohort:
    """
    Those who began in one period: how many, and the share that got there within each time.

    A share is ``None`` while the last of them may still be too young.

    >>> print(Cohort(period="2026-03", size=4, shares=(Proportion(1, 4), None)))
    2026-03: 4; 1 of 4 (25%, 95% CI 5–70%); too young
    """

    period: str
    size: int
    shares: tuple[Proportion | None, ...]

    def __str__(self) -> str:
        """Say how many began, and each share."""
        shares = ["too young" if share is None else str(share) for share in self.shares]
        return "; ".join([f"{self.period}: {self.size:,}", *shares])


@attrs.frozen(kw_only=True)
class Cohorts:
    """
    One cohort for each period in which any began, and the times within which they got there.

    >>> from datetime import UTC
    >>> cohorts([], at=datetime(2026, 3, 2, tzinfo=UTC)).rows
    ()
    """

    within: tuple[timedelta, ...]
    rows: tuple[Cohort, ...]
    uncounted: Uncounted = ()

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a heat map; times are seconds.

        >>> from datetime import UTC
        >>> cohorts([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["rows"]
        []
        """
        return {
            "within": [window.total_seconds() for window in self.within],
            "rows": [
                {
                    "period": row.period,
                    "size": row.size,
                    "shares": [None if s is None else s.as_data() for s in row.shares],
                }
                for row in self.rows
            ],
            "uncounted": dict(self.uncounted),
        }

    def __str__(self) -> str:
        """Print a cohort a line."""
        head = "within " + ", ".join(map(str, self.within))
        return "\n".join([head, *map(str, self.rows), *said_uncounted(self.uncounted)])

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def cohorts(
    entities: Iterable[Lead] | Iterable[Opportunity],
    *,
    at: datetime,
    to: str = "",
    every: Every | str = Every.MONTH,
    within: timedelta | Iterable[timedelta] = _MONTH,
    calendar: Calendar | None = None,
) -> Cohorts:
    """
    Tell for each period how many of those who began in it got to a stage within a time.

    Args:
        entities: the leads, or the deals.
        at: the instant; what was entered later does not exist.
        to: the stage; any won stage unless given.
        every: week, month, quarter or year of the first stage.
        within: the time, or several.
        calendar: whose periods are meant.

    >>> from datetime import UTC
    >>> march, may = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC)
    >>> print(cohorts([Opportunity.open(id="7", at=march)], at=may).rows[0])
    2026-03: 1; 0 of 1 (0%, 95% CI 0–79%); too young; too young
    """
    now, days = instant(at), calendar_of(calendar)
    unit = choice(Every, every, "every")
    times = (within,) if isinstance(within, timedelta) else within
    windows = several(timedelta, times, "within")
    for window in windows:
        if window <= timedelta():
            raise InvalidValue("within", _WINDOW)
    sizes: Counter[Period] = Counter()
    uncounted: Counter[str] = Counter()
    arrived: Counter[tuple[Period, timedelta]] = Counter()
    for noun in nouns_of(entities, "entities"):
        began = noun.timeline[0].at
        if began > now:
            continue
        if left_out := uncounted_reason(noun, at=now):
            uncounted[left_out] += 1
            continue
        period = days.period(began, unit)
        sizes[period] += 1
        reached = _reached(noun, to, now)
        for window in windows:
            arrived[period, window] += reached is not None and reached - began <= window
    return Cohorts(
        within=windows,
        rows=tuple(
            Cohort(
                period=period.label,
                size=sizes[period],
                shares=tuple(
                    Proportion(arrived[period, w], sizes[period])
                    if period.ends + w <= now
                    else None
                    for w in windows
                ),
            )
            for period in sorted(sizes, key=lambda period: period.since)
        ),
        uncounted=by_frequency(uncounted),
    )


def _reached(noun: Lead | Opportunity, to: str, now: datetime) -> datetime | None:
    """Say when a stage was first entered; any won stage where none is named."""
    won = {stage.name for stage in noun.pipeline.stages if stage.kind is StageKind.WON}
    wanted = {noun.pipeline.stage(to).name} if to else won
    moments: list[datetime] = [
        event.at for event in noun.timeline if event.at <= now and entered_stage(event) in wanted
    ]
    return min(moments, default=None)
