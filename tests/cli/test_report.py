"""The command ``report``: the same options as ``funnel``, on the deals of a file."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.cli import main
from salesfunnel.cli.period import given_period
from salesfunnel.values import Calendar

DEALS = (
    "Deal ID,Stage,Amount,Created,Close Date,Source\n"
    "1,Won,100 EUR,2026-01-05,2026-02-20,web\n"
    "2,Lost,50 EUR,2026-02-05,2026-05-20,web\n"
    "3,Proposal,70 EUR,2026-02-07,,exhibition\n"
)


@pytest.fixture
def file(tmp_path):
    """Write a list of deals."""
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return str(path)


def test_a_report_tells_of_the_deals_of_a_period(capsys, file):
    """What was created and what was closed in it, and the open ones beside them."""
    asked = ["report", file, "--from", "2026-02-01", "--to", "2026-03-31"]
    assert main([*asked, "--group", "source"]) == 0

    out = capsys.readouterr().out
    assert " UTC: 1 open, 1 won, 0 lost\n" in out
    assert "2026-02-01 to 2026-03-31: 2 created (120 EUR), 1 won (100 EUR), 0 lost" in out
    assert "Exhibition: 1 opportunity" in out

    assert main([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["period"]["created_rate"] == {
        "part": 0,
        "whole": 2,
        "share": 0.0,
        "interval": found["period"]["created_rate"]["interval"],
    }


def test_a_report_by_the_months_of_another_calendar(capsys, file):
    """A day is read in either calendar, and a group is by the months of the one that is asked."""
    asked = ["report", file, "--calendar", "jalali", "--group", "month", "--from", "1404-12-01"]

    assert main([*asked, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [group["group"] for group in found["groups"]] == ["1404-10", "1404-11"]
    assert found["period"]["closed"]["count"] == 2


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--from", "soon"], "--from is not a day; allowed: 2026-03-31, or 1405-01-11"),
        (["--calendar", "lunar"], "--calendar is not in the list; allowed: gregorian, jalali"),
        (["--group", "sorce"], "--group is by sorce, a fact that a deal cannot have (did you mean"),
        (["--from", "2199-01-01"], "--from begins after"),
        (["--from", "05/01/2026"], "--from may begin with its day or with its month; allowed: "),
        (["--to", "1799-01-01"], "--to lies beyond the calendar; allowed: a day of the years 1900"),
        (["--to", "9999-12-31"], "--to lies beyond the calendar; allowed: a day of the years 1900"),
    ],
)
def test_an_option_that_means_nothing_is_told(capsys, file, options, sentence):
    """In one sentence, and nothing is counted."""
    assert main(["report", file, *options]) == 2

    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--from", "2026-01-11"], "from 2026-01-11 on: "),
        (["--to", "2026-02-10"], "up to 2026-02-10: "),
        (["--from", "1404/10/21", "--calendar", "jalali"], "from 1404-10-21 on: "),
        (["--to", "1404/11/21", "--calendar", "jalali"], "up to 1404-11-21: "),
        (
            ["--from", "2026-01-11", "--to", "2026-02-10", "--calendar", "jalali"],
            "1404-10-21 to 1404-11-21: ",
        ),
        (["--from", "05/01/2026", "--day-first"], "from 2026-01-05 on: "),
        (["--from", "05/01/2026", "--no-day-first"], "from 2026-05-01 on: "),
    ],
)
def test_a_period_is_told_in_the_days_of_the_calendar(capsys, file, options, told):
    """Open where no day was named, and the same below each group."""
    assert main(["report", file, *options, "--group", "month"]) == 0

    out = capsys.readouterr().out
    lines = [line.strip() for line in out.splitlines() if ": " in line and " created" in line]
    assert lines
    assert all(line.startswith(told) for line in lines)
    assert "9989" not in out
    assert "1900" not in out


def test_persian_goes_by_the_jalali_calendar_unless_another_is_asked(capsys, file):
    """The months and the title of a page are of one calendar."""
    asked = ["report", file, "--from", "2026-01-11"]

    assert main([*asked, "--language", "fa"]) == 0
    assert "۱۴۰۴/۱۰/۲۱ تا …" in capsys.readouterr().out
    assert main([*asked, "--language", "fa", "--calendar", "gregorian"]) == 0
    assert "۲۰۲۶/۰۱/۱۱ تا …" in capsys.readouterr().out


def test_a_period_without_a_beginning_has_no_rate_a_day(capsys, file):
    """Nobody knows of how many days it would be, and JSON has no day there."""
    assert main(["report", file, "--to", "2026-02-28", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["won_value"] == {"EUR": "100"}
    assert found["won_per_day"] == {}
    assert (found["period"]["since"], found["period"]["until"]) == (None, "2026-03-01")


@given(st.dates(date(2024, 1, 1), date(2026, 2, 1)), st.integers(13, 28), st.booleans())
@settings(max_examples=8)
def test_one_of_two_days_may_prove_the_order_of_both(first, day, is_day_first):
    """A day beyond the twelfth cannot be a month, in the other option too."""
    proof = first.replace(day=day) + timedelta(days=31)
    proof = proof.replace(day=day)
    form = "%d/%m/%Y" if is_day_first else "%m/%d/%Y"
    told = argparse.Namespace(since=f"{first:{form}}", until=f"{proof:{form}}", day_first=None)

    found = given_period(told, Calendar(), at=datetime(2027, 1, 1, tzinfo=UTC))

    assert (found.since, found.last) == (first, proof)
