"""The law of days: a day that a list tells is believed, kept and written, whatever it does not."""

from __future__ import annotations

import tempfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.history import describe
from salesfunnel.interop import combine, read_stage_history
from salesfunnel.interop.accounts import read_accounts
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.interop.people import read_people
from salesfunnel.interop.writing.left_out import NO_PLACE, LeftOut
from salesfunnel.interop.writing.untold_days import UntoldDays
from salesfunnel.interop.writing.written import Written
from salesfunnel.interop.writing.written_accounts import write_accounts, write_people
from salesfunnel.interop.writing.written_deals import write_opportunities
from salesfunnel.interop.writing.written_leads import write_leads
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
    headers = load_mapping(system).opportunity.headers
    if "close" in headers and "closed" not in headers:
        assert deal.closed_on == (closed or expected)


LISTS = {
    "Name,Email,Captured": (read_leads, ("Ani", "ani@ararat.example")),
    "ID,Stage,Opened": (read_opportunities, ("7", "Meeting")),
    "Name,Website,Created": (read_accounts, ("Ararat", "ararat.example")),
}


@given(st.sampled_from(list(LISTS)), st.permutations(["", "", "2025-01-05", "13.13.2025"]))
def test_a_day_goes_before_a_blank(header, days):
    """In any order of the rows, what one of them tells is the day on which it began."""
    read, cells = LISTS[header]
    rows = "".join(f"{','.join(cells)},{day}\n" for day in days)

    outcomes = list(read(StringIO(f"{header}\n{rows}"), at=MONDAY))

    assert {str(found.entity.timeline[0].at.date()) for found in outcomes} == {"2025-01-05"}
    assert all("other_beginning" not in {n.code for n in found.notes} for found in outcomes)


@pytest.mark.parametrize("header", list(LISTS))
def test_the_beginning_of_what_was_known_stays(header):
    """Events of what is known may be stored already: a list adds to them, and rewrites none."""
    read, cells = LISTS[header]
    (known,) = read(StringIO(f"{header}\n{','.join(cells)},\n"), at=MONDAY).entities()

    (found,) = read(StringIO(f"{header}\n{','.join(cells)},2025-01-05\n"), at=MONDAY, known=[known])

    assert found.entity.timeline[0] == known.timeline[0]
    assert "other_beginning" in {note.code for note in found.notes}


def test_a_lead_that_was_converted_some_day_began_when_another_row_says():
    """The day of the end stood in for that of the beginning, until another row told it."""
    rows = StringIO(
        "ID,Name,Created,Stage,Converted on\n7,Ani,,Converted,2025-03-01\n7,Ani,2025-01-05,,\n"
    )

    (lead,) = read_leads(rows, at=MONDAY).entities()

    assert [str(event.at.date()) for event in lead.timeline] == ["2025-01-05", "2025-03-01"]


ENDS = {"Converted": "converted", "Lost": "disqualified"}


@given(st.sampled_from([*ENDS, "New", "Contacted"]), DAYS, DAYS)
def test_of_a_lead_it_is_known_what_its_list_told(stage, captured, converted):
    """When it came, when it was converted, and where it stood; a loss has no day in lists."""
    cells = ",".join(str(day or "") for day in (captured, converted))
    leads = StringIO(f"ID,Name,Stage,Captured,Converted on\n7,Ani,{stage},{cells}\n")

    (lead,) = read_leads(leads, at=MONDAY).entities()

    beginning, *rest = lead.timeline
    assert beginning.is_day_told is (captured is not None)
    assert [end.to_stage for end in rest] == ([ENDS[stage]] if stage in ENDS else [])
    for end in rest:
        assert end.is_day_told is (stage == "Converted" and converted is not None)
        assert not end.is_from_told
        assert "in new" not in describe(end)


UNTOLD = {
    "Name,Email,Captured": (read_leads, write_leads, ("Ani", "ani@ararat.example")),
    "Name,Website,Created": (read_accounts, write_accounts, ("Ararat", "ararat.example")),
    "Name,Account,Created": (read_people, write_people, ("Ani", "Ararat")),
}


