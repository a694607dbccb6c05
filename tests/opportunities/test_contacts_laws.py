"""Who has a say in a deal: each person once for each part, and one at most to speak with first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import InvalidValue
from salesfunnel.history import contribute
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Involvement, Opportunity
from salesfunnel.testing import opportunities, people
from salesfunnel.values import Change, ChangeKind, Contribution, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SARA, LI = Person("Sara Ahmadi"), Person("Li Wei")
SPELLINGS = ["Sara Ahmadi", "AHMADI Sara", "Li Wei", "WEI, li", "Zoé", "ZOE\u0301"]
ROLES = ["decision_maker", "user", "other"]
TOLD = st.lists(
    st.tuples(st.sampled_from(SPELLINGS), st.sampled_from(ROLES), st.booleans()), max_size=8
)


def told_of(told, deal=None):
    """Tell of people and their parts, one after the other."""
    deal = deal or Opportunity.open(id="7", at=MONDAY)
    for name, role, primary in told:
        deal = deal.involve(name, role, primary=primary, at=deal.timeline[-1].at)
    return deal


@given(TOLD)
def test_one_person_once_per_role_in_any_spelling(told):
    """Law 24: and the role *other* is there only while nothing more is known of a person."""
    deal = told_of(told)

    found = [(contact.person.key, contact.role) for contact in deal.contacts]
    said = {(Person(name).key, role) for name, role, _ in told}
    assert len(found) == len(set(found))
    for key in {Person(name).key for name, *_ in told}:
        roles = {role for one, role in said if one == key}
        assert {role for one, role in found if one == key} == (roles - {"other"} or roles)


@given(opportunities(), people(), st.sampled_from(ROLES))
def test_moving_primary_changes_no_role(deal, person, role):
    """Law 23: whoever is spoken with first, all keep their parts; one at most is primary."""
    at = deal.timeline[-1].at
    deal = deal.involve(person, role, at=at)
    parts = [(contact.person, contact.role) for contact in deal.contacts]

    for chosen in deal.contacts:
        moved = deal.involve(chosen.person, chosen.role, primary=True, at=at)
        assert [(contact.person, contact.role) for contact in moved.contacts] == parts
        assert [c.primary for c in moved.contacts].count(True) == 1
        assert moved.primary_contact.is_same(chosen.person)
        again = moved.involve(chosen.person, chosen.role, at=at)
        assert again.contacts == moved.contacts
        assert Opportunity.replay(moved.timeline) == moved


@given(TOLD, TOLD)
def test_one_at_most_is_primary(told, more):
    """However they come, by verb or from elsewhere; the last verb decides, a stranger never."""
    deal = told_of(told)
    offered = Contribution({"contacts": told_of(more).contacts})

    both = contribute(deal, offered, at=MONDAY)

    for one in (deal, both):
        assert [contact.primary for contact in one.contacts].count(True) <= 1
    chosen = [name for name, _, primary in told if primary]
    if chosen:
        assert deal.primary_contact.key == both.primary_contact.key == Person(chosen[-1]).key
        assert deal.primary_contact.key == Person(chosen[-1]).key
    elif not any(primary for *_, primary in more):
        assert both.primary_contact is None


def test_who_is_primary_elsewhere_is_told_where_somebody_is_already():
    """The plan of a contribution names both."""
    deal = Opportunity.open(id="7", contacts=[Involvement(SARA, "user", primary=True)], at=MONDAY)
    more = Contribution({"contacts": [Involvement(LI, "user", primary=True)]})

    told = Change("contacts.primary", "Sara Ahmadi", "Li Wei", "Sara Ahmadi", ChangeKind.KEPT)
    assert more.differences(deal)[0] == told
    assert str(told) == "kept     contacts.primary: Sara Ahmadi, not Li Wei"


def test_two_primary_contacts_are_refused():
    """A list that says so is a mistake, also in an amendment."""
    two = [Involvement(SARA, "user", primary=True), Involvement(LI, "user", primary=True)]

    for verb in (
        lambda: Opportunity.open(id="7", contacts=two, at=MONDAY),
        lambda: Opportunity.open(id="7", at=MONDAY).amend(contacts=two, at=MONDAY),
    ):
        with pytest.raises(InvalidValue, match="more than one primary contact; allowed: one"):
            verb()


@pytest.mark.parametrize(
    ("role", "given", "authority", "expected"),
    [
        ("adviser", None, None, "adviser"),
        ("adviser", "user", True, "user"),
        ("user", None, True, "user"),
        ("", None, True, "decision_maker"),
        ("", None, None, "other"),
    ],
)
def test_who_raised_the_lead_has_a_part_from_the_first_day(role, given, authority, expected):
    """An adviser at capture is the adviser of the deal, and the first one to speak with."""
    lead = Lead.capture(person=SARA, role=role, company="N", stage="qualified", at=MONDAY)
    lead = lead.answer("authority", authority, at=MONDAY)

    deal = plan_conversion(lead, role=given).apply(at=MONDAY).opportunity

    assert [(c.person, c.role, c.primary) for c in deal.contacts] == [(SARA, expected, True)]
    assert lead.amend(role="user", at=MONDAY).role == "user"
