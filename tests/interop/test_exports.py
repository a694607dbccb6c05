"""Exports of the common systems, under the headers that they write, read without a mapping."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salesfunnel.interop.accounts import read_accounts
from salesfunnel.interop.activity_lines import read_activities
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import SHIPPED
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.interop.people import read_people
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
    stage = {"odoo": "qualified", "pipedrive": "new"}.get(system, "contacted")
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
    "espocrm": "Proposal",
    "frappe": "Proposal/Quotation",
    "erpnext": "Proposal/Price Quote",
    "pipedrive": "Proposal Made",
}


@pytest.mark.parametrize("system", SHIPPED)
def test_deals_of_a_common_system_arrive_whole(system):
    """One open, one won and one lost, with their amounts and dates."""
    name, accepted, refused = read(read_opportunities, f"{system}_deals")

    deals = [row.entity for row in accepted]
    assert (name, refused) == (system, [])
    names = ["", "", ""] if system == "frappe" else ["A", "B", "C"]  # its deals have none
    assert [deal.name for deal in deals] == names
    kinds = [deal.pipeline.stage(deal.stage).kind.value for deal in deals]
    assert (deals[0].stage, kinds) == (OWN_STAGES.get(system, "proposal"), ["open", "won", "lost"])
    assert [deal.amount for deal in deals][:2] == [Money("1200.5", "EUR"), Money(900, "EUR")]
    assert deals[0].opened_on == date(2026, 1, 5)
    closed = [None] * 3 if system == "erpnext" else [None, date(2026, 2, 1), date(2026, 2, 1)]
    assert [deal.closed_on for deal in deals] == closed  # ERPNext keeps no day of closing
    assert {deal.opened_on for deal in deals if deal.closed_on} <= {date(2026, 1, 5)}
    assert deals[0].expected_close == date(2026, 6, 30)


def test_the_qualification_of_dynamics_is_understood():
    """Its options are answers; what may come is unknown."""
    (found,) = read(read_leads, "dynamics_leads")[1]

    assert {slot: answer.value for slot, answer in found.entity.answers.items()} == {
        "need": True,
        "budget": None,
    }


@pytest.mark.parametrize("system", SHIPPED)
def test_accounts_of_a_common_system_arrive_whole(system):
    """Which company it is, and since when; where the export tells it, how to reach it."""
    name, (found,), refused = read(read_accounts, f"{system}_accounts")

    account = found.entity
    assert (name, refused, account.id, account.name) == (system, [], "5", "Novin")
    assert account.timeline[0].at.date() in {date(2026, 1, 5), date(2026, 1, 25)}
    assert {point.key for point in account.contact_points} <= {
        "info@novin.example",
        "+982188881234",
        "+989121234567",
        "novin.example",
    }


@pytest.mark.parametrize("system", SHIPPED)
def test_people_of_a_common_system_arrive_whole(system):
    """Who it is, what they do at which account, and how to reach them."""
    name, (found,), refused = read(read_people, f"{system}_contacts")

    person = found.entity
    same = {"erpnext": "frappe"}.get(system, system)  # both use the contacts of the framework
    assert (name, refused, person.id, person.account) == (same, [], "9", "Novin")
    assert (person.person.name, person.person.job_title) == ("Sara Ahmadi", "Buyer")
    assert [point.key for point in person.person.contact_points] == ["s@n.example"]


NO_KIND = {"suitecrm", "espocrm", "frappe"}
"""Whose calls, meetings and tasks are a list each, which says nothing of its kind."""


@pytest.mark.parametrize("system", SHIPPED)
def test_activities_of_a_common_system_arrive_whole(system):
    """What was done, and what is planned; for whom, and by whom."""
    name, accepted, refused = read(read_activities, f"{system}_activities")

    done, planned = (row.entity for row in accepted)
    assert (name, refused) == (system, [])
    assert (done.status, planned.status) == ("done", "planned")
    assert (done.day.month, planned.day.month) == (2, 6)
    assert {done.note, planned.note, done.owner} == {"Demo", "Offer", "Ani"}
    assert "7" in done.about or system == "erpnext"
    kinds = {"activity"} if system in NO_KIND else {"call", "meeting"}
    assert done.kind in kinds
