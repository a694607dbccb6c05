"""
The funnel: of those who reached a stage, how many went on, were lost there, or still stand there.

Entities are counted one at a time and none is kept. The three counts add up, on every path; what
is still open is never taken for lost, and a rate never comes out of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

import attrs

from ..errors import InvalidValue, Problem, Text
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period
from ..values.converters import choice
from ..values.frozen_map import FrozenMap
from ..values.instants import instant, said_instant
from .apart import groups_as_data, said_groups
from .figures import Figures, html_of
from .funnel_count import FunnelCount
from .funnel_deals import Above
from .funnel_figures import flow_figures, step_figures
from .funnel_step import FunnelPath, FunnelStep, StageFlow
from .funnel_tally import Tally, Way
from .funnel_windows import Within, check_steps, check_window
from .grouping import Grouping, Known
from .labels import NO_LABELS, Labels, PipelinesMet, labelled, zone_field
from .nouns import beginning_of, is_merged_away, merged_problems, nouns_of, undated_problems
from .passage import Ladder
from .periods import begun_period, period_as_data
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_figures

_NO_STEP = Text("no_such_step", "{field} is not a step of this funnel", "{steps}")


@attrs.frozen(kw_only=True)
class Funnel:
    """
    The way of leads or deals through their stages, as it stood at an instant.

    ``flows`` counts every move, ``reopened`` those taken up again after they were closed,
    ``uncounted`` those lost for a reason that is in no rate, which are not ``counted``, and
    ``groups`` holds a funnel for each group; ``None`` is the group of those without the fact.
    ``entered`` is the period that was asked for; only those who began in it are counted.

    >>> from datetime import UTC
    >>> print(funnel([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    0 counted at 2026-03-02 00:00 UTC
    """

    at: datetime
    path: FunnelPath
    counted: int
    reopened: int
    steps: tuple[FunnelStep, ...]
    flows: tuple[StageFlow, ...]
    uncounted: Uncounted = ()
    problems: tuple[Problem, ...] = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    groups: FrozenMap[str | None, Funnel] = attrs.field(factory=FrozenMap[str | None, "Funnel"])
    zone: tzinfo = zone_field()
    entered: Period | None = None

    def step(self, stage: str) -> FunnelStep:
        """
        Return the step of a stage. Raises `InvalidValue` where there is none.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> funnel([Opportunity.open(id="7", at=monday)], at=monday).step("meeting").still
        1
        """
        for step in self.steps:
            if step.stage == stage:
                return step
        raise InvalidValue("stage", _NO_STEP, {"steps": ", ".join(s.stage for s in self.steps)})

    @property
    def used_steps(self) -> tuple[FunnelStep, ...]:
        """
        The steps in which any stood, or may have, and that were not only skipped; all are `steps`.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> found = funnel([Opportunity.open(id="7", at=monday)], at=monday)
        >>> [step.stage for step in found.used_steps]
        ['meeting']
        """
        return tuple(step for step in self.steps if step.is_used)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON or a chart.

        >>> from datetime import UTC
        >>> funnel([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["steps"]
        []
        """
        return {
            "at": self.at.isoformat(),
            "path": self.path.value,
            "entered": self.entered and period_as_data(self.entered),
            "counted": self.counted,
            "reopened": self.reopened,
            "steps": [step.as_data() for step in self.steps],
            "flows": [
                {"from": flow.from_stage, "to": flow.to_stage, "count": flow.count}
                for flow in self.flows
            ],
            "uncounted": dict(self.uncounted),
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def __str__(self) -> str:
        """Print the table of the stages in which any stood, and each group below."""
        during = "" if self.entered is None else f", entered {self.entered}"
        lines = [f"{self.counted:,} counted at {said_instant(self.at, self.zone)}{during}"]
        lines += self.printed_figures()[0].text()
        if self.reopened:
            lines.append(f"  reopened: {self.reopened:,}")
        lines += [f"  {line}" for line in said_uncounted(self.uncounted, self.labels)]
        lines += [f"  {problem}" for problem in self.problems]
        return "\n".join([*lines, *said_groups(self.groups, self.labels)])

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them: the steps that are used, and the moves.

        >>> from datetime import UTC
        >>> funnel([], at=datetime(2026, 3, 2, tzinfo=UTC)).figures()[0].headings[0]
        'stage'
        """
        steps, *uncounted = self.printed_figures()
        return steps, *flow_figures(self.flows, self.labels), *uncounted

    def printed_figures(self) -> tuple[Figures, ...]:
        """
        Give the tables that are printed: those of `figures` without the moves.

        >>> from datetime import UTC
        >>> funnel([], at=datetime(2026, 3, 2, tzinfo=UTC)).printed_figures()[0].rows
        ()
        """
        steps = step_figures(self.used_steps, self.problems, self.labels)
        return steps, *uncounted_figures(self.uncounted, self.labels)

    def _repr_html_(self) -> str:
        return html_of(self)


def funnel(
    leads: Iterable[Lead] | Iterable[Opportunity],
    *,
    at: datetime,
    opportunities: Iterable[Opportunity] = (),
    path: FunnelPath | str = FunnelPath.REACHED,
    within: Within | None = None,
    entered: Period | None = None,
    closed_only: bool = False,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
) -> Funnel:
    """
    Count how far leads, or deals, came through the stages of one pipeline, as it was known then.

    Args:
        leads: the leads, or the deals; each is looked at once, and none is kept.
        at: the instant; what was entered later does not exist.
        opportunities: the deals of these leads; a converted lead goes on as the furthest of them.
        path: what it means to reach a stage.
        within: a window, or one for each stage; only those are counted that are old enough.
        entered: the period in which the first stage was entered.
        closed_only: leave out what is still open.
        group: a fact by its path, a rule, or week, month, quarter or year of the entry.
        known: whether the group goes by what was known at the entry, or now.
        calendar: whose periods are meant.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday)
    >>> print(funnel([deal, deal.move("propose", at=monday)], at=monday).steps[0])
    meeting: 2 entered, 1 went on, 0 lost, 1 still there; 1 of 1 (100%, 95% CI 21–100%) of the \
decided, 50 to 100% in the end
    """
    now = instant(at)
    how = choice(FunnelPath, path, "path")
    check_window(within)
    period = begun_period(entered, "entered", at=now)
    grouping = Grouping.of(group, known, at=now, calendar=calendar)
    deals = Above(opportunities, now)
    ladder: Ladder | None = None
    count = FunnelCount(how, within, now, closed_only)
    merged = undated = 0
    met = PipelinesMet()
    for noun in nouns_of(leads, "leads"):
        met.meet(noun.pipeline)
        if ladder is None:
            grouping.check(type(noun))
            ladder = Ladder.of(noun.pipeline)
            count.steps = deals.steps_above(ladder)
            count.stages = (*ladder.places, *deals.stages)
            check_steps(within, count.steps)
        ladder.check(noun.pipeline, "leads")
        deals.deals.know(noun)
        entries = ladder.entries(noun, at=now)
        if entries and is_merged_away(noun, at=now):
            merged += 1
            continue
        if entries and (period or within) and beginning_of(noun) is None:
            undated += 1
            continue
        if not entries or (period is not None and entries[0].at not in period):
            continue
        if entries[-1].rung == len(ladder.rungs) - 1:
            entries = deals.going_on(noun, entries)
        else:
            deals.stay(noun)
        if entries := count.usable(entries):
            name = None if group is None else grouping.name(noun, began=entries[0].at)
            count.take(name, entries)
    left_out = (*merged_problems(merged), *undated_problems(undated))
    said = (*left_out, *deals.problems())
    for deal in deals.deals.deals:
        met.meet(deal.pipeline)
    found = as_funnel(count, entered=period, is_grouped=group is not None, problems=said)
    return labelled(found, met.labels(group), grouping.calendar.zone)


def as_funnel(
    count: FunnelCount,
    *,
    entered: Period | None,
    is_grouped: bool,
    problems: tuple[Problem, ...],
) -> Funnel:
    """Give what was counted as a funnel, with one for each group if it was counted in groups."""
    names = sorted(count.tallies, key=lambda name: (name is None, name or ""))
    groups = {name: _as_funnel(count.tallies[name], entered) for name in names if is_grouped}
    whole = _as_funnel(count.whole(), entered)
    return attrs.evolve(
        whole,
        problems=(*count.unknown.problems(count.stages), *whole.problems, *problems),
        groups=FrozenMap[str | None, Funnel](groups),
    )


def _most_first(flow: tuple[Way, int]) -> tuple[Any, ...]:
    way, count = flow
    return (-count, *((stage is None, stage or "") for stage in way))


def _as_funnel(tally: Tally, entered: Period | None) -> Funnel:
    flows = sorted(tally.flows.items(), key=_most_first)
    return Funnel(
        at=tally.at,
        path=tally.path,
        counted=tally.counted,
        reopened=tally.reopened,
        steps=tuple(
            FunnelStep(
                stage=stage,
                entered=tally.entered[rung],
                onward=tally.onward[rung],
                lost=tally.lost[rung],
                bypassed=tally.bypassed[rung],
                undated=tally.undated[rung],
                perhaps=tally.perhaps[rung],
                first=tally.entered[0],
                skipped=tally.skipped[rung],
                returned=tally.returned[rung],
            )
            for rung, stage in enumerate(tally.steps)
        ),
        flows=tuple(StageFlow(*way, count) for way, count in flows),
        uncounted=by_frequency(tally.uncounted),
        problems=tally.problems(),
        entered=entered,
    )
