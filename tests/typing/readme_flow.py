"""The flow of the README, typed."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_type

from salesfunnel import (
    BANT,
    Account,
    Assessment,
    Lead,
    Money,
    Opportunity,
    Source,
    plan_conversion,
)
from salesfunnel.conversion import ConversionPlan


def from_card_to_deal(at: datetime) -> Opportunity:
    """Take a lead in, qualify and convert it."""
    lead = Lead.capture(
        person="Sara Ahmadi",
        company="Novin Tejarat",
        email="sara@novin.example",
        source=Source.EXHIBITION,
        at=at,
    )
    lead = lead.log("call", inbound=True, note="asked for a demo", at=at)
    lead = lead.answer("need", True, at=at).answer({"budget": True, "timing": True}, at=at)
    assessment = BANT.assess(lead, at=at)
    assert_type(assessment, Assessment)
    lead = lead.qualify(BANT, at=at)

    plan = plan_conversion(lead, amount=Money("900", "EUR"), expected_close=date(2026, 6, 30))
    assert_type(plan, ConversionPlan)
    done = plan.apply(at=at)
    assert_type(done.lead, Lead)
    assert_type(done.account, Account | None)
    # A conversion may also do without an opportunity.
    assert done.opportunity is not None
    return done.opportunity.move("propose", at=at)


def to_the_close(deal: Opportunity, at: datetime) -> Opportunity:
    """Agree, win, lose and reopen."""
    deal = deal.estimate("0.9", at=at).agree(Money("800", "EUR"), at=at)
    deal = deal.amend(name="Pumps", expected_close=date(2026, 7, 31), at=at)
    deal = deal.lose("price", competitor="Faradis", at=at).reopen(at=at)
    return deal.win(at=at)
