"""Answers of the programs of other systems, as each tells its deals and leads in JSON."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from salesfunnel.interop import read_leads, read_opportunities
from tests.interop.examples import MONDAY

SHOWN = "@OData.Community.Display.V1.FormattedValue"
DEALS = {
    "pipedrive": {
        "success": True,
        "data": [
            {
                "id": 12,
                "title": "Pumps",
                "value": 4500.5,
                "currency": "EUR",
                "status": "open",
                "stage": "Proposal Made",
                "add_time": "2026-01-05 10:00:00",
                "org_id": {"name": "Novin", "value": 7},
                "owner_name": "Ani",
                "expected_close_date": "2026-06-30",
            }
        ],
    },
    "zoho": {
        "data": [
            {
                "id": "12",
                "Deal_Name": "Pumps",
                "Account_Name": {"name": "Novin"},
                "Stage": "Proposal/Price Quote",
                "Amount": 4500.5,
                "Closing_Date": "2026-06-30",
                "Owner": {"name": "Ani"},
                "Created_Time": "2026-01-05T10:00:00Z",
                "Currency": "EUR",
            }
        ],
        "info": {"more_records": False},
    },
    "odoo": [
        {
            "id": 12,
            "name": "Pumps",
            "partner_id": [3, "Novin"],
            "stage_id": [2, "Qualified"],
            "expected_revenue": 4500.5,
            "user_id": [1, "Ani"],
            "lost_reason_id": False,
            "create_date": "2026-01-05 10:00:00",
            "date_deadline": "2026-06-30",
        }
    ],
    "erpnext": {
        "data": [
            {
                "name": "12",
                "title": "Pumps",
                "party_name": "Novin",
                "currency": "EUR",
                "status": "Open",
                "sales_stage": "Proposal/Price Quote",
                "opportunity_amount": 4500.5,
                "transaction_date": "2026-01-05",
                "expected_closing": "2026-06-30",
                "opportunity_owner": "Ani",
            }
        ]
    },
    "dynamics": {
        "value": [
            {
                "opportunityid": "12",
                "name": "Pumps",
                "estimatedvalue": 4500.5,
                "_parentaccountid_value": "5f",
                "_parentaccountid_value" + SHOWN: "Novin",
                "statecode": 0,
                "statecode" + SHOWN: "Open",
                "stepname": "2-Develop",
                "_ownerid_value": "7a",
                "_ownerid_value" + SHOWN: "Ani",
                "createdon": "2026-01-05T10:00:00Z",
                "createdon" + SHOWN: "1/5/2026 10:00 AM",
                "estimatedclosedate": "2026-06-30",
            }
        ]
    },
    "hubspot": {
        "results": [
            {
                "id": "12",
                "properties": {
                    "dealname": "Pumps",
                    "dealstage": "contractsent",
                    "amount": "4500.5",
                    "closedate": "2026-06-30",
                    "createdate": "2026-01-05",
                    "hubspot_owner_id": "Ani",
                    "deal_currency_code": "EUR",
                },
            }
        ]
    },
}


@pytest.mark.parametrize("system", DEALS)
def test_the_answer_of_a_system_is_read_as_its_export(system):
    """With its id, its account, its owner and its days."""
    reading = read_opportunities(StringIO(json.dumps(DEALS[system])), at=MONDAY)
    (found,) = reading
    deal = found.entity

    assert reading.mapping.name == system
    assert (deal.id, deal.name, str(deal.amount.amount)) == ("12", "Pumps", "4500.5")
    assert (str(deal.opened_on), str(deal.expected_close)) == ("2026-01-05", "2026-06-30")
    assert (deal.owner, deal.closing) == ("Ani", None)
    assert system == "hubspot" or deal.details["account"] == "Novin"


def test_the_number_of_a_link_and_what_is_not_there_are_told():
    """Odoo tells a link as a number and a name, and nothing as false."""
    deals = [{"name": "Pumps", "stage_id": [2, "Won"], "lost_reason_id": False, "tag_ids": [1, 2]}]

    reading = read_opportunities(StringIO(json.dumps(deals)), at=MONDAY)
    (found,) = reading

    assert found.entity.closing.reason == ""
    assert "stage_id id" in reading.unread_columns


def test_a_false_of_other_programs_is_a_no():
    """As it stands there."""
    leads = [{"name": "Sara", "need": False, "scores": [1, 2]}]

    (found,) = read_leads(StringIO(json.dumps(leads)), at=MONDAY)

    assert found.entity.answers["need"].value is False


@pytest.mark.parametrize(
    ("system", "lead"),
    [
        (
            "pipedrive",
            {
                "id": "9",
                "title": "Pumps",
                "add_time": "2026-01-05T10:00:00Z",
                "person": {"name": "Sara Ahmadi", "emails": [{"value": "s@n.example"}]},
                "organization": {"name": "Novin"},
                "owner_name": "Ani",
            },
        ),
        (
            "erpnext",
            {
                "name": "CRM-LEAD-1",
                "lead_name": "Sara Ahmadi",
                "company_name": "Novin",
                "email_id": "s@n.example",
                "mobile_no": "",
                "status": "Lead",
                "source": "Web",
                "lead_owner": "Ani",
                "creation": "2026-01-05 10:00:00.123",
            },
        ),
        (
            "odoo",
            {
                "id": 9,
                "contact_name": "Sara Ahmadi",
                "partner_name": "Novin",
                "email_from": "s@n.example",
                "mobile": False,
                "stage_id": [1, "New"],
                "user_id": [2, "Ani"],
                "create_date": "2026-01-05 10:00:00",
            },
        ),
        (
            "hubspot",
            {
                "id": "9",
                "properties": {
                    "firstname": "Sara",
                    "lastname": "Ahmadi",
                    "company": "Novin",
                    "email": "s@n.example",
                    "hs_lead_status": "NEW",
                    "hubspot_owner_id": "Ani",
                    "createdate": "2026-01-05T10:00:00Z",
                },
            },
        ),
    ],
)
def test_the_leads_of_a_program_are_people_of_companies(system, lead):
    """The number by which a system knows a lead is not the name of a person."""
    reading = read_leads(StringIO(json.dumps({"data": [lead]})), at=MONDAY)
    (found,) = reading
    entity = found.entity

    assert reading.mapping.name == system
    assert (entity.person.name, entity.company.name) == ("Sara Ahmadi", "Novin")
    assert [str(point) for point in entity.contact_points] == ["s@n.example"]
    assert (entity.owner, str(entity.timeline[0].at.date())) == ("Ani", "2026-01-05")
    assert (entity.id == "9") == (system != "erpnext")
