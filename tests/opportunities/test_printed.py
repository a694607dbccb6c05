"""Nouns, ways and permits print themselves in a line, and without anything personal."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs

from salesfunnel import Account, Lead, Money, Opportunity

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PERSON = {"person": "Sara Ahmadi", "email": "sara@novin.example"}


def test_a_noun_is_one_short_line():
    """Which one it is, where it stands and what it is worth."""
    deal = Opportunity.open(id="7", amount=Money(900, "EUR"), at=MONDAY)
    due = deal.amend(expected_close=date(2026, 6, 30), at=MONDAY)
    undated = attrs.evolve(deal.lose("price", at=MONDAY), stage="hall")

    assert str(deal) == "deal 7: Meeting, 900 EUR"
    assert str(due) == "deal 7: Meeting, 900 EUR, expected by 2026-06-30"
    assert str(due.lose("price", at=MONDAY)) == "deal 7: Lost on 2026-03-02, 900 EUR"
    assert str(undated).startswith("deal 7: hall")  # which is no stage; a print never fails
    assert str(Lead.capture(id="8", **PERSON, at=MONDAY)) == "lead 8: New"
    assert str(Account.open(id="9", name="Novin", at=MONDAY)) == "account 9"


def test_ways_say_what_they_need_or_what_stands_in_them():
    """A board of plain words: where each leads, with what, or why not."""
    deal = Opportunity.open(id="7", at=MONDAY).move("propose", at=MONDAY)

    lines = [*map(str, deal.ways(at=MONDAY))]

    assert lines[:2] == ["meet → Meeting", "negotiate → Negotiation"]
    assert lines[2].startswith("win → Won: cannot win: no decision maker is known")
    assert lines[3] == "lose → Lost, with a reason"
    assert str(deal.decide("meet", at=MONDAY)) == "can meet → Meeting"
