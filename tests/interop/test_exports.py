"""Exports of the common systems, under the headers that they write, read without a mapping."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping import SHIPPED
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.values import Money, Source
from tests.interop.examples import MONDAY, sorted_out

EXPORTS = Path(__file__).parent / "exports"


def read(reader, name):
    """Read an export: the mapping, the rows accepted, and those refused."""
    reading = reader(EXPORTS / f"{name}.csv", at=MONDAY)
    return reading.mapping.name, *sorted_out(reading)


@pytest.mark.parametrize("system", SHIPPED)
def test_leads_of_a_common_system_arrive_whole(system):
    """Who it is, how to reach them, where they came from, how far they are, and since when."""
    name, accepted, refused = read(read_leads, f"{system}_leads")

    lead = accepted[0].entity
    stage = {"odoo": "qualified", "pipedrive": "new", "dynamics": "new"}.get(system, "contacted")
    assert (name, refused, lead.id, lead.stage) == (system, [], "7", stage)
    assert (lead.person.name, lead.person.job_title) == ("Sara Ahmadi", "Buyer")
    assert (lead.company.name, str(lead.contact_points[0])) == ("Novin", "s@n.example")
    assert lead.source is Source.EXHIBITION
    assert lead.timeline[0].at.date() == date(2026, 1, 5)


OWN_STAGES = {
    **dict.fromkeys(["salesforce", "vtiger", "suitecrm"], "Proposal/Price Quote"),
    "dynamics": "Propose",
    "hubspot": "Proposal",
    "odoo": "Proposition",
}


@pytest.mark.parametrize("system", SHIPPED)
def test_deals_of_a_common_system_arrive_whole(system):
    """One open, one won and one lost, with their amounts and dates."""
    name, accepted, refused = read(read_opportunities, f"{system}_deals")

    deals = [row.entity for row in accepted]
    assert (name, refused) == (system, [])
    assert [deal.name for deal in deals] == ["A", "B", "C"]
    kinds = [deal.pipeline.stage(deal.stage).kind.value for deal in deals]
    assert (deals[0].stage, kinds) == (OWN_STAGES.get(system, "proposal"), ["open", "won", "lost"])
    assert [deal.amount for deal in deals][:2] == [Money("1200.5", "EUR"), Money(900, "EUR")]
    assert {deal.opened_on for deal in deals} == {date(2026, 1, 5)}
    assert [deal.closed_on for deal in deals] == [None, date(2026, 2, 1), date(2026, 2, 1)]
    assert deals[0].expected_close == date(2026, 6, 30)


def test_the_qualification_of_dynamics_is_understood():
    """Its options are answers; what may come is unknown."""
    (found,) = read(read_leads, "dynamics_leads")[1]

    assert {slot: answer.value for slot, answer in found.entity.answers.items()} == {
        "need": True,
        "budget": None,
    }
