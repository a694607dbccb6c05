"""Slippage: of the deals that were due in a period, how many were put off, how often, how far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

import attrs

from ..history.slips import slips
from ..history.timeline import as_of
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period
from ..values.converters import one
from ..values.frozen_map import FrozenMap
from ..values.instants import instant, said_instant
from .apart import Apart, groups_as_data, said_groups
from .figures import Figures, html_of
from .grouping import Grouping, Known
from .labels import NO_LABELS, Labels, labelled, zone_field
from .nouns import deals_of
from .periods import begun_period
from .proportion import Proportion
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_figures, uncounted_reason

_COUNTS = ("due", "won", "lost", "pushed", "pushes", "days")


@attrs.frozen(kw_only=True)
class Slippage:
    """
    What became of the deals that were open, and due in a period, when it began.

    ``pushed`` are those not closed and now expected after it; ``pushes`` and ``days`` tell how
    often, and by how many days in all, they were put off since the period began.

    >>> print(Slippage(due=4, won=1, lost=1, pushed=1, pushes=2, days=40))
    4 due: 1 won, 1 lost, 1 pushed, 1 still due; 1 of 4 (25%, 95% CI 5–70%) pushed (pushes: 2, \
days in all: 40)
    """

    due: int
    won: int
    lost: int
    pushed: int
    pushes: int
    days: int
    at: datetime | None = None
    uncounted: Uncounted = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    groups: FrozenMap[str | None, Slippage] = attrs.field(factory=FrozenMap[str | None, "Slippage"])
    zone: tzinfo = zone_field()

    @property
    def still_due(self) -> int:
        """How many are open, and not put off beyond the period."""
        return self.due - self.won - self.lost - self.pushed

    @property
    def push_rate(self) -> Proportion:
        """Those that were pushed, of those that were due."""
        return Proportion(self.pushed, self.due)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> Slippage(due=0, won=0, lost=0, pushed=0, pushes=0, days=0).as_data()["still_due"]
        0
        """
        return {
            **{name: getattr(self, name) for name in _COUNTS},
            "still_due": self.still_due,
            "push_rate": self.push_rate.as_data(),
            "at": None if self.at is None else self.at.isoformat(),
            "uncounted": dict(self.uncounted),
            "groups": groups_as_data(self.groups),
        }

    def __str__(self) -> str:
        """Say what became of them."""
        when = "" if self.at is None else f" at {said_instant(self.at, self.zone)}"
        said = (
            f"{self.due:,} due: {self.won:,} won, {self.lost:,} lost, {self.pushed:,} pushed, "
            f"{self.still_due:,} still due{when}; {self.push_rate} pushed "
            f"(pushes: {self.pushes:,}, days in all: {self.days:,})"
        )
        return "\n".join(
            [
                said,
                *said_uncounted(self.uncounted, self.labels),
                *said_groups(self.groups, self.labels),
            ]
        )

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them in any language.

        >>> empty = Slippage(due=0, won=0, lost=0, pushed=0, pushes=0, days=0)
        >>> empty.figures()[0].headings[0]
        'due'
        """
        names = ("due", "won", "lost", "pushed", "still_due", "push_rate", "pushes", "days")
        row = tuple(getattr(self, name) for name in names)
        found = Figures(tuple(name.replace("_", " ") for name in names), (row,))
        return found, *uncounted_figures(self.uncounted, self.labels)

    def _repr_html_(self) -> str:
        return html_of(self)


def slippage(
    opportunities: Iterable[Opportunity],
    *,
    due: Period,
    at: datetime,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
) -> Slippage:
    """
    Tell what became of the deals that were open, and due in a period, when it began.

    Args:
        opportunities: the deals.
        due: the period in which they were expected to close.
        at: the instant; the period ends then if it has not ended.
        group: a fact by its path, a rule, or week, month, quarter or year of the opening.
        known: whether the group goes by what was known at the entry, or now.
        calendar: whose periods are meant.

    >>> from datetime import UTC, date
    >>> spring = Period(date(2026, 4, 1), date(2026, 6, 1))
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", expected_close=date(2026, 5, 1), at=monday)
    >>> deal = deal.amend(expected_close=date(2026, 6, 5), at=datetime(2026, 4, 1, tzinfo=UTC))
    >>> slippage([deal], due=spring, at=datetime(2026, 5, 1, tzinfo=UTC)).pushed
    1
    """
    now, period = instant(at), one(Period, due, "due")
    begun_period(period, "due", at=now)
    ends = min(now, period.ends)
    grouping = Grouping.of(group, known, at=now, calendar=calendar, noun=Opportunity, by_day=True)
    apart = Apart(_Due, grouping)
    for deal in deals_of(opportunities):
        if deal.timeline[0].at >= period.begins:
            continue
        # What happens at the very beginning belongs to the period.
        before = Opportunity.replay(e for e in deal.timeline if e.at < period.begins)
        day = before.expected_close
        if before.closing is None and day is not None and day in period:
            after = as_of(deal, at=ends)
            for counts in apart.counts_of(deal):
                counts.count(after, period)

    def as_value(counts: _Due) -> Slippage:
        found = Slippage(**counts.counts, at=now)
        return attrs.evolve(found, uncounted=by_frequency(counts.uncounted))

    found = attrs.evolve(as_value(apart.whole), groups=apart.groups(as_value))
    return labelled(found, apart.labels, grouping.calendar.zone)


class _Due:
    """What became of the due deals of one group."""

    def __init__(self) -> None:
        self.counts: dict[str, Any] = dict.fromkeys(_COUNTS, 0)
        self.uncounted: Counter[str] = Counter()

    def count(self, after: Opportunity, period: Period) -> None:
        """Count one deal, as it stood at the end."""
        if left_out := uncounted_reason(after):
            self.uncounted[left_out] += 1
            return
        counts = self.counts
        counts["due"] += 1
        kind = after.pipeline.stage(after.stage).kind
        if kind is not StageKind.OPEN:
            counts[kind.value] += 1
        elif after.expected_close is not None and after.expected_close >= period.until:
            counts["pushed"] += 1
        timeline: tuple[Any, ...] = after.timeline
        meanwhile = [slip for slip in slips(timeline) if slip.at >= period.begins]
        counts["pushes"] += len(meanwhile)
        counts["days"] += sum(slip.days for slip in meanwhile)
