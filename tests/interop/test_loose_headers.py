"""Headers that say whose a field is, or the same in two words."""

from __future__ import annotations

import pytest

from salesfunnel.interop import load_mapping, read_leads
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
        ("Visitor Badge", None),
        ("Name", None),
        ("Weather / Mood", None),
        ("x" * 300, None),
    ],
)
def test_a_header_is_taken_for_the_field_that_it_names(header, field):
    """Where its other words deny nothing, and no two fields are named."""
    assert loose_field(LEADS, header) == field


def test_a_header_that_names_the_field_itself_comes_first():
    """The name of a company's contact is not taken for that of the lead, if that stands there."""
    rows = [{"Name": "Sara", "Visitor Name": "Reza", "E-mail": "s@n.example"}]

    reading = read_leads(rows, at=MONDAY)
    (found,) = reading

    assert found.entity.person.name == "Sara"
    assert reading.unread_columns == ("Visitor Name",)
