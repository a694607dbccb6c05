"""Records for another matcher: flat, folded, and the same for two spellings of one thing."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given

from salesfunnel.accounts import Account
from salesfunnel.duplicates import splink_records
from salesfunnel.leads import Lead
from salesfunnel.testing import accounts, leads
from salesfunnel.values import Company, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
COLUMNS = [
    *("unique_id", "name", "sound", "first", "last", "town"),
    *("mobile", "phone", "email", "mailbox", "domain", "company", "website"),
]


def test_one_lead_in_two_spellings():
    """All but the id and the name as it is spelt is the same."""
    novin = Company("شرکت نوین", city="Tehran")
    one = Lead.capture(id="7", person="سارا احمدی", company=novin, phone="۰۹۱۲۱۲۳۴۵۶۷", at=MONDAY)
    novin = Company("نوين", city="TEHRAN")
    other = Lead.capture(
        id="9", person="AHMADI Sara", company=novin, phone="+98 912 1234567", at=MONDAY
    )

    first, second = splink_records([one, other])

    assert list(first) == COLUMNS
    assert {k for k in COLUMNS if first[k] != second[k]} == {"unique_id", "name"}
    assert (first["sound"], first["town"], first["phone"]) == ("ahmd sr", "tehran", "9121234567")


def test_what_is_not_known_is_none():
    """A matcher takes a blank for a value, so there are none."""
    [record] = splink_records([Person("Sara")])

    assert {name for name, value in record.items() if value is not None} == {
        "unique_id",
        *("name", "sound", "first", "last"),
    }
    [firm] = splink_records([Account.open(id="1", name="Novin Ltd", at=MONDAY)])
    assert (firm["company"], firm["name"], firm["town"]) == ("novin", "novin", None)


@given(leads() | accounts())
def test_a_record_is_flat_and_has_no_blank(noun):
    """Whatever is known of an entry, the columns are the same."""
    [record] = splink_records([noun])

    assert list(record) == COLUMNS
    assert all(value is None or value for name, value in record.items() if name != "unique_id")
