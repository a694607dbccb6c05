"""An account: how it is opened, corrected, and told again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salesfunnel.accounts import Account, AccountAmended
from salesfunnel.errors import InvalidValue
from salesfunnel.values import Company, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOVIN = Company("Novin Tejarat", city="Shiraz")


@pytest.fixture
def account():
    """An account of which a little is known."""
    return Account.open(
        id="7", company=NOVIN, people=[Person("Sara Ahmadi")], details={"vat": ""}, at=MONDAY
    )


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"name": "Novin", "company": Company("Other")}, "Novin"),
        ({"company": NOVIN, "people": [Person("Sara")]}, "Novin Tejarat"),
        ({"people": [Person("Sara"), Person("Li")]}, "Sara"),
    ],
)
def test_an_account_bears_the_name_that_is_known(known, name):
    """A name of its own comes first, then that of the company, then that of the first person."""
    assert Account.open(id="7", **known, at=MONDAY).name == name


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": 5},
        {"company": 5},
        {"people": "Sara"},
        {"people": ["Sara", 5]},
        {"people": [" "]},
        {"contact_points": [5]},
        {"lead_ids": "12"},
        {"lead_ids": [5]},
        {"lead_ids": [" "]},
        {"details": {"vat": object()}},
        {"source": "a dream"},
        {"id": ""},
        {"by": None},
    ],
)
def test_an_account_is_not_opened_with_impossible_facts(wrong):
    """Wrong types and blank names are refused as invalid, and nothing else."""
    with pytest.raises(InvalidValue):
        Account.open(**{"id": "7", "name": "Novin", "at": MONDAY, **wrong})


def test_company_and_people_may_be_names():
    """As for a lead, a text is the name of a company, or of a person."""
    told = Account.open(id="7", company="Novin", people=["Sara Ahmadi"], at=MONDAY)

    assert told == Account.open(
        id="7", company=Company("Novin"), people=[Person("Sara Ahmadi")], at=MONDAY
    )


def test_an_account_never_loses_its_name(account):
    """A correction cannot leave an account without a name."""
    with pytest.raises(InvalidValue, match="name is blank"):
        account.amend(name="", at=MONDAY)


def test_stored_events_are_held_to_the_same_rules():
    """An event from elsewhere can change no more than a verb."""
    with pytest.raises(InvalidValue, match="cannot change"):
        AccountAmended(at=MONDAY, amended={"lead_ids": ()})
    with pytest.raises(InvalidValue, match=r"^amend changes nothing; allowed: one of: name, "):
        AccountAmended(at=MONDAY, amended={})


def test_what_has_happened_since_a_version_is_listed(account):
    """A host reads on from where it was."""
    amended = account.amend(name="Novin", by="Sara", at=MONDAY)

    assert amended.events_since(account.version) == (
        AccountAmended(at=MONDAY, by="Sara", amended={"name": "Novin"}),
    )
    assert amended.events_since(2) == ()
