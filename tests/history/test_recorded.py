"""Examples and laws of a host's own events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Account, Lead, Money
from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.history import Recorded, record
from salesfunnel.testing import accounts, leads, opportunities
from tests.history.examples import DAY, MONDAY, TUESDAY, without_timeline

LEAD = Lead.capture(company="Novin Tejarat", at=TUESDAY)
FACTS = {
    "number": 7,
    "rate": Decimal("0.5"),
    "paid": True,
    "sum": Money(900, "EUR"),
    "due": date(2026, 6, 30),
    "note": "by post",
    "answer": None,
}


@given(
    leads() | opportunities() | accounts(),
    st.dictionaries(st.sampled_from(["a", "b"]), st.integers(-99, 99)),
)
def test_a_host_s_own_event_changes_nothing_but_the_timeline(noun, data):
    """It is kept like any other event, replayed like any other, and no field is touched."""
    at = noun.timeline[-1].at + DAY

    recorded = record(noun, "invoice_sent", data, at=at, by="Sara")

    assert recorded.timeline == (
        *noun.timeline,
        Recorded(at=at, by="Sara", kind="invoice_sent", data=data),
    )
    assert without_timeline(recorded) == without_timeline(noun)
    assert type(noun).replay(recorded.timeline) == recorded


def test_its_data_are_typed():
    """Yes and no, numbers, amounts, days and texts come back as what they were."""
    event = record(LEAD, "invoice_sent", FACTS, at=TUESDAY).timeline[-1]

    assert dict(event.data) == FACTS
    assert [type(event.data[name]) for name in FACTS] == [type(fact) for fact in FACTS.values()]


def test_an_event_may_have_no_data():
    """That it happened may be all there is to say."""
    assert Recorded(at=TUESDAY, kind="seen").data == {}


@pytest.mark.parametrize("wrong", [5, "number", {"number": object()}, {" ": 7}, {7: 7}])
def test_data_are_facts_by_name(wrong):
    """Anything else is refused as the data of the event."""
    with pytest.raises(InvalidValue, match=r"^data "):
        record(LEAD, "invoice_sent", wrong, at=TUESDAY)


def test_a_host_s_own_event_is_refused_as_any_other():
    """Too early, or on a lead that was changed by hand, nothing is recorded."""
    with pytest.raises(MoveRefused, match=r"^cannot record: the time lies before"):
        record(LEAD, "seen", {}, at=MONDAY)
    with pytest.raises(MoveRefused, match=r"^cannot record: its fields do not follow"):
        record(attrs.evolve(LEAD, id="8"), "seen", {}, at=TUESDAY)
    with pytest.raises(InvalidValue, match=r"^kind is blank"):
        record(Account.open(id="7", name="Novin", at=MONDAY), " ", {}, at=MONDAY)
