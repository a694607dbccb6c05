"""Lists that a telephone, a mail program or a messenger gives out, and those of accountants."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from salesfunnel.interop import load_mapping, read_leads, read_people, write_leads
from salesfunnel.interop.mapping.kind_of_list import kind_of_list
from salesfunnel.interop.mapping.mapping import KNOWN
from tests.interop.examples import MONDAY

GOOGLE = """\
First Name,Middle Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,\
E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,\
Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Website 1 - Value
Sara,M.,Ahmadi,Novin,Buyer,1985-03-02,fair,* myContacts,Work,sara@novin.example,Mobile,\
+98 912 123 4567 ::: +98 912 765 4321,Valiasr 12,Tehran,19677,Iran,https://novin.example
"""
OUTLOOK = """\
"Title","First Name","Last Name","Company","Job Title","Business Street","Business City",\
"Business Country/Region","Business Fax","Business Phone","Mobile Phone","E-mail Address"
"Mme","Sara","Ahmadi","Novin","Buyer","Valiasr 12","Tehran","Iran","","+98 912 123 4567",\
"+98 912 765 4321","sara@novin.example"
"""
MESSENGER = """\
#,Country Code,Phone Number,Formatted Phone,Saved Name,Public Display Name,Group Name,Is Admin
1,98,,+98 912 123 4567,Sara Ahmadi,sara,Pumps,No
2,98,,+98 912 765 4321,,Reza,Pumps,Yes
"""


def test_the_contacts_of_google_are_leads_with_all_their_addresses():
    """The numbers of an address make no list of Dynamics of it; several in one cell are several."""
    reading = read_leads(StringIO(GOOGLE), at=MONDAY)
    (lead,) = reading.entities()

    assert (kind_of_list(StringIO(GOOGLE)), reading.mapping.name) == ("leads", "salesfunnel")
    assert lead.person.job_title == "Buyer"
    assert [point.text for point in lead.contact_points] == [
        "sara@novin.example",
        "+98 912 123 4567",
        "+98 912 765 4321",
    ]
    assert read_people(StringIO(GOOGLE), at=MONDAY).mapping.name == "salesfunnel"


@pytest.mark.parametrize(
    ("title", "job", "told"),
    [
        ("Mme", "Buyer", ("Mme", "Buyer", None)),
        ("", "Buyer", ("", "Buyer", None)),
        ("Dr.", "", ("Dr.", "", None)),
        ("Director", "Buyer", ("", "Buyer", "Director")),
        ("Director", "", ("", "Director", None)),
    ],
)
def test_title_heads_what_its_cell_says(title, job, told):
    """Outlook has the salutation under it, others the job, also where a second column has that."""
    text = OUTLOOK.replace("Mme", title).replace("Buyer", job)
    (lead,) = read_leads(StringIO(text), at=MONDAY).entities()

    person = lead.person
    assert (person.salutation, person.job_title, lead.details.get("job_title")) == told


def test_several_jobs_beside_a_salutation_are_kept():
    """The first is the job, and the others are details."""
    (lead,) = read_leads(
        StringIO("Title,Name,Job title,Position\nMr,Ara,Buyer,Owner\n"), at=MONDAY
    ).entities()

    assert (lead.person.salutation, lead.person.job_title) == ("Mr", "Buyer")
    assert lead.details["job_title"] == "Owner"


def test_the_members_of_a_group_have_the_name_under_which_they_are_saved():
    """Or the one that they show."""
    leads = [*read_leads(StringIO(MESSENGER), at=MONDAY).entities()]

    assert [lead.person.name for lead in leads] == ["Sara Ahmadi", "Reza"]
    assert [lead.contact_points[0].text[-4:] for lead in leads] == ["4567", "4321"]
    assert leads[0].details["person"] == "sara"


def test_the_answer_of_a_messenger_is_read_whole():
    """Its list is the one that has the people."""
    person = {"user_id": 1, "first_name": "Արամ", "last_name": "", "phone_number": "0037491123456"}
    told = {"contacts": {"about": "", "list": [person]}, "frequent_contacts": {"list": []}}
    (lead,) = read_leads(StringIO(json.dumps(told)), at=MONDAY).entities()

    assert (lead.person.name, len(lead.contact_points)) == ("Արամ", 1)


@pytest.mark.parametrize("header", ["Code client", "N° client", "Customer code", "کد مشتری"])
def test_the_customer_number_of_an_accountant_is_the_id(header):
    """Below a title, and above a row of totals, which is no customer."""
    text = f"Clients au 31/12;;\n{header};Raison sociale;CA HT\nCL1;Énergie SA;1\n;Total;1\n"
    (lead,) = read_leads(StringIO(text), at=MONDAY).entities()

    assert (lead.id, lead.company.name) == ("CL1", "Énergie SA")


@pytest.mark.parametrize("target", KNOWN)
@pytest.mark.parametrize("text", [GOOGLE, OUTLOOK, MESSENGER])
def test_an_address_book_goes_to_each_system(tmp_path, text, target):
    """What it cannot hold is named; each entry comes back."""
    leads = [*read_leads(StringIO(text), at=MONDAY).entities()]

    written = write_leads(leads, tmp_path / "there.csv", mapping=target)

    back = [*read_leads(tmp_path / "there.csv", at=MONDAY, mapping=load_mapping(target)).entities()]
    assert len(back) == len(leads)
    for lead, again in zip(leads, back, strict=True):
        lost = {point.key for point in lead.contact_points} - {
            point.key for point in again.contact_points
        }
        named = [one for one in written.left_out if one.place.startswith("contact_points")]
        assert len(lost) <= sum(one.count for one in named)
