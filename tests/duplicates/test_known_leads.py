"""Leads that are known, and others that are held against them one by one."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given

from salesfunnel.duplicates import KnownLeads, MatchKey, Sureness, find_duplicates
from salesfunnel.errors import InvalidValue
from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint
from tests.duplicates.test_finding_laws import CROWDS

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SWITCHBOARD = ContactPoint("phone", "021-8877 6655")
INFO = ContactPoint("email", "info@novin.example")
MOBILE = ContactPoint("mobile", "0912 123 4567")


def lead(id_, name="", *points, company="", **details):
    """Take in a lead by kind and text of its addresses."""
    return Lead.capture(
        id=id_, person=name, company=company, contact_points=points, details=details, at=MONDAY
    )


def known_as(known, told):
    """Name the ids under which a lead is known."""
    return [link.one for link in KnownLeads(known).likely(told)]


@given(CROWDS)
def test_one_held_against_another_is_told_as_in_a_list_of_two(leads):
    """Whether two are one does not depend on who was known first."""
    for known, told in pairwise(leads):
        [*groups] = find_duplicates([known, told]).groups

        links = KnownLeads([known]).likely(told)

        assert bool(links) == bool(groups)
        assert [({*link.by}, link.sureness) for link in links] == [
            ({*group.by}, group.sureness) for group in groups
        ]


@given(CROWDS)
def test_whoever_is_known_is_known_as_itself(leads):
    """By its id, the surest of all."""
    known = KnownLeads(leads)

    assert bool(known) == bool(leads)
    for told in leads:
        assert known.find(told) == told
        assert known.likely(told)[0].by == ("id",)


def test_a_switchboard_and_a_mailbox_join_no_colleagues():
    """They are those of the firm: who has the same and another name, or none, is another."""
    sara = lead("7", "Sara Ahmadi", SWITCHBOARD, INFO)

    assert known_as([sara], lead("9", "Reza Karimi", SWITCHBOARD, INFO)) == []
    assert known_as([sara], lead("9", "", SWITCHBOARD, INFO)) == []
    assert known_as([sara], lead("9", "سارا احمدی", SWITCHBOARD)) == ["7"]


def test_who_may_be_one_of_two_is_neither():
    """Ahmadi at the switchboard is Sara or Reza; Ahmadi with the mobile of Sara is Sara."""
    known = [lead("7", "Sara Ahmadi", SWITCHBOARD, MOBILE), lead("8", "Reza Ahmadi", SWITCHBOARD)]

    assert known_as(known, lead("9", "Ahmadi", SWITCHBOARD)) == []
    assert known_as(known, lead("9", "Ahmadi", SWITCHBOARD, MOBILE)) == ["7"]


def test_a_number_alone_is_whoever_has_it_unless_two_have_it():
    """In a list that was bought there is nothing but the number."""
    sara, reza = lead("7", "Sara Ahmadi", MOBILE), lead("8", "Reza Karimi", MOBILE)
    bare = lead("9", "", MOBILE)

    assert known_as([sara], bare) == ["7"]
    assert known_as([sara, reza], bare) == []
    assert known_as([bare], sara) == ["9"]


def test_all_ids_are_named_the_surest_first():
    """What is known twice is told twice."""
    known = [
        lead("7", "Sara Ahmadi", company="Novin"),
        lead("8", "S. Ahmadi", MOBILE),
        lead("9", "Sara Ahmadi", registration_number="10 320-7"),
    ]
    told = lead("web", "Sara Ahmadi", MOBILE, company="Novin Ltd", registration_number="10 320 7")

    links = KnownLeads(known).likely(told)

    assert [(link.one, link.by, link.sureness) for link in links] == [
        ("9", ("registration number",), Sureness.CERTAIN),
        ("8", ("mobile", "phone"), Sureness.SURE),
        ("7", ("company",), Sureness.LIKELY),
    ]


@pytest.mark.parametrize("many", [5, 150])
def test_in_a_crowd_the_name_decides(many):
    """Among many colleagues only the same name is the same person, a misspelt one among a few."""
    crowd = [lead(str(n), f"Person N{n:03}x Yz{n:03}", SWITCHBOARD) for n in range(many)]
    known = [*crowd, lead("sara", "Sara Ahmadi", SWITCHBOARD)]

    assert known_as(known, lead("9-1", "AHMADI Sara Dr.", SWITCHBOARD)) == (
        ["sara"] if many < 100 else []
    )
    crowd_and_sara = KnownLeads(known)
    for id_ in ("9-2", "9-3"):
        [link] = crowd_and_sara.likely(lead(id_, "Sara Ahmadi", SWITCHBOARD))
        assert link.one == "sara"
    assert known_as(known, lead("9-3", "Reza Karimi", SWITCHBOARD)) == []
    assert known_as(known, lead("9-4", "", SWITCHBOARD)) == []
    assert known_as(known, lead("9-5", "", ContactPoint("mobile", SWITCHBOARD.text))) == []


def test_a_firm_in_another_script_is_known_by_its_sound():
    """If the person is the same, too; a short sound proves nothing."""
    sara = lead("7", "Sara Ahmadi", company="Novin Tejarat Ltd")

    assert known_as([sara], lead("9", "سارا احمدی", company="نوین تجارت")) == ["7"]
    assert known_as([sara], lead("9", "Sara Ahmadi", company="Navin Tajarat")) == []
    assert known_as([sara], lead("9", "Sara Ahmadi", company="نوین")) == []
    assert known_as([], lead("9", "Sara Ahmadi", company="نوین تجارت")) == []


def test_a_namesake_in_the_town_is_known_if_the_firm_is():
    """A town has many a Zoé Lefèvre."""
    zoe = lead("7", "Zoé Lefèvre", company=Company("Alpha Conseil", city="Lyon"))

    def other(firm):
        return lead("9", "Lefèvre Zoé", company=Company(firm, city="Lyon"))

    assert known_as([zoe], other("Apha Conseil")) == ["7"]
    assert known_as([zoe], other("Beta Conseil")) == []


def test_among_many_an_initial_stands_for_nobody():
    """A. Martin is one of three, and anybody among thirty."""
    sounds = itertools.product("bdfklmnprst", repeat=2)
    firm = [lead(f"{a}{b}", f"Person O{3 * a}o{3 * b}", SWITCHBOARD) for a, b in sounds]
    alice, initial = lead("7", "Alice Martin", SWITCHBOARD), lead("9", "A. Martin", SWITCHBOARD)

    assert known_as([alice, *firm[:3]], initial) == ["7"]
    assert known_as([alice, *firm[:30]], initial) == []
    assert known_as([alice, initial, *firm[:30]], lead("10", "A. Martin", SWITCHBOARD)) == ["9"]


def test_of_two_with_one_id_the_first_counts():
    """A list of known leads may have the same one twice."""
    first, second = lead("7", "Sara Ahmadi", MOBILE), lead("7", "Sara Ahmadi", INFO)

    assert KnownLeads([first, second]).find(lead("7")) is first


def test_keys_of_one_s_own_and_wrong_ones():
    """A reader that gives nothing for a lead says nothing, and what is no reader is refused."""
    badge = MatchKey("badge", "own")

    def badges(noun):
        yield badge, noun.details.get("badge", "")

    known = KnownLeads([lead("7", "Sara", badge="A7"), lead("8", "Sara")], keys=[badges])

    assert [link.one for link in known.likely(lead("9", "Sara", badge="A7"))] == ["7"]
    assert known.likely(lead("9", "Sara")) == ()
    with pytest.raises(InvalidValue, match="keys"):
        KnownLeads([], keys="badge")
