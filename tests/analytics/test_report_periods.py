"""What was created, closed and won in a period, how old open deals are, why others were lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import forecast, funnel, report, slippage, time_to_win
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.interop import read_opportunities
from salesfunnel.opportunities import worth
from salesfunnel.pipeline import Stage, StageKind
from salesfunnel.pipeline.presets.free import free_pipeline
from salesfunnel.values import Calendar, Period, Rates
from tests.analytics.test_eight_questions import (
    LISTS,
    RATES,
    SPRING,
    START,
    a_deal,
    attrs_evolved,
    day,
)

EUR = Money(90, "EUR")
APRIL = date(2026, 4, 20)


def test_the_won_of_the_closed_are_not_the_won_of_the_created():
    """Two questions about one month, and the open ones beside the second."""
    deals = [
        a_deal(amount=EUR, changes=[(35, "won")], id="1"),
        a_deal(opened=31, amount=EUR, changes=[(9, "won")], id="2"),
        a_deal(opened=31, amount=EUR, id="3"),
        a_deal(opened=31, amount=EUR, changes=[(40, "price")], id="4"),
        a_deal(opened=31, changes=[(1, "junk")], id="5"),
    ]

    found = report(deals, at=day(75), closed_in=SPRING, every="month")

    april = found.period
    assert april == found.periods[1].__class__(
        period=SPRING,
        created=april.created,
        won=april.won,
        lost=april.lost,
        created_won=1,
        created_lost=1,
    )
    assert (str(april.created), str(april.closed)) == ("3: 270 EUR", "2: 180 EUR")
    assert (str(april.win_rate)[:6], str(april.created_rate)[:6]) == ("2 of 2", "1 of 3")
    assert april.created_open == 1
    assert [str(month.period) for month in found.periods] == ["2026-03", "2026-04", "2026-05"]
    assert [month.created.count for month in found.periods] == [1, 3, 0]
    assert str(found.period) in str(found)
    assert found.won_per_day == (Money(6, "EUR"),)
    assert "won a day in the period: 6 EUR" in str(found)
    assert found.as_data()["period"]["created_open"] == 1
    assert report(deals, at=day(45), closed_in=SPRING).won_per_day == (Money("11.25", "EUR"),)


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(-12, 12)), max_size=6),
    st.integers(-12, 12),
    st.sampled_from(["week", "month", "quarter", "year"]),
)
@example([(443, -12)], 12, "month")
def test_a_deal_is_of_the_group_of_the_period_in_which_it_was_created(deals, hours, every):
    """By the day that it tells, wherever it was opened, and whoever asks."""
    here = Calendar("jalali", zone=timezone(timedelta(hours=hours)))
    opened = [
        Opportunity.open(
            id="7",
            expected_close=APRIL,
            at=(START + timedelta(hours=hour)).astimezone(timezone(timedelta(hours=zone))),
        )
        for hour, zone in deals
    ]
    asked = {"at": day(150), "group": every, "calendar": here}

    found = report(opened, every=every, **asked)

    created = {p.period.label: p.created.count for p in found.periods if p.created.count}
    assert {name: group.count("open") for name, group in found.groups.items()} == created
    for ask in (forecast, time_to_win):
        assert [*ask(opened, **asked).groups] == [*found.groups]
    assert {*slippage(opened, due=SPRING, **asked).groups} <= {*found.groups}


@given(LISTS, st.integers(0, 100), st.sampled_from(["week", "month", "quarter", "year"]))
def test_periods_add_up_to_all_that_was_created_and_closed(deals, number, every):
    """Each deal is created in one period, and closed in one if at all."""
    found = report(deals, at=day(number), every=every, calendar=Calendar("jalali"), rates=RATES)

    created = sum(found.count(kind) for kind in ("open", "won", "lost"))
    assert sum(period.created.count for period in found.periods) == created
    assert sum(period.won.count for period in found.periods) == found.count("won")
    assert sum(period.lost.count for period in found.periods) == found.count("lost")
    assert sum(period.created_won for period in found.periods) == found.count("won")
    assert sum(period.created_open for period in found.periods) == found.count("open")
    assert sum(age.total.count for age in found.ageing) == found.count("open")
    assert sum(total.count for _, total in found.lost_from) == found.count("lost")
    assert sum(total.count for _, total in found.lost_for) == found.count("lost")


@pytest.mark.parametrize("folder", ["", "us_date_variant"])
def test_real_deals_show_that_both_rates_differ(real_data, folder):
    """Of those closed in the first quarter 82.1 percent were won, of those created in it 55.5."""
    path = real_data / "maven_pipeline" / folder / "sales_pipeline.csv"
    deals = list(read_opportunities(path, at=datetime(2018, 1, 1, tzinfo=UTC)).entities())
    spring = Period(date(2017, 1, 1), date(2017, 4, 1))
    now = datetime(2018, 1, 1, tzinfo=UTC)

    found = report(deals, at=now, closed_in=spring, every="quarter")

    assert f"{found.period.win_rate.part / found.period.win_rate.whole:.1%}" == "82.1%"
    quarter = next(each for each in found.periods if each.period.label == "2017 Q1")
    assert quarter.win_rate == found.period.win_rate
    assert f"{quarter.created_rate.part / quarter.created_rate.whole:.1%}" == "55.5%"


def test_the_open_ones_have_an_age_and_some_are_overdue():
    """By civil days; one of which the day is not known is counted apart."""
    undated = attrs_evolved(a_deal(amount=EUR, id="4"), opened_on=None)
    deals = [a_deal(amount=EUR), a_deal(opened=30, id="2"), a_deal(opened=31, id="3"), undated]

    found = report(deals, at=day(40), ages=[9, 30])

    assert [str(age) for age in found.ageing] == [
        "0 to 9 days 1",
        "10 to 30 days 1",
        "31 days or more 1 (90 EUR)",
        "not known 1 (90 EUR)",
    ]
    assert found.ageing[0].as_data()["label"] == "0 to 9 days"
    assert found.stages[0].overdue == 3
    assert "a: 4, 180 EUR, 3 overdue" in str(found)
    for ages in ([30, 9], [9, 9], [-1], ["9"]):
        with pytest.raises(InvalidValue, match="ages are not days that rise"):
            report(deals, at=day(40), ages=ages)
    with pytest.raises(WrongKind, match="ages is of the wrong kind"):
        report(deals, at=day(40), ages=30)


def test_what_has_no_day_or_the_wrong_one_is_told():
    """A deal won before it was opened is in no count of days, one without a day in no period."""
    odd = Opportunity.open(id="1", pipeline=a_deal().pipeline, at=day(9))
    odd = odd.move(to="won", closed_on=START.date(), at=day(9))
    undated = attrs_evolved(a_deal(id="2"), opened_on=None)

    found = report([odd, undated], at=day(40), every="month")

    assert [str(problem) for problem in found.problems] == [
        "won before they were opened, and in no count of days: 1",
        "without the day of opening or closing, and missing from its period: 1",
    ]
    assert found.days_to_win.count == 0
    assert str(found.problems[0]) in found._repr_html_()


def test_a_loss_without_a_reason_is_not_known():
    """It counts among the losses, so that they add up to the lost."""
    board = free_pipeline("plain", [Stage("a"), Stage("lost", kind="lost")])
    deal = Opportunity.open(id="7", pipeline=board, amount=EUR, at=START)
    lost = deal.move(to="lost", reason="unknown", at=day(1))

    found = report([lost], at=day(2))

    assert "lost for: (not known) 1 (90 EUR)" in str(found)
    assert str(found.losses[0]) == "from a for unknown: 1: 90 EUR"
    assert found.velocity == ()


def test_a_duplicate_was_not_due():
    """What is in no rate is in no push rate either, and is told."""
    deals = [a_deal(expected=APRIL), a_deal(expected=APRIL, changes=[(35, "junk")], id="8")]

    found = slippage(deals, due=SPRING, at=day(80))

    assert (found.due, found.uncounted) == (1, (("junk", 1),))
    assert "in no rate: junk 1" in str(found)


def test_a_window_for_a_stage_that_is_none_is_told():
    """A misspelt stage would change nothing without a word."""
    with pytest.raises(InvalidValue, match="within is for aa, which is not a step"):
        funnel([a_deal()], at=day(9), within={"aa": timedelta(days=9)})


def test_what_a_deal_was_closed_for_is_what_it_counts_for_everywhere():
    """A file may tell another amount of the closing than that of the deal."""
    won = a_deal(amount=EUR, changes=[(1, "won")])
    *before, closed = won.timeline
    thirty = Money(30, "EUR")
    earned = attrs.evolve(closed, closing=attrs.evolve(closed.closing, amount=thirty))
    deal = Opportunity.replay([*before, earned])
    lost = a_deal(amount=EUR, changes=[(1, "price")], id="8")

    found = report([deal, lost, a_deal(amount=EUR, id="9")], at=day(9), every="month")

    assert found.win_rate_by_value == (("EUR", Fraction(1, 4)),)
    assert found.total(StageKind.WON).value == (thirty,)
    assert "won value: 30 EUR" in str(found)
    assert found.velocity[0].median_won == thirty
    assert [month.won.value for month in found.periods] == [(thirty,)]
    assert forecast([deal], at=day(2)).rows[0].won.value == (thirty,)
    assert worth(deal, Rates("EUR", {}), on=day(9).date()) == thirty
