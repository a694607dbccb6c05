"""Histories that other systems have kept, read from real files."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from salesfunnel.history import (
    StageEntered,
    anomalies,
    current_interval,
    read_intervals,
    stage_history,
    time_in_stage,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def histories(real_data):
    """The stage history of each deal of a Salesforce organisation, in the order of the file."""
    found = defaultdict(list)
    with (real_data / "salesforce_org" / "OpportunityHistory.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.strptime(row["CreatedDate"], "%m/%d/%y %I:%M %p").replace(tzinfo=UTC)
            found[row["OpportunityId"]].append(StageEntered(at=at, to_stage=row["StageName"]))
    return found


def test_the_time_in_all_stages_is_the_age_of_each_deal(histories):
    """All 48 lines of the 36 deals are read, and no time is lost."""
    ages = {deal: NOW - min(line.at for line in lines) for deal, lines in histories.items()}

    spent = {
        deal: sum(time_in_stage(lines, at=NOW).values(), timedelta())
        for deal, lines in histories.items()
    }

    assert spent == ages
    assert sum(len(stage_history(lines)) for lines in histories.values()) == 48


def test_nothing_is_strange_about_a_deal_but_the_minute_is_crowded(histories):
    """Within a deal the minutes suffice; over the file, most lines share one."""
    assert {o.code for lines in histories.values() for o in anomalies(lines, at=NOW)} == set()
    everything = [line for lines in histories.values() for line in lines]
    assert {anomaly.code for anomaly in anomalies(everything, at=NOW)} == {"tie"}


def test_the_order_of_the_file_does_not_matter(histories):
    """Read backwards, the lines tell the same story of each deal."""
    for lines in histories.values():
        backwards = lines[::-1]

        assert stage_history(backwards) == stage_history(lines)


def test_closed_deals_that_were_lost_later_stand_in_the_later_stage(histories):
    """Deals that were won in February and lost in March, filed in either order, are lost."""
    lost = [
        deal
        for deal, lines in histories.items()
        if current_interval(lines, at=NOW).stage == "Closed Lost"
        and "Closed Won" in time_in_stage(lines, at=NOW)
    ]

    assert len(lost) == 7


def test_the_deals_of_a_wholesaler_are_read(real_data):
    """Of 8,800 deals with days only, every one that has begun is read, and only ends are odd."""
    codes = defaultdict(int)
    with (real_data / "maven_pipeline" / "sales_pipeline.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            days = [row["engage_date"], row["close_date"]]
            begun, closed = (
                datetime.fromisoformat(d).replace(tzinfo=UTC) if d else None for d in days
            )
            rows = [("Engaging", begun, closed)] if begun else []
            rows += [(row["deal_stage"], closed, None)] if closed else []
            for anomaly in read_intervals(rows, at=NOW).anomalies:
                codes[anomaly.code] += 1

    assert codes == {}
