"""Stage times: how long leads and deals stand in each stage, those still there included."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any

import attrs

from ..errors import InvalidValue, Problem, Text
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period
from ..values.converters import maybe
from ..values.frozen_map import FrozenMap
from ..values.instants import instant, said_instant
from ..values.working_hours import WorkingHours
from .apart import Apart, groups_as_data, said_groups
from .figures import Figures, html_of
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
from .stage_time import StageTime
from .stage_times_count import StageTimesCount
from .stage_times_figures import time_figures
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_figures
from .windows import windows_of

_NO_STAGE = Text("no_timed_stage", "{field} is not among the stages that were timed", "{stages}")
_SEVERAL = Text(
    "timed_in_several_pipelines", "{field} is a stage of several pipelines", "pipeline= {pipelines}"
)
_NO_HISTORY = Text(
    "time_without_history", "without a history of a stage, and not timed in it: {count:,}"
)


@attrs.frozen(kw_only=True)
class StageTimes:
    """
    The time in each open stage, in the order of the pipeline, as it was known at an instant.

    Those lost for a reason that is in no rate are ``uncounted``. ``problems`` tells of those of
    which it is not known how long they stood in a stage; they are not taken for a time of nothing.

    >>> from datetime import UTC
    >>> stage_times([], at=datetime(2026, 3, 2, tzinfo=UTC)).stages
    ()
    """

    at: datetime
    stages: tuple[StageTime, ...]
    uncounted: Uncounted = ()
    problems: tuple[Problem, ...] = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    groups: FrozenMap[str | None, StageTimes] = attrs.field(
        factory=FrozenMap[str | None, "StageTimes"]
    )
    zone: tzinfo = zone_field()

    def stage(self, name: str, *, pipeline: str = "") -> StageTime:
        """
        Return the time in one stage; where several pipelines have one of that name, say of which.

        Raises `InvalidValue` where there is none, or more than one.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> stage_times([Opportunity.open(id="7", at=monday)], at=monday).stage("meeting").still
        1
        """
        found = [t for t in self.stages if t.stage == name and pipeline in {"", t.pipeline}]
        if not found:
            known = dict.fromkeys(time.stage for time in self.stages)
            raise InvalidValue("name", _NO_STAGE, {"stages": ", ".join(known)})
        if len(found) > 1:
            several = " or ".join(time.pipeline for time in found)
            raise InvalidValue("name", _SEVERAL, {"pipelines": several})
        return found[0]

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; times are seconds.

        >>> from datetime import UTC
        >>> stage_times([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["stages"]
        []
        """
        return {
            "at": self.at.isoformat(),
            "stages": [time.as_data() for time in self.stages],
            "uncounted": dict(self.uncounted),
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def __str__(self) -> str:
        """Print the table of the stages in which any was, and each group below."""
        lines = self.figures()[0].text()
        said = [f"time in the stages at {said_instant(self.at, self.zone)}", *lines, *self._notes()]
        return "\n".join([*said, *said_groups(self.groups, self.labels)])

    def _notes(self) -> list[str]:
        return [
            f"  {note}" for note in (*said_uncounted(self.uncounted, self.labels), *self.problems)
        ]

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them: of the stages in which any was.

        >>> from datetime import UTC
        >>> stage_times([], at=datetime(2026, 3, 2, tzinfo=UTC)).figures()[0].headings[0]
        'stage'
        """
        used = [time for time in self.stages if time.ended or time.still]
        times = time_figures(used, self.problems, self.labels)
        return times, *uncounted_figures(self.uncounted, self.labels)

    def _repr_html_(self) -> str:
        return html_of(self)


def stage_times(
    entities: Iterable[Lead] | Iterable[Opportunity],
    *,
    at: datetime,
    opportunities: Iterable[Opportunity] = (),
    within: timedelta | Iterable[timedelta] = (),
    hours: WorkingHours | None = None,
    entered: Period | None = None,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
) -> StageTimes:
    """
    Tell how long leads or deals stand in each stage, as it was known then; rest is kept apart.

    One that was in a stage several times counts once, with all its time there.

    Args:
        entities: the leads, or the deals.
        at: the instant.
        opportunities: the deals of these leads, whose stages are timed as well.
        within: the time, or several, to say for each how many had left by then.
        hours: when people work; all hours count unless given.
        entered: the period in which the first stage was entered.
        group: a fact by its path, a rule, or week, month, quarter or year of the entry.
        known: whether the group goes by what was known at the entry, or now.
        calendar: whose periods are meant.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=friday)
    >>> for time in stage_times([deal], at=friday).stages:
    ...     print(time)
    meeting: 1 has left (half of them within 4 days), 0 are still there; half of all leave within \
4 days
    proposal: 0 have left, 1 is still there
    negotiation: 0 have left, 0 are still there
    """
    now, limits = instant(at), windows_of(within)
    maybe(WorkingHours, hours, "hours")
    period = begun_period(entered, "entered", at=now)
    deals = LeadDeals(opportunities)
    apart = Apart(
        lambda: StageTimesCount(now, limits, hours),
        Grouping.of(group, known, at=now, calendar=calendar),
    )
    checked, merged, undated = set[type](), 0, 0
    for noun in nouns_of(entities, "entities"):
        deals.know(noun)
        began = beginning_of(noun)
        if type(noun) not in checked:
            checked.add(type(noun))
            apart.grouping.check(type(noun))
        if not has_begun(noun, at=now) or is_merged_away(noun, at=now):
            merged += has_begun(noun, at=now)
        elif period and began is None:
            undated += 1
        elif period is None or began is None or began in period:
            for counts in apart.counts_of(noun):
                counts.count(noun)
                for deal in deals.of(noun):
                    counts.count(deal)
    left_out = (*merged_problems(merged), *undated_problems(undated))
    problems = (*left_out, *deals.problems())
    found = as_stage_times(apart.whole, problems)
    for deal in deals.deals:
        apart.met.meet(deal.pipeline)
    return labelled(
        attrs.evolve(found, groups=apart.groups(as_stage_times)),
        apart.labels,
        apart.grouping.calendar.zone,
    )


def as_stage_times(count: StageTimesCount, problems: tuple[Problem, ...] = ()) -> StageTimes:
    """Give what was measured as stage times."""
    if unknown := count.without_history:
        problems = (*problems, _NO_HISTORY.problem(is_error=False, count=unknown))
    return StageTimes(
        at=count.at,
        stages=tuple(
            timed.as_value(name, pipeline) for (pipeline, name), timed in count.stages.items()
        ),
        uncounted=by_frequency(count.uncounted),
        problems=problems,
    )
