"""The law of numbers to call: each is written while the list has a free column for any of them."""

from __future__ import annotations

import csv
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.interop import read_leads, write_accounts, write_leads
from salesfunnel.interop.writing.lent_numbers import TO_CALL
from salesfunnel.interop.writing.written_columns import WrittenColumns
from salesfunnel.leads import Lead
from salesfunnel.values import ContactPoint
from tests.interop.written_lists import ALL, check, few

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WRITERS = {"lead": (Lead.capture, write_leads), "account": (Account.open, write_accounts)}
NUMBERED = {name: mapping for name, mapping in ALL.items() if mapping is not None}


def numbers(kinds):
    """Give a number of each kind, no two alike."""
    return [ContactPoint(kind, f"+98 912 123 45{n:02}") for n, kind in enumerate(kinds)]


@pytest.mark.parametrize("noun", WRITERS)
@pytest.mark.parametrize("name", NUMBERED)
@few
@given(kinds=st.lists(st.sampled_from(TO_CALL), min_size=1, max_size=4))
def test_a_number_is_written_while_a_column_for_any_is_free(name, noun, kinds):
    """Each has a cell, or a sentence; and one in a column of the other kind has both."""
    begin, write = WRITERS[noun]
    mapping, points = NUMBERED[name], numbers(kinds)
    if not getattr(mapping, noun).headers:
        return
    columns = WrittenColumns.of(mapping, noun)
    room = sum(columns.room(field, len(kinds)) for field in TO_CALL)
    one = begin(id="7", company="Novin", contact_points=points, at=MONDAY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        written = write([one], path, mapping=mapping)
        (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())

    cells = "; ".join(row.values())
    told = [point for point in points if point.text in cells]
    assert len(told) == min(room, len(points))
    reasons = [one.code for one in written.left_out if one.place.startswith("contact_points.")]
    assert reasons.count("no_column_for_fact") == len(points) - len(told)
    own = sum(columns.room(field, kinds.count(field)) for field in TO_CALL)
    assert reasons.count("number_in_another_column") == len(told) - own
    assert len(reasons) == len(points) - own


@pytest.mark.parametrize("name", ALL)
@few
@given(kinds=st.lists(st.sampled_from([*TO_CALL, "fax"]), max_size=5))
def test_what_stands_in_another_column_is_named_as_read_otherwise(name, kinds):
    """Who reads the list finds another kind of number, and was told so."""
    lead = Lead.capture(id="7", person="Ani", contact_points=numbers(kinds), at=MONDAY)
    check(lead, ALL[name], write_leads, read_leads)


def test_leads_that_lend_are_counted_apart_from_those_that_lose(tmp_path):
    """EspoCRM has one column of numbers: a mobile alone stands there, and beside a phone not."""
    mobile, phone = (
        ContactPoint("mobile", "+98 912 123 4567"),
        ContactPoint("phone", "+98 21 8877 6655"),
    )
    leads = [
        Lead.capture(id=str(n), company="Novin", contact_points=points, at=MONDAY)
        for n, points in enumerate([[mobile], [mobile, phone], [mobile], [phone], [mobile, mobile]])
    ]

    written = write_leads(leads, tmp_path / "leads.csv", mapping="espocrm")

    with (tmp_path / "leads.csv").open(encoding="utf-8-sig") as file:
        cells = [row["phoneNumber"] for row in csv.DictReader(file)]
    assert cells == [mobile.text, phone.text, mobile.text, phone.text, mobile.text]
    assert [str(one) for one in written.left_out if "contact_points" in one.place] == [
        "mobile: 1 (the list has no column for it)",
        "mobile: 3 (it stands in a free column for other numbers)",
        "second mobile: 1 (the list has no column for it)",
    ]
