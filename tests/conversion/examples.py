"""Leads, an account and a deal, as the tests of conversion need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs

from salesfunnel.accounts import Account
from salesfunnel.conversion import draft_conversion
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.qualification import BANT
from salesfunnel.values import Company, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
SARA, LI = Person("Sara Ahmadi"), Person("Li Wei")
NOVIN = Company("Novin", city="Tehran")


def a_lead(kind=Lead, **known):
    """Make a qualified lead."""
    who = {"person": SARA, "company": NOVIN, "details": {"hall": "7"}} | known
    lead = kind.capture(**who, at=MONDAY)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    return lead.qualify(BANT, at=MONDAY)


def an_account(**known):
    """Make an account of Novin, about which little is known."""
    return Account.open(**{"id": "A1", "company": Company("Novin")} | known, at=MONDAY)


def a_deal(**known):
    """Make an open deal of that account."""
    return Opportunity.open(**{"id": "D1", "account_id": "A1"} | known, at=MONDAY)


def codes(lead, **given):
    """List what speaks against a conversion."""
    refusal = draft_conversion(lead, **given).refusal
    return [] if refusal is None else [objection.code for objection in refusal.objections]


def facts(noun):
    """Give all that is known about a noun, but not how it came about."""
    return None if noun is None else attrs.evolve(noun, timeline=())


def later(*nouns):
    """Give the time of the last thing that has happened."""
    return max(noun.timeline[-1].at for noun in nouns if noun)
