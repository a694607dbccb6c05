"""Cohorts: of those who began in one period, how many got there within a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import zip_longest
from typing import Any

import attrs

from ..errors import Problem, Text
from ..history.order import entered_stage
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every, Period, calendar_of
from ..values.converters import choice, one
from ..values.frozen_map import FrozenMap
from ..values.instants import instant, said_instant
from ..values.lengths import said_length
from ..values.percent import whole_percent
from .apart import Apart, groups_as_data, said_groups
from .cohort import Cohort
from .cohort_count import CohortCount
from .figures import Figures, html_of
from .goals import check_goal
from .grouping import Grouping, Known
from .labels import NO_LABELS, Labels, labelled, zone_field
from .lead_deals import LeadDeals
from .nouns import (
    beginning_of,
    has_begun,
    is_merged_away,
    merged_problems,
    nouns_of,
    undated_problems,
)
from .periods import begun_period
from .told import is_in, undated_entries
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_figures, uncounted_reason
from .windows import windows_of

_SOME_DAY = Text(
    "arrived_some_day",
    "got there on a day that is not known, so that a share is only bounded: {count:,}",
)
MONTHS = (timedelta(days=30), timedelta(days=60), timedelta(days=90))
"""The times that are asked for unless others are."""


@attrs.frozen(kw_only=True)
class Cohorts:
    """
    One cohort for each period in which any began, and the times within which they got there.

    >>> from datetime import UTC
    >>> cohorts([], at=datetime(2026, 3, 2, tzinfo=UTC)).rows
    ()
    """

    at: datetime
    to: str = ""
    """The stage to which they got; blank for any won one."""
    within: tuple[timedelta, ...]
    rows: tuple[Cohort, ...]
    uncounted: Uncounted = ()
    problems: tuple[Problem, ...] = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    groups: FrozenMap[str | None, Cohorts] = attrs.field(factory=FrozenMap[str | None, "Cohorts"])
    zone: tzinfo = zone_field()

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a heat map; times are seconds.

        >>> from datetime import UTC
        >>> cohorts([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["rows"]
        []
        """
        return {
            "at": self.at.isoformat(),
            "to": self.to,
            "within": [window.total_seconds() for window in self.within],
            "rows": [
                {
                    "period": row.period,
                    "size": row.size,
                    "shares": [None if s is None else s.as_data() for s in row.shares],
                    "bounds": [None if b is None else list(b) for b in row.bounds],
                }
                for row in self.rows
            ],
            "uncounted": dict(self.uncounted),
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def __str__(self) -> str:
        """Print a cohort a line, and each group below."""
        windows = ", ".join(map(said_length, self.within))
        stage = self.labels.stage(self.to) if self.to else "won"
        lines = [
            f"{stage} within {windows}, at {said_instant(self.at, self.zone)}",
            *map(str, self.rows),
        ]
        return "\n".join([*lines, *self._notes(), *said_groups(self.groups, self.labels)])

    def _notes(self) -> list[str]:
        return [*said_uncounted(self.uncounted, self.labels), *map(str, self.problems)]

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them in any language.

        >>> from datetime import UTC
        >>> cohorts([], at=datetime(2026, 3, 2, tzinfo=UTC)).figures()[0].headings[0]
        'began in'
        """
        rows = tuple((row.period, row.size, *_cells(row)) for row in self.rows)
        cohorts_found = Figures(("began in", "count", *self.within), rows, self.problems)
        return cohorts_found, *uncounted_figures(self.uncounted, self.labels)

    def _repr_html_(self) -> str:
        return html_of(self)


def cohorts(
    entities: Iterable[Lead] | Iterable[Opportunity],
    *,
    at: datetime,
    opportunities: Iterable[Opportunity] = (),
    to: str = "",
    every: Every | str = Every.MONTH,
    within: timedelta | Iterable[timedelta] = MONTHS,
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
    windows = windows_of(within)
    during = begun_period(entered, "entered", at=now)
    deals = LeadDeals(opportunities)
    goal = one(str, to, "to")
    stages_of_deals = {stage.name for deal in deals.deals for stage in deal.pipeline.stages}
    grouping = Grouping.of(group, known, at=now, calendar=days)
    apart = Apart(lambda: CohortCount(now, windows, to), grouping)
    checked, merged, undated = set[type](), 0, 0
    for noun in nouns_of(entities, "entities"):
        deals.know(noun)
        if type(noun) not in checked:
            checked.add(type(noun))
            grouping.check(type(noun))
        began = beginning_of(noun)
        if not has_begun(noun, at=now) or (during and began and began not in during):
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
        if goal and goal not in stages_of_deals:
            check_goal(goal, [s.name for s in noun.pipeline.stages], pipeline=noun.pipeline.name)
        reached = _reached([*own, *further] if to else further if deals.deals else own, to, now)
        if began is None:
            undated += 1
            continue
        took = min((at - began for at in reached if at), default=None)
        for counts in apart.counts_of(noun):
            period = days.period(began, unit)
            counts.count(period, took, left_out, is_undated=None in reached)
    told = (*merged_problems(merged), *undated_problems(undated), *deals.problems())
    found = as_cohorts(apart.whole, told)
    for deal in deals.deals:
        apart.met.meet(deal.pipeline)
    return labelled(attrs.evolve(found, groups=apart.groups(as_cohorts)), apart.labels, days.zone)


def as_cohorts(count: CohortCount, problems: tuple[Problem, ...] = ()) -> Cohorts:
    """Give what was counted as cohorts."""
    if count.undated:
        told = _SOME_DAY.problem(is_error=False, count=count.undated)
        problems = (told, *problems)
    return Cohorts(
        at=count.at,
        to=count.to,
        within=count.windows,
        rows=tuple(count.rows()),
        uncounted=by_frequency(count.uncounted),
        problems=problems,
    )


def _cells(row: Cohort) -> Iterator[object]:
    """Give the share in each cell of a table, or as text between what it lies."""
    for share, bounds in zip_longest(row.shares, row.bounds):
        yield share if bounds is None else "{}–{}%".format(*map(whole_percent, bounds))


def _reached(nouns: list[Lead | Opportunity], to: str, now: datetime) -> list[datetime | None]:
    """List when a stage was entered, any won one where none is named; ``None`` on no known day."""
    moments: list[datetime | None] = []
    for noun in nouns:
        stages = noun.pipeline.stages
        wanted = {s.name for s in stages if (s.name == to if to else s.kind is StageKind.WON)}
        undated = undated_entries(noun, at=now)
        moments += [
            None if is_in(event, undated) else event.at
            for event in noun.timeline
            if event.at <= now and entered_stage(event) in wanted
        ]
    return moments
