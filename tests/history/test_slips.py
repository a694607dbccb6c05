"""Examples of slips of the expected close date."""

from __future__ import annotations

from datetime import date

import pytest

from salesfunnel import Money
from salesfunnel.history import Slip, slips
from tests.history.examples import MONDAY, TUESDAY, WEDNESDAY, a_deal

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


def test_a_slip_says_when_and_by_how_much():
    """From June to July is a slip of thirty days."""
    deal = a_deal(expected_close=JUNE).amend(expected_close=JULY, at=TUESDAY)

    assert slips(deal.timeline) == (Slip(TUESDAY, JUNE, JULY),)
    assert slips(deal.timeline)[0].days == 30


@pytest.mark.parametrize("before", [None, JULY, AUGUST])
def test_a_first_a_same_or_a_nearer_date_is_no_slip(before):
    """Nothing is put off by these."""
    assert (
        slips(a_deal(expected_close=before).amend(expected_close=JULY, at=TUESDAY).timeline) == ()
    )


def test_a_date_that_was_withdrawn_still_counts():
    """Taking the date away and setting a later one the day after hides nothing."""
    deal = (
        a_deal(expected_close=JUNE)
        .amend(expected_close=None, at=TUESDAY)
        .amend(expected_close=JULY, at=WEDNESDAY)
    )

    assert slips(deal.timeline) == (Slip(WEDNESDAY, JUNE, JULY),)


def test_other_changes_are_no_slips():
    """A revised amount says what it was before as well, but is no date."""
    deal = a_deal(expected_close=JUNE, amount=Money(1, "EUR"))

    assert slips(deal.amend(amount=Money(2, "EUR"), at=MONDAY).timeline) == ()