@pytest.mark.parametrize("header", list(UNTOLD))
@pytest.mark.parametrize("mapping", ["zoho", "salesfunnel", None])
@given(st.lists(st.sampled_from(["", "2026-13-45", "2025-01-05"]), min_size=1, max_size=4))
@settings(max_examples=5)
def test_a_beginning_that_no_cell_told_is_not_written(header, mapping, days):
    """The moment of the reading stands in for it while it is counted, and in no list."""
    read, write, cells = UNTOLD[header]
    rows = [
        (f"{cells[0]} {'ABCD'[place]}", f"x{place}{cells[1]}", day)
        for place, day in enumerate(days)
    ]
    given_list = StringIO("\n".join([header, *map(",".join, rows)]))

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "list.csv"
        written = write(read(given_list, at=MONDAY).entities(), target, mapping=mapping)
        text = target.read_text("utf-8-sig")

    counts = {one.code: one.count for one in written.left_out if one.place in ("captured", "since")}
    assert str(MONDAY.date()) not in text
    assert text.count("2025-01-05") == days.count("2025-01-05")
    assert counts.get("beginning_not_told", 0) in (0, len(days) - days.count("2025-01-05"))


def test_a_day_that_is_left_out_for_two_reasons_is_named_for_each():
    """Some beginnings no cell told; others did not come back as they are."""
    days = UntoldDays("captured", "timeline.1.at", count=1)
    three = Written("leads.csv", 3, (LeftOut("timeline.1.at", 3, NO_PLACE),))

    found = days.named_in(three).left_out

    assert [(one.code, one.count) for one in found] == [
        ("beginning_not_told", 1),
        (NO_PLACE.code, 2),
    ]


@pytest.mark.parametrize(("stage", "is_told"), [("Qualified", True), ("", False)])
def test_a_lead_that_is_archived_was_lost_where_it_stood(stage, is_told):
    """Odoo keeps the stage of a lead that was given up."""
    rows = StringIO(f"External ID,Contact Name,Stage,Active\n7,Ani,{stage},False\n")

    (lead,) = read_leads(rows, at=MONDAY, mapping=load_mapping("odoo")).entities()

    assert (lead.timeline[-1].from_stage == "qualified") is is_told
    assert lead.timeline[-1].is_from_told is is_told
    assert not lead.timeline[-1].is_day_told


HISTORY_DAYS = st.lists(st.dates(date(2026, 1, 2), date(2026, 2, 20)), min_size=1, max_size=2)


@given(st.sampled_from(["Won", "Lost", "Converted", "Unqualified"]), DAYS, HISTORY_DAYS)
def test_a_history_without_the_end_tells_no_day_of_it(stage, ended, days):
    """Where neither file tells when it was closed, no day stands for it."""
    is_deal = stage in ("Won", "Lost")
    names = ("Meeting", "Proposal") if is_deal else ("New", "Contacted")
    told = zip(names, sorted(days), strict=False)
    lines = "".join(f"7,{name},{day}\n" for name, day in told)
    column, read = ("Closed", read_opportunities) if is_deal else ("Converted on", read_leads)
    noun = read(StringIO(f"ID,Name,Stage,{column}\n7,Ani,{stage},{ended or ''}\n"), at=MONDAY)
    history = read_stage_history(StringIO(f"ID,Stage,Entered\n{lines}"))

    found = combine(**{"opportunities" if is_deal else "leads": noun}, history=history, at=MONDAY)

    (one,) = found.opportunities if is_deal else found.leads
    if is_deal:
        assert one.closed_on == ended
        assert one.closing.stage == one.timeline[-2].to_stage
    else:
        end = one.timeline[-1]
        assert end.is_from_told
        is_later = ended is not None and ended >= max(days)
        assert end.is_day_told is (stage == "Converted" and is_later)
        assert not end.is_day_told or end.at.date() == ended
