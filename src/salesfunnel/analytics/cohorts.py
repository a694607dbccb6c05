"""Cohorts: of those who began in one period, how many got there within a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import attrs

from ..errors import InvalidValue, Problem, Text
from ..history.order import entered_stage
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every, Period, calendar_of
from ..values.converters import choice, several
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from .apart import Apart, groups_as_data, said_groups
from .grouping import Grouping, Known
from .html_rows import html_rows
from .lead_deals import LeadDeals
from .nouns import has_begun, is_merged_away, merged_problems, nouns_of
from .periods import begun_period
from .proportion import Proportion
from .stage_time import said_length
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

    at: datetime
    within: tuple[timedelta, ...]
    rows: tuple[Cohort, ...]
    uncounted: Uncounted = ()
    problems: tuple[Problem, ...] = ()
    groups: FrozenMap[str | None, Cohorts] = attrs.field(factory=FrozenMap[str | None, "Cohorts"])

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a heat map; times are seconds.

        >>> from datetime import UTC
        >>> cohorts([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["rows"]
        []
        """
        return {
            "at": self.at.isoformat(),
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
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def __str__(self) -> str:
        """Print a cohort a line, and each group below."""
        head = "within " + ", ".join(map(said_length, self.within))
        return "\n".join([head, *map(str, self.rows), *self._notes(), *said_groups(self.groups)])

    def _notes(self) -> list[str]:
        return [*said_uncounted(self.uncounted), *map(str, self.problems)]

    def _repr_html_(self) -> str:
        headings = ("began in", "count", *map(said_length, self.within))
        rows = [
            (row.period, row.size, *("" if s is None else s for s in row.shares))
            for row in self.rows
        ]
        return html_rows(headings, rows, notes=self._notes())


def cohorts(
    entities: Iterable[Lead] | Iterable[Opportunity],
    *,
    at: datetime,
    opportunities: Iterable[Opportunity] = (),
    to: str = "",
    every: Every | str = Every.MONTH,
    within: timedelta | Iterable[timedelta] = _MONTH,
    entered: Period | None = None,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
) -> Cohorts:
    """
    Tell for each period how many of those who began in it got to a stage within a time.

    Args:
        entities: the leads, or the deals.
        at: the instant; what was entered later does not exist.
        opportunities: the deals of these leads, in whose stages a lead goes on.
        to: the stage; any won stage unless given, with their deals one of these.
        every: week, month, quarter or year of the first stage.
        within: the time, or several.
        entered: the period in which the first stage was entered.
        group: a fact by its path, a rule, or week, month, quarter or year of the entry.
        known: whether the group goes by what was known at the entry, or now.
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
    during = begun_period(entered, "entered", at=now)
    deals = LeadDeals(opportunities)
    stages_of_deals = {stage.name for deal in deals.deals for stage in deal.pipeline.stages}
    grouping = Grouping.of(group, known, at=now, calendar=days)
    apart = Apart(lambda: _Begun(now, windows), grouping)
    checked, merged = set[type](), 0
    for noun in nouns_of(entities, "entities"):
        if type(noun) not in checked:
            checked.add(type(noun))
            grouping.check(type(noun))
        began = noun.timeline[0].at
        if not has_begun(noun, at=now) or (during is not None and began not in during):
            continue
        if is_merged_away(noun, at=now):
            merged += 1
            continue
        own: list[Lead | Opportunity] = [noun]
        further: list[Lead | Opportunity] = [*deals.of(noun)]
        left_out = uncounted_reason(noun, at=now)
        if further and not left_out:
            counted, left_out = deals.counted_of(noun, at=now)
            further = [*counted]
        if to and to not in stages_of_deals:
            noun.pipeline.stage(to)
        reached = _reached([*own, *further] if to else further if deals.deals else own, to, now)
        period = days.period(began, unit)
        for counts in apart.counts_of(noun):
            counts.count(period, left_out, None if reached is None else reached - began)
    found = apart.whole.as_value((*merged_problems(merged), *deals.problems()))
    return attrs.evolve(found, groups=apart.groups(_Begun.as_value))


class _Begun:
    """Those of one group who began: in which period, and how soon they got there."""

    def __init__(self, at: datetime, windows: tuple[timedelta, ...]) -> None:
        self.at, self.windows = at, windows
        self.sizes: Counter[Period] = Counter()
        self.arrived: Counter[tuple[Period, timedelta]] = Counter()
        self.uncounted: Counter[str] = Counter()

    def count(self, period: Period, left_out: str, took: timedelta | None) -> None:
        """Count one, unless it is in no rate."""
        if left_out:
            self.uncounted[left_out] += 1
            return
        self.sizes[period] += 1
        for window in self.windows:
            self.arrived[period, window] += took is not None and took <= window

    def as_value(self, problems: tuple[Problem, ...] = ()) -> Cohorts:
        """Return the shares, blank where the last of a period may be too young."""
        return Cohorts(
            at=self.at,
            within=self.windows,
            rows=tuple(
                Cohort(
                    period=period.label,
                    size=self.sizes[period],
                    shares=tuple(
                        Proportion(self.arrived[period, window], self.sizes[period])
                        if period.ends + window <= self.at
                        else None
                        for window in self.windows
                    ),
                )
                for period in sorted(self.sizes, key=lambda period: period.since)
            ),
            uncounted=by_frequency(self.uncounted),
            problems=problems,
        )


def _reached(nouns: list[Lead | Opportunity], to: str, now: datetime) -> datetime | None:
    """Say when a stage was first entered; any won stage where none is named."""
    moments: list[datetime] = []
    for noun in nouns:
        stages = noun.pipeline.stages
        wanted = {s.name for s in stages if (s.name == to if to else s.kind is StageKind.WON)}
        moments += [
            event.at
            for event in noun.timeline
            if event.at <= now and entered_stage(event) in wanted
        ]
    return min(moments, default=None)
