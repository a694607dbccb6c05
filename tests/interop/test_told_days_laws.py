"""The law of days: a day that a list tells is believed, kept and written, whatever it does not."""

from __future__ import annotations

import tempfile
from datetime import date
from io import StringIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.interop.writing.written_deals import write_opportunities
from tests.interop.examples import MONDAY

DAYS = st.none() | st.dates(date(2020, 1, 1), date(2026, 3, 1))
SYSTEMS = [name for name in SHIPPED if load_mapping(name).opportunity.headers.get("opened")]


@given(st.sampled_from(["Meeting", "Won", "Lost"]), DAYS, DAYS, DAYS)
def test_a_day_of_opening_that_is_told_stays(stage, opened, expected, closed):
    """However it stands with a deal, and whatever is known of its end."""
    cells = ",".join(str(day or "") for day in (opened, expected, closed))
    deals = StringIO(f"ID,Stage,Opened,Expected close,Closed\n7,{stage},{cells}\n")

    (deal,) = read_opportunities(deals, at=MONDAY).entities()

    assert (deal.opened_on, deal.expected_close) == (opened, expected)


@given(st.sampled_from(SYSTEMS), st.sampled_from(["Won", "Lost"]), DAYS, DAYS, DAYS)
def test_the_days_of_a_deal_that_ended_are_written(system, stage, opened, expected, closed):
    """In a list with one column for both ends, the expected one stands where no other is told."""
    cells = ",".join(str(day or "") for day in (opened, expected, closed))
    deals = StringIO(f"ID,Name,Stage,Opened,Expected close,Closed\n7,A,{stage},{cells}\n")
    reading = read_opportunities(deals, at=MONDAY)

    with tempfile.TemporaryDirectory() as folder:
        write_opportunities(reading, Path(folder) / "deals.csv", mapping=system)
        again = read_opportunities(
            Path(folder) / "deals.csv", at=MONDAY, mapping=load_mapping(system)
        )
        (deal,) = again.entities()

    assert deal.opened_on == opened
    if "closed" not in load_mapping(system).opportunity.headers:
        assert deal.closed_on == (closed or expected)
