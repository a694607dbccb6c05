"""An account, and how it is completed without losing anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account, AccountAmended, AccountCompleted
from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.testing import accounts, companies, contact_points, people
from salesfunnel.values import Bucket, Company, ContactPoint, Money, Person

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
        {"company": "Novin"},
        {"people": "Sara"},
        {"people": ["Sara"]},
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


def test_an_account_never_loses_its_name(account):
    """A correction cannot leave an account without a name."""
    with pytest.raises(InvalidValue, match="name is blank"):
        account.amend(name="", at=MONDAY)


def test_blanks_are_filled_and_the_rest_is_left_alone(account):
    """Completing fills blanks of the company and of the details, one by one."""
    more = Company(
        "NOVIN TEJARAT", city="Tehran", employees=Bucket(1, 9), annual_revenue=Money(5, "EUR")
    )

    completed = account.complete(
        company=more, details={"vat": "77", "hall": "5"}, lead_ids=["1", "1"], at=MONDAY
    )

    assert (completed.company.name, completed.company.city) == ("Novin Tejarat", "Shiraz")
    assert completed.company.employees == Bucket(1, 9)
    assert (completed.details, completed.lead_ids) == ({"vat": "77", "hall": "5"}, ("1",))


def test_another_company_does_not_get_mixed_in(account):
    """Facts about a company of another name do not belong here."""
    assert account.complete(company=Company("Faradis", industry="Toys"), at=MONDAY) is account


def test_people_and_addresses_are_added_once(account):
    """Another spelling of a person who is there adds none; addresses of no use are kept apart."""
    unusable = [ContactPoint("phone", "n/a"), ContactPoint("phone", "?"), ContactPoint("fax", "?")]

    completed = account.complete(
        people=[Person("AHMADI Sara"), Person("Li Wei")], contact_points=unusable, at=MONDAY
    )

    assert [person.name for person in completed.people] == ["Sara Ahmadi", "Li Wei"]
    assert completed.contact_points == tuple(unusable)


def test_stored_events_are_held_to_the_same_rules():
    """An event from elsewhere can change no more than a verb."""
    with pytest.raises(InvalidValue, match="cannot change"):
        AccountCompleted(at=MONDAY, completed={"id": "8"})
    with pytest.raises(InvalidValue, match="cannot change"):
        AccountAmended(at=MONDAY, amended={"lead_ids": ()})
    with pytest.raises(InvalidValue, match=r"^amend changes nothing; allowed: one of: name, "):
        AccountAmended(at=MONDAY, amended={})


@given(
    accounts(),
    companies(),
    st.lists(people(), max_size=2),
    st.lists(contact_points(), max_size=2),
    st.dictionaries(st.sampled_from(["vat", "hall"]), st.sampled_from(["", "7"])),
)
def test_nothing_that_was_there_is_overwritten(account, company, persons, points, details):
    """Completing keeps every fact, adds each new one once, and done twice is done once."""
    facts = {
        "company": company,
        "people": persons,
        "contact_points": points,
        "details": details,
        "at": account.timeline[-1].at,
    }

    completed = account.complete(**facts)

    assert completed.people[: len(account.people)] == account.people
    assert completed.contact_points[: len(account.contact_points)] == account.contact_points
    assert {k: v for k, v in account.details.items() if v.strip()}.items() <= (
        completed.details.items()
    )
    assert completed.details.keys() >= details.keys()
    assert (completed.name, completed.source) == (account.name, account.source)
    assert completed.complete(**facts) is completed


def test_an_account_is_not_completed_before_it_was_opened(account):
    """Too early a time is refused, whether or not there would be anything to fill in."""
    for further in ({}, {"details": {"hall": "7"}}):
        with pytest.raises(MoveRefused, match=r"^cannot complete: the time lies before the last"):
            account.complete(**further, at=MONDAY - timedelta(days=1))


def test_what_has_happened_since_a_version_is_listed(account):
    """A host reads on from where it was."""
    amended = account.amend(name="Novin", by="Sara", at=MONDAY)

    assert amended.events_since(account.version) == (
        AccountAmended(at=MONDAY, by="Sara", amended={"name": "Novin"}),
    )
    assert amended.events_since(2) == ()
