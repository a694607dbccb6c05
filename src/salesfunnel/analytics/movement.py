"""
The movement of the pipeline: from what was open at one instant to what is open at another.

Each change of a deal has one cause, so that the opening, with all that came and went, is the
closing, to the last unit of each currency. With dated rates each amount is that of its own day, and
what the rates alone have changed is a cause of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any

import attrs

from ..errors import InvalidValue, Problem, Text
from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period, calendar_of
from ..values.converters import maybe
from ..values.frozen_map import FrozenMap
from ..values.instants import instant, said_instant
from ..values.rates import Rates
from .apart import Apart, groups_as_data, said_groups
from .deal_changes import Changes, deal_states
from .figures import Figures, html_of
from .grouping import Grouping, Known
from .labels import NO_LABELS, Labels, labelled, zone_field
from .movement_causes import CAUSES
from .nouns import deals_of
from .total import RunningTotal, Total
from .valued import Valuing

_BACKWARDS = Text("movement_backwards", "{field} lies before since", "a later instant")

_LESS = frozenset({"lowered", "moved_out", "won", "lost", "uncounted"})


@attrs.frozen(kw_only=True)
class Movement:
    """
    From the opening pipeline to the closing one: what came, what changed, and what went.

    opening + new + reopened + pulled_in + raised + revalued - lowered - moved_out - won - lost -
    uncounted = closing, for each currency. A deal counts in each as often as it happened; those
    lost for a reason that is in no rate are ``uncounted``.

    >>> from datetime import UTC
    >>> from salesfunnel.values import Money
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> deal = Opportunity.open(id="7", amount=Money(9, "EUR"), at=friday)
    >>> print(movement([deal], since=monday, until=friday))
    from 2026-03-02 00:00 UTC to 2026-03-06 00:00 UTC
    opening: 0
    + new: 1: 9 EUR
    = closing: 1: 9 EUR
    """

    since: datetime
    until: datetime
    opening: Total
    new: Total
    reopened: Total
    pulled_in: Total
    raised: Total
    revalued: Total = Total()
    lowered: Total
    moved_out: Total
    won: Total
    lost: Total
    uncounted: Total = Total()
    closing: Total
    problems: tuple[Problem, ...] = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    groups: FrozenMap[str | None, Movement] = attrs.field(factory=FrozenMap[str | None, "Movement"])
    zone: tzinfo = zone_field()

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a waterfall.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> movement([], since=monday, until=monday).as_data()["closing"]
        {'count': 0, 'value': {}}
        """
        names = ("opening", *CAUSES, "closing")
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            **{name: getattr(self, name).as_data() for name in names},
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def _lines(self) -> Iterator[tuple[str, Total]]:
        yield "opening", self.opening
        for cause in CAUSES:
            total: Total = getattr(self, cause)
            if total.count:
                said = "in no rate" if cause == "uncounted" else cause.replace("_", " ")
                yield f"{'-' if cause in _LESS else '+'} {said}", total
        yield "= closing", self.closing

    def __str__(self) -> str:
        """Print what there is of it, a line each, and each group below."""
        lines = [
            f"from {said_instant(self.since, self.zone)} to {said_instant(self.until, self.zone)}"
        ]
        lines += [f"{name}: {total}" for name, total in self._lines()]
        return "\n".join([*lines, *map(str, self.problems), *said_groups(self.groups, self.labels)])

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them in any language.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> movement([], since=monday, until=monday).figures()[0].rows[-1]
        ('= closing', 0, ())
        """
        rows = tuple((name, total.count, total.value) for name, total in self._lines())
        return (Figures(("", "deals", "worth"), rows, self.problems),)

    def _repr_html_(self) -> str:
        return html_of(self)


def movement(
    opportunities: Iterable[Opportunity],
    *,
    since: datetime,
    until: datetime,
    expected_in: Period | None = None,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
    rates: Rates | None = None,
) -> Movement:
    """
    Tell how the open pipeline of one instant became that of another.

    Args:
        opportunities: the deals.
        since: the instant of the opening; what happened then belongs to it.
        until: the instant of the closing.
        expected_in: only what is expected to close in this period; then deals are also pulled in
            and moved out.
        group: a fact by its path, a rule, or week, month, quarter or year of the opening.
        known: whether the group goes by what was known at the entry, or at the closing.
        calendar: whose periods, and days of rates, are meant.
        rates: dated rates into one currency; each currency stays its own unless given.

    >>> from datetime import UTC
    >>> from salesfunnel.values import Money
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> deal = Opportunity.open(id="7", amount=Money(9, "EUR"), at=monday)
    >>> deal = deal.amend(amount=Money(5, "EUR"), at=friday).lose("price", at=friday)
    >>> print(movement([deal], since=monday, until=friday))
    from 2026-03-02 00:00 UTC to 2026-03-06 00:00 UTC
    opening: 1: 9 EUR
    - lowered: 1: 4 EUR
    - lost: 1: 5 EUR
    = closing: 0
    """
    begins, ends = movement_ends(since, until)
    maybe(Period, expected_in, "expected_in")
    days, valuing = calendar_of(calendar), Valuing(rates)
    changes = Changes(ends, valuing, days)
    grouping = Grouping.of(group, known, at=ends, calendar=days, noun=Opportunity)
    apart = Apart(lambda: MovementCount(begins, ends), grouping)
    for deal in deals_of(opportunities):
        if deal.timeline[0].at <= ends:
            found = [*changes.of(deal_states(deal, begins, ends, expected_in))]
            for counts in apart.counts_of(deal):
                for cause, amount in found:
                    counts.totals[cause].add(amount)
    whole = as_movement(apart.whole)
    groups = apart.groups(as_movement)
    moved = attrs.evolve(whole, problems=valuing.problems(), groups=groups)
    return labelled(moved, apart.labels, days.zone)


def movement_ends(since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """Let in the two instants. Raises `InvalidValue` where the second lies before the first."""
    begins, ends = instant(since, what="since"), instant(until, what="until")
    if ends < begins:
        raise InvalidValue("until", _BACKWARDS)
    return begins, ends


class MovementCount:
    """What is added up of a movement, for all or for one group."""

    since: datetime
    until: datetime
    totals: dict[str, RunningTotal]

    def __init__(self, since: datetime, until: datetime) -> None:
        """Begin with nothing."""
        self.since, self.until = since, until
        self.totals = {name: RunningTotal() for name in ("opening", *CAUSES, "closing")}


def as_movement(count: MovementCount) -> Movement:
    """Give what was added up as a movement."""
    totals: dict[str, Any] = {name: total.total() for name, total in count.totals.items()}
    return Movement(since=count.since, until=count.until, **totals)
