"""Laws of slips: each puts the date off, and together they account for every delay."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.history import slips
from tests.history.examples import CLOSE_DATES, MONDAY, a_deal

PLANS = st.lists(CLOSE_DATES, max_size=8)
HOURS = st.sampled_from([timedelta(), timedelta(hours=1)])


def rescheduled(first, plans, hours=timedelta(hours=1)):
    """Open a deal and move its expected close date time and again."""
    deal = a_deal(expected_close=first)
    for number, plan in enumerate(plans):
        deal = deal.amend(expected_close=plan, at=MONDAY + number * hours)
    return deal


@given(CLOSE_DATES, PLANS)
def test_delays_and_gains_add_up_to_the_way_of_the_date(first, plans):
    """All days lost less all days gained lead from the first date to the last."""
    dates = [day for day in (first, *plans) if day]
    gained = sum((a - b).days for a, b in pairwise(dates) if b < a)

    lost = sum(slip.days for slip in slips(rescheduled(first, plans).timeline))

    assert lost - gained == ((dates[-1] - dates[0]).days if dates else 0)


@given(CLOSE_DATES, PLANS, HOURS)
def test_a_slip_puts_the_date_off(first, plans, hours):
    """Every slip costs at least a day, and happened when the date was moved."""
    found = slips(rescheduled(first, plans, hours).timeline)

    assert all(slip.days > 0 for slip in found)
    assert [slip.at for slip in found] == sorted(slip.at for slip in found)


@given(st.lists(CLOSE_DATES.filter(bool), min_size=1, max_size=6), st.randoms())
def test_slips_do_not_depend_on_the_order_of_the_file(plans, random):
    """Each move of a date says from when to when, so that the lines may come in any order."""
    timeline = rescheduled(plans[0], plans[1:], timedelta()).timeline
    shuffled = random.sample(timeline, len(timeline))

    days = sorted(slip.days for slip in slips(shuffled))

    assert days == sorted(slip.days for slip in slips(timeline))
