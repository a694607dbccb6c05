"""What no list tells the day of is in no period, and is named; no day is made up for it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given

from salesfunnel.analytics import cohorts, funnel, report, stage_times
from salesfunnel.values import Period
from tests.analytics.test_eight_questions import (
    LISTS,
    QUESTIONS,
    a_deal,
    attrs_evolved,
    day,
)

SPRING = Period(date(2026, 1, 1), date(2026, 12, 1))


@given(LISTS)
def test_deals_without_a_day_of_opening_are_in_no_period(deals):
    """They are a group of their own, as all that lack the fact, and in no month of the reading."""
    undated = [attrs_evolved(deal, opened_on=None) for deal in deals]

    for question in QUESTIONS.values():
        found = question(undated, at=day(99), group="month")
        assert set(found.groups) <= {None}
    for question in (funnel, stage_times, cohorts):
        found = question(undated, at=day(99), entered=SPRING)
        assert question([], at=day(99), entered=SPRING).as_data() == {
            **found.as_data(),
            "problems": [],
            **({"steps": [], "flows": []} if question is funnel else {}),
        }
        said = [problem.params["count"] for problem in found.problems]
        assert said == [len(deals)] * bool(deals)
    assert not report(undated, at=day(99), opened_in=SPRING).stages


def test_a_window_counts_none_of_whom_nobody_told_when_they_began():
    """How long they took is not known: they are left out, and told."""
    undated = attrs_evolved(a_deal(changes=[(0, "won")]), opened_on=None)

    found = funnel([undated, a_deal()], at=day(60), within=timedelta(days=9))

    assert found.counted == 1
    assert str(found.problems[0]).endswith("lies too early: 1")
