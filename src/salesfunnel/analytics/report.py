"""
The report on a pile of deals: how many are open, won and lost, for how much, how fast, and why.

Deals are counted one at a time and none is kept, only how often each number of days and each won
amount occurred. The open ones stand beside every figure, for they are the ones that may change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every, Period, calendar_of
from ..values.converters import choice
from ..values.instants import instant
from ..values.rates import Rates
from .ageing import rising_days
from .apart import Apart
from .grouping import Grouping, Known
from .labels import labelled
from .nouns import deals_then
from .periods import begun_period
from .report_counts import ReportCounts, ReportQuestion
from .report_value import Report
from .valued import Valuing


def report(
    opportunities: Iterable[Opportunity],
    *,
    at: datetime,
    opened_in: Period | None = None,
    closed_in: Period | None = None,
    every: Every | str | None = None,
    ages: Iterable[int] = (30, 60, 90),
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
    rates: Rates | None = None,
) -> Report:
    """
    Count deals by stage and outcome, as they stood at an instant; each is looked at once.

    None is kept, so a deal that is given twice counts twice. Days to win are
    counted where both dates are known and in order.

    Args:
        opportunities: the deals.
        at: the instant as of which they are seen.
        opened_in: only those opened in this period.
        closed_in: of those that are closed, only those closed in this period; what was created in
            it is told beside them.
        every: also tell what was created and closed in each week, month, quarter or year.
        ages: the last day of each age of open deals but the oldest.
        group: a fact by its path, a rule, or week, month, quarter or year of the opening.
        known: whether the group goes by what was known at the entry, or now.
        calendar: whose periods are meant.
        rates: dated rates into one currency; open deals take that of the day of the instant,
            closed ones that of their closing. Each currency stays its own unless given.

    >>> from datetime import UTC
    >>> from salesfunnel.values import Money
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", amount=Money("900", "EUR"), at=monday)
    >>> print(report([deal, deal.lose("price", at=monday)], at=monday))
    2 opportunities at 2026-03-02 00:00 UTC: 1 open, 0 won, 1 lost
      Meeting: 1, 900 EUR
      Lost: 1, 900 EUR
    win rate: 0 of 1 (0%, 95% CI 0–79%) of closed, 1 still open
    win rate by value: 0% of closed EUR, 900 EUR open
    lost for: Price too high 1 (900 EUR)
    lost from: Meeting 1 (900 EUR)
    age of the open ones: 0 to 30 days 1 (900 EUR)
    """
    now, days = instant(at), calendar_of(calendar)
    asked = ReportQuestion(
        at=now,
        opened_in=begun_period(opened_in, "opened_in", at=now),
        closed_in=begun_period(closed_in, "closed_in", at=now),
        every=None if every is None else choice(Every, every, "every"),
        ages=rising_days(ages),
        calendar=days,
        valuing=Valuing(rates),
    )
    grouping = Grouping.of(group, known, at=now, calendar=days, noun=Opportunity, by_day=True)
    apart = Apart(lambda: ReportCounts(asked), grouping)
    for deal in deals_then(opportunities, at=now):
        if asked.is_wanted(deal):
            for counts in apart.counts_of(deal):
                counts.count(deal)
    whole = Report(**apart.whole.figures())
    groups = apart.groups(lambda counts: Report(**counts.figures()))
    problems = (*whole.problems, *asked.valuing.problems())
    return labelled(attrs.evolve(whole, problems=problems, groups=groups), apart.labels, days.zone)
