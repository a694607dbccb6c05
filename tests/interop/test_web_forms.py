"""Lists that a form, a telephone or a calendar writes: its questions are the headers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salesfunnel.interop import read_leads
from tests.interop.examples import MONDAY

SARA = ("Sara Ahmadi", "Novin", "sara@novin.example", "+98 912 123 4567")
QUESTIONS = {
    "Google Forms": {
        "Timestamp": "2026/02/27 3:15:02 PM GMT+4",
        "Email Address": SARA[2],
        "What is your full name?": SARA[0],
        "What is the name of your company?": SARA[1],
        "What is your phone number?": SARA[3],
    },
    "Typeform": {
        "#": "kx81hd8a0s",
        "First name": "Sara",
        "Last name": "Ahmadi",
        "Email": SARA[2],
        "Phone number": SARA[3],
        "Company": SARA[1],
        "Submit Date (UTC)": "2026-02-27 11:15:02",
    },
    "Contact Form 7": {
        "your-name": SARA[0],
        "your-email": SARA[2],
        "your-phone": SARA[3],
        "your-company": SARA[1],
        "Submitted": "2026-02-27 11:15:02",
    },
    "lead ads": {
        "id": "l:1",
        "created_time": "2026-02-27T06:15:02-05:00",
        "full_name": SARA[0],
        "phone_number": f"p:{SARA[3]}",
        "email": SARA[2],
        "company_name": SARA[1],
    },
}
CONTACTS = {
    "Google": {
        "First Name": "Sara",
        "Last Name": "Ahmadi",
        "Organization Name": SARA[1],
        "Organization Title": "CEO",
        "E-mail 1 - Label": "* Work",
        "E-mail 1 - Value": f"{SARA[2]} ::: sara@home.example",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": SARA[3],
        "Address 1 - City": "Tehran",
        "Address 1 - Country": "IR",
    },
    "Outlook": {
        "Title": "Ms.",
        "First Name": "Sara",
        "Last Name": "Ahmadi",
        "E-mail Address": SARA[2],
        "E-mail 2 Address": "sara@home.example",
        "Business Phone": SARA[3],
        "Job Title": "CEO",
        "Company": SARA[1],
        "Business City": "Tehran",
        "Business Country/Region": "IR",
    },
}


@pytest.mark.parametrize("form", QUESTIONS)
def test_the_answers_of_a_form_are_a_lead(form):
    """Whoever asked: who it is, where they are reached, and when they wrote."""
    (found,) = read_leads([QUESTIONS[form]], at=MONDAY)
    lead = found.entity

    assert (lead.person.name, lead.company.name) == SARA[:2]
    assert {point.key for point in lead.contact_points} == {SARA[2], "+989121234567"}
    assert lead.timeline[0].at == datetime(2026, 2, 27, 11, 15, 2, tzinfo=UTC)
    assert found.notes == ()


@pytest.mark.parametrize("program", CONTACTS)
def test_the_contacts_of_a_program_are_leads(program):
    """The courtesy title is none of their job, and a region is no country."""
    (found,) = read_leads([CONTACTS[program]], at=MONDAY)
    lead = found.entity

    assert (lead.person.name, lead.person.job_title) == ("Sara Ahmadi", "CEO")
    assert (lead.company.city, lead.company.country, lead.company.state) == ("Tehran", "IR", "")
    assert {point.key for point in lead.contact_points} == {
        *(SARA[2], "sara@home.example", "+989121234567")
    }
