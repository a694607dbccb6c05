"""The people of an account: who is found by what, and where each address stands."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account, find_people, person_id
from salesfunnel.conversion import Conversion, plan_conversion
from salesfunnel.errors import ConversionRefused, WrongKind
from salesfunnel.history import contribute
from salesfunnel.leads import Lead
from salesfunnel.testing import accounts
from salesfunnel.values import ContactPoint, Contribution, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MAIL = ContactPoint("email", "sara@novin.example")
MOBILE = ContactPoint("mobile", "0912 345 6789")
DESK = ContactPoint("phone", "+98 21 8877 6655")
SITE = ContactPoint("website", "novin.example")
SARA = Person("Sara Ahmadi", contact_points=[MAIL], id="c7")
ALI, OTHER_ALI = Person("Ali Karimi"), Person("KARIMI Ali", contact_points=[MOBILE])
POINTS = st.lists(st.sampled_from([MAIL, MOBILE, DESK, SITE]), unique=True)


def novin(**known):
    """Open an account."""
    return Account.open(**{"id": "A1", "name": "Novin"} | known, at=MONDAY)


def a_lead(id_, points, person="Sara Ahmadi"):
    """Take in a lead that comes qualified from elsewhere."""
    return Lead.capture(
        id=id_, person=person, company="Novin", contact_points=points, stage="qualified", at=MONDAY
    )


def keys(points):
    """Tell addresses apart in any spelling."""
    return [(point.kind, point.key or point.text) for point in points]


@given(accounts(), st.lists(POINTS, min_size=1, max_size=3), POINTS)
def test_each_address_has_one_place(account, reached, of_the_firm):
    """Law 22: conversion puts an address to the person or leaves it with the firm; never both."""
    firm = Contribution({"contact_points": of_the_firm})
    account = contribute(account, firm, at=account.timeline[-1].at)
    before = keys(account.contact_points)
    for number, points in enumerate(reached):
        at = max(account.timeline[-1].at, MONDAY)
        account = contribute(account, Contribution({"lead_ids": ["x"]}), at=at)
        lead = a_lead(f"L{number}", points, Person(f"Zoé {number}"))
        plan = plan_conversion(lead, account=account, decide={"company": "keep"})
        account, deal = plan.apply(at=at).account, plan.apply(at=at).opportunity

        (zoe,) = find_people(account, f"zoé {number}")
        of_others = {
            key for one in account.people if one is not zoe for key in keys(one.contact_points)
        }
        own, firms = keys(zoe.contact_points), keys(account.contact_points)
        assert not {*own} & {*firms}
        assert {*own} == {*keys(points)} - {*before} - {*keys([SITE])}
        assert {*firms} - {*before} <= {*keys([SITE])} - of_others
        assert len(own) == len({*own})
        assert [contact.person.contact_points for contact in deal.contacts] == [()]


def test_a_lead_without_a_person_gives_its_addresses_to_the_firm():
    """Nobody is known whose they could be; what a person of the firm has stays with the person."""
    lead = Lead.capture(company="Novin", contact_points=[MAIL, DESK], stage="qualified", at=MONDAY)

    new = plan_conversion(lead).apply(at=MONDAY)
    known = plan_conversion(lead, account=novin(people=[SARA])).apply(at=MONDAY)

    assert (new.account.contact_points, new.lead.contact_id) == ((MAIL, DESK), "")
    assert (known.account.contact_points, known.account.people) == ((DESK,), (SARA,))


def test_a_switchboard_is_nobodys_own():
    """The number of the firm is not put on each person who rang from it."""
    account = novin(contact_points=[DESK])

    done = plan_conversion(a_lead("L1", [DESK, MOBILE]), account=account).apply(at=MONDAY)

    assert done.account.contact_points == (DESK,)
    assert done.account.people[0].contact_points == (MOBILE,)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("c7", [0]),
        ("SARA@novin.example", [0]),
        ("ahmadi sara", [0]),
        ("Ali Karimi", [1, 2]),
        ("+98 912 345 6789", [2]),
        ("09123456789", [2]),
        (Person("Somebody Else", id="c7"), [0]),
        (OTHER_ALI, [2]),
        (Person("Sara Ahmadi", id="c8"), []),
        ("+98 21 8877 6655", []),
        ("", []),
        (" ", []),
    ],
)
def test_all_whom_it_may_mean_are_found(who, found):
    """By id, address or name; two of one name are both given, and a switchboard names nobody."""
    account = novin(people=[SARA, ALI, OTHER_ALI], contact_points=[DESK])

    assert find_people(account, who) == tuple(account.people[place] for place in found)


def test_a_person_without_an_id_is_found_by_the_derived_one():
    """It follows from account and name, in any spelling, so nothing needs to be stored."""
    account = novin(people=[SARA, ALI])

    assert find_people(account, person_id("A1", Person("KARIMI Ali"))) == (ALI,)
    assert person_id("A1", ALI) != person_id("A2", ALI)
    assert person_id("A1", SARA) == "c7"
    with pytest.raises(WrongKind, match="contact_points"):
        Person("Sara", contact_points="sara@novin.example")
    with pytest.raises(WrongKind, match="contact_points"):
        Person("Sara", contact_points=["sara@novin.example"])


def test_a_converted_lead_names_its_contact():
    """The given id, that of the known person, or a derived one; undone it names nobody."""
    account = novin(people=[SARA, ALI])

    sara = plan_conversion(a_lead("L1", [MAIL]), account=account)
    ali = plan_conversion(a_lead("L2", [], "Ali Karimi"), account=account)
    told = plan_conversion(a_lead("L3", [], Person("Zoé", id="z1")))

    assert [plan.contact_id for plan in (sara, ali, told)] == ["c7", person_id("A1", ALI), "z1"]
    assert "filled   lead.contact_id: c7" in str(sara)
    done = sara.apply(at=MONDAY)
    assert done.lead.contact_id == "c7"
    assert find_people(done.account, done.lead.contact_id)[0].name == "Sara Ahmadi"
    assert done.undo(at=MONDAY).lead.contact_id == ""
    again = attrs.evolve(done.lead.timeline[-1], contact_id="elsewhere")
    assert Lead.replay([*done.lead.timeline[:-1], again]).contact_id == "elsewhere"


@pytest.mark.parametrize("contact", ["c7", "sara@novin.example", "Sara Ahmadi", SARA])
def test_a_contact_is_chosen_by_id_address_or_name(contact):
    """The lead spells the name otherwise; the contact stays as the account knows it."""
    lead = a_lead("L1", [MOBILE], Person("S. Ahmadi", job_title="CFO"))

    plan = plan_conversion(lead, account=novin(people=[SARA, ALI]), contact=contact)
    done = plan.apply(at=MONDAY)

    sara = attrs.evolve(SARA, job_title="CFO", contact_points=[MAIL, MOBILE])
    assert done.account.people == (sara, ALI)
    assert done.lead.contact_id == "c7"
    assert [str(contact) for contact in done.opportunity.contacts] == ["Sara Ahmadi, other"]
    assert "kept     account.people.name: Sara Ahmadi, not S. Ahmadi" in str(plan)


def test_of_two_people_of_one_name_the_address_tells_who_it_is():
    """Where nothing tells, none is chosen."""
    account = novin(people=[ALI, OTHER_ALI])

    done = plan_conversion(a_lead("L1", [MOBILE, MAIL], "Ali Karimi"), account=account)

    assert done.apply(at=MONDAY).account.people == (
        ALI,
        attrs.evolve(OTHER_ALI, contact_points=[MOBILE, MAIL]),
    )
    with pytest.raises(ConversionRefused, match="2 people of that name"):
        plan_conversion(a_lead("L2", [MAIL], "Ali Karimi"), account=account)


def test_two_ids_are_two_people():
    """Somebody else of the same name is a contact of her own."""
    account = novin(people=[SARA])

    done = plan_conversion(a_lead("L1", [], Person("Sara Ahmadi", id="c8")), account=account)

    assert [person.id for person in done.apply(at=MONDAY).account.people] == ["c7", "c8"]


@given(st.permutations(range(3)), st.lists(POINTS, min_size=3, max_size=3))
def test_undoing_leaves_each_address_that_another_lead_brought(order, reached):
    """An address that two leads brought stays until both are undone; then nothing is left."""
    account, made = novin(), []
    for number, points in enumerate(reached):
        plan = plan_conversion(a_lead(f"L{number}", points), account=account, opportunity=None)
        made.append(plan.apply(at=MONDAY))
        account = made[-1].account

    left = dict(enumerate(reached))
    for number in order:
        account = Conversion(made[number].lead, account).undo(at=MONDAY).account
        del left[number]
        expected = {key for points in left.values() for key in keys(points)}
        told = [*account.contact_points, *(p for one in account.people for p in one.contact_points)]
        assert {*keys(told)} == expected
        assert len(account.people) == bool(left)
