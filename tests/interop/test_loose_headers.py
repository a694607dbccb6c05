"""Headers that say whose a field is, or the same in two words."""

from __future__ import annotations

import pytest

from salesfunnel.interop import load_mapping, read_leads, read_mapping, read_opportunities
from salesfunnel.interop.mapping.header_words import fields_by_meanings
from salesfunnel.interop.mapping.loose_headers import loose_field
from tests.interop.examples import MONDAY

LEADS = load_mapping("salesfunnel").lead


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Visitor Name", "person"),
        ("attendee_email", "email"),
        ("Badge Company", "company"),
        ("Nom du visiteur", "person"),
        ("E-mail de votre contact", "email"),
        ("نام بازدیدکننده", "person"),
        ("شماره موبایل مشتری", "mobile"),
        ("Այցելուի անուն", "person"),
        ("نام شرکت / برند", "company"),
        ("Company or Organisation", "company"),
        ("Tél. mobile", "mobile"),
        ("Tél. fixe", "phone"),
        ("Name / Company", None),
        ("Phone / Mood", None),
        ("Wants quote (Y/N)", None),
        ("No Phone", None),
        ("No e-mail", None),
        ("Phone No", "phone"),
        ("No. of employees", "employees"),
        ("No de téléphone", "phone"),
        ("Number", None),
        ("N", None),
        ("What is your full name?", "person"),
        ("What is the name of your company?", "company"),
        ("How many employees?", "employees"),
        ("Are you the decision maker?", "answers.authority"),
        ("Do you have a budget?", "answers.budget"),
        ("Do you have a company?", None),
        ("Q2: Budget?", "answers.budget"),
        ("Responsible person", "owner"),
        ("Fixed phone", "phone"),
        ("Any comments?", "note"),
        ("Quelle est votre adresse e-mail ?", "email"),
        ("نام شما چیست؟", "person"),
        ("Invitee Email", "email"),
        ("Submit Date", "captured"),
        ("Business City", "city"),
        ("Business Phone 2", "phone"),
        ("E-mail 2 Address", "email"),
        ("Phone 1 - Value", "phone"),
        ("Phone 1 - Label", None),
        ("Address 1 - City", "city"),
        ("Org name", "company"),
        ("Visitor Badge", None),
        ("Job", "job_title"),
        ("Titre du poste", "job_title"),
        ("Cell No.", "mobile"),
        ("Mobile Tel", "mobile"),
        ("Mail ID", "email"),
        ("# Employees", "employees"),
        ("Nb salariés", "employees"),
        ("Company Website", "website"),
        ("Country Name", "country"),
        ("Créée le", "captured"),
        ("شماره موبایل ۲", "mobile"),
        ("Պաշտոնը", "job_title"),
        ("Lead - Source channel", "source"),
        ("Organization - Industry", "industry"),
        ("Organization - ID", None),
        ("Deal - Source", None),
        ("کد معامله", "opportunity_id"),
        ("Last contact date", None),
        ("roleName", None),
        ("isDoNotCall", "do_not_call"),
        ("Commercial en charge", "owner"),
        ("Amount €", None),
        ("Weather / Mood", None),
        ("x" * 300, None),
    ],
)
def test_a_header_is_taken_for_the_field_that_it_names(header, field):
    """Where its other words deny nothing, and no two fields are named."""
    assert loose_field(LEADS, header) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Clôture estimée", "expected_close"),
        ("Date de clôture prévisionnelle", "expected_close"),
        ("Signature prévue", "expected_close"),
        ("Projected close", "expected_close"),
        ("تاریخ تقریبی بستن", "expected_close"),
        ("زمان حدودی بستن", "expected_close"),
        ("Փակման մոտավոր ամսաթիվ", "expected_close"),
        ("Motif de la perte", "reason"),
        ("Why lost", "reason"),
        ("Reason For Loss__s", "reason"),
        ("Loss_Reason__c", "reason"),
        ("MainCompetitors__c", "competitor"),
        ("Date won", "closed"),
        ("Perdue le", "closed"),
        ("Opp ID", "id"),
        ("کد معامله", "id"),
        ("مبلغ تقریبی", "amount"),
        ("احتمال فروش", "probability"),
        ("Win %", "probability"),
        ("Deal - Source channel", "source"),
        ("Person - Name", None),
        ("Sales", None),
        ("IsClosed", None),
        ("Lead Status", None),
    ],
)
def test_a_header_of_a_deal_is_known_by_what_its_words_mean(header, field):
    """In any order, with any ending, and under a prefix or a suffix of a system."""
    assert loose_field(load_mapping("salesfunnel").opportunity, header) == field


def test_a_column_that_people_add_to_a_system_is_known_by_plain_words():
    """The system itself has no such field, and what it has it calls by its own words."""
    deals = load_mapping("salesforce").opportunity

    assert loose_field(deals, "Loss_Reason__c") == "reason"
    assert loose_field(deals, "Status") is None


def test_a_remark_behind_a_header_may_change_what_it_is():
    """A day that is expected is none of closing."""
    rows = [{"Deal": "Pumps", "Stage": "Won", "Close date (expected)": "2026-05-01"}]

    (found,) = read_opportunities(rows, at=MONDAY)

    assert found.entity.closed_on is None


def test_a_mapping_of_ones_own_says_itself_which_columns_it_reads():
    """What it leaves out is not guessed."""
    ours = read_mapping('[lead.columns]\nperson = "Name"\nemail = "Courriel"', name="ours")
    rows = [{"Name": "Sara", "Courriel": "s@n.example", "Adresse mail": "other@n.example"}]

    reading = read_leads(rows, at=MONDAY, mapping=ours)

    assert reading.unread_columns == ("Adresse mail",)


def test_a_header_that_names_the_field_itself_comes_first():
    """The name of a company's contact is not taken for that of the lead, if that stands there."""
    rows = [{"Name": "Sara", "Visitor Name": "Reza", "E-mail": "s@n.example"}]

    reading = read_leads(rows, at=MONDAY)
    (found,) = reading

    assert found.entity.person.name == "Sara"
    assert reading.unread_columns == ("Visitor Name",)


def test_a_header_without_a_word_means_nothing():
    """A sign is no name of a column, and what may be two fields is none."""
    headers = [("note", "—"), ("city", "City"), ("email", "Mail"), ("phone", "Courriel")]

    assert fields_by_meanings(headers) == {frozenset({"city"}): "city"}
