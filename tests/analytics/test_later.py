"""Leads and deals that begin after the instant of a question are left out of it, and told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Lead, Opportunity
from salesfunnel.analytics import (
    cohorts,
    forecast,
    funnel,
    movement,
    report,
    stage_times,
    time_to_win,
)
from salesfunnel.cli import main

AT, DAY = datetime(2026, 3, 2, 9, tzinfo=UTC), timedelta(days=1)


def _movement(deals, *, at):
    return movement(deals, since=AT - DAY, until=at)


OF_DEALS = (report, forecast, _movement, funnel, stage_times, time_to_win, cohorts)
OF_LEADS = OF_DEALS[3:]
BEGINNINGS = st.lists(st.integers(-2, 2), max_size=5)


def deals_of(beginnings):
    """Open a deal so many days after the instant."""
    return [Opportunity.open(id=f"D{n}", at=AT + d * DAY) for n, d in enumerate(beginnings)]


def leads_of(beginnings):
    """Capture a lead so many days after the instant."""
    return [
        Lead.capture(id=f"L{n}", person="Sara", at=AT + d * DAY) for n, d in enumerate(beginnings)
    ]


def later_in(found):
    """Read how many are told to begin later."""
    return sum(p.params["count"] for p in found.problems if p.code == "begun_later")


@given(BEGINNINGS)
def test_deals_that_begin_later_change_nothing_but_a_sentence(beginnings):
    """Law: the count is that of those that had begun, and beside it stands how many had not."""
    deals = deals_of(beginnings)
    begun = [deal for deal in deals if deal.timeline[0].at <= AT]
    for ask in OF_DEALS:
        found, alone = ask(deals, at=AT), ask(begun, at=AT)
        if ask is not funnel or begun:  # which else does not know of its stages
            assert attrs.evolve(found, problems=()) == attrs.evolve(alone, problems=())
        assert (later_in(found), later_in(alone)) == (len(deals) - len(begun), 0)


@given(BEGINNINGS, BEGINNINGS)
def test_leads_and_their_deals_that_begin_later_are_told_together(leads, deals):
    """Law: whatever is given counts once, the leads and the deals of them."""
    count = sum(day > 0 for day in (*leads, *deals))
    for ask in OF_LEADS:
        found = ask(leads_of(leads), at=AT, opportunities=deals_of(deals))
        assert later_in(found) == count


@pytest.mark.parametrize("command", ["report", "funnel"])
def test_a_command_tells_what_begins_later(capsys, tmp_path, command):
    """A list of which some begin in the future does not lose them without a word."""
    path = tmp_path / "list.csv"
    header = "Deal ID,Stage,Created" if command == "report" else "ID,Name,Created"
    path.write_text(f"{header}\n1,new,2026-01-01\n2,new,2199-02-01\n", encoding="utf-8")
    if command == "report":
        path.write_text(path.read_text(encoding="utf-8").replace("new", "Meeting"), "utf-8")

    assert main([command, str(path)]) == 0

    assert "left out, since they begin later: 1" in capsys.readouterr().out
