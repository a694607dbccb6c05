"""The laws of finding duplicates, for any entries."""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.duplicates import Strength, fact_key, find_duplicates
from salesfunnel.duplicates.fuzzy import near_words
from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint
from salesfunnel.values.names import Alike, name_words
from tests.duplicates.many_leads import judged, many_leads, read_words

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = ["", "Sara Ahmadi", "سارا احمدی", "Sara", "Reza Ahmadi", "R. Ahmadi", "Ani", "Sara Ahmdai"]
POINTS = [
    ContactPoint(kind, text)
    for kind, text in [
        ("mobile", "0912 1111111"),
        ("phone", "+98 912 1111111"),
        ("phone", "021 88776655"),
        ("email", "sara@novin.example"),
        ("email", "info@novin.example"),
    ]
]


TOLD = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(["", "Novin", Company("Novin Ltd", city="Shiraz")]),
    st.lists(st.sampled_from(POINTS), max_size=2, unique=True),
    st.sampled_from([{}, {}, {"registration_number": "7"}]),
)


def crowd(told):
    """Capture some leads that may know each other."""
    return [
        Lead.capture(
            id=str(number),
            person=person,
            company=company,
            contact_points=points,
            details=details,
            at=MONDAY,
        )
        for number, (person, company, points, details) in enumerate(told)
    ]


# All is drawn before the first lead is made: what fails there is then told as what it is, and not
# as a strategy that draws less than before.
CROWDS = st.lists(TOLD, max_size=9).map(crowd)


@given(CROWDS)
def test_each_entry_is_in_one_group_at_most_and_links_hold_it(leads):
    """A group is what its links connect, and nothing else."""
    found = find_duplicates(leads)

    told = [id_ for group in found.groups for id_ in group.ids]
    assert len(told) == len(set(told))
    for group in found.groups:
        assert group.ids == tuple(leads[place].id for place in group.places)
        assert list(group.places) == sorted(group.places)
        reached = {group.ids[0]}
        for _ in group.ids:
            reached |= {
                end
                for link in group.links
                for end in (link.one, link.other)
                if reached & {link.one, link.other}
            }
        assert reached == set(group.ids)
        assert len(group.links) >= len(group.ids) - 1


@given(CROWDS)
def test_no_group_holds_two_names_unless_a_register_says_so(leads):
    """Whatever they share, Sara and Reza are two."""
    alike = Alike(near_words(more_slips=1))
    for group in find_duplicates(leads).groups:
        if "registration number" in group.by:
            continue
        people = [leads[place].person for place in group.places]
        names = [name_words(person.name) for person in people if person]
        assert all(alike(one, other) for one, other in itertools.combinations(names, 2))


@given(st.lists(TOLD, max_size=9), st.integers(0, 9))
def test_what_nobody_shares_changes_nothing(told, place):
    """An entry that knows nobody is in no group, wherever it stands, and changes none."""
    leads = crowd(told)
    alone = Lead.capture(id="alone", person="Zoé Lefèvre", email="z@lefevre.example", at=MONDAY)

    found = find_duplicates([*leads[:place], alone, *leads[place:]])

    assert [group.ids for group in found.groups] == [
        group.ids for group in find_duplicates(leads).groups
    ]


@given(CROWDS)
def test_an_entry_given_twice_is_found_where_it_can_be_known_again(leads):
    """All that has an address of its own or a number in a register is met a second time."""
    twice = find_duplicates([*leads, *leads])

    together = {frozenset(group.places) for group in twice.groups}
    for place, lead in enumerate(leads):
        if "registration_number" in lead.details:
            both = {place, place + len(leads)}
            assert any(both <= group for group in together)


@given(CROWDS)
def test_a_stream_is_looked_through_once(leads):
    """An iterator will do."""
    assert find_duplicates(iter(leads)) == find_duplicates(leads)


# --- real people, and many ----------------------------------------------------------------------


def of_febrl(folder, number):
    """Read the people of Febrl as leads; their ids say who is who."""
    lines = (folder / "febrl" / f"dataset{number}.csv").read_text().splitlines()
    header = [name.strip() for name in lines[0].split(",")]
    for line in lines[1:]:
        row = {k: v.strip() for k, v in zip(header, line.split(","), strict=True) if v.strip()}
        name = f"{row.pop('given_name', '')} {row.pop('surname', '')}".strip()
        yield Lead.capture(id=row.pop("rec_id"), person=name, details=row, at=MONDAY)


FEBRL_KEYS = [
    fact_key(*(f"details.{name}" for name in names), strength=strength)
    for strength, *names in [
        (Strength.IDENTITY, "soc_sec_id"),
        (Strength.IDENTITY, "date_of_birth", "postcode"),
        (Strength.CONTEXT, "date_of_birth"),
        (Strength.CONTEXT, "street_number", "address_1"),
        (Strength.CONTEXT, "suburb", "postcode"),
        (Strength.CONTEXT, "address_1", "suburb"),
        (Strength.CONTEXT, "address_2", "postcode"),
    ]
]


def f1_of(groups, leads):
    """Judge groups by the ids of Febrl, of which the second part is the person."""
    of_one = {}
    for place, lead in enumerate(leads):
        of_one.setdefault(lead.id.split("-")[1], []).append(place)
    pairs = {p for places in of_one.values() for p in itertools.combinations(places, 2)}
    precision, recall = judged(groups, pairs)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("number", "bar"), [(1, 0.99), (3, 0.975)])
def test_people_of_febrl_are_found(real_data, number, bar):
    """The same keys for both files, with names misspelt, swapped, married and missing."""
    leads = list(of_febrl(real_data, number))

    assert f1_of(find_duplicates(leads, keys=FEBRL_KEYS).groups, leads) >= bar


@pytest.mark.parametrize("seed", [1, 2])
def test_people_of_four_languages_are_found(real_data, seed):
    """Ten thousand leads of seven thousand people, by the keys that leads have."""
    leads, pairs = many_leads(read_words(real_data / "word_lists"), seed=seed)

    precision, recall = judged(find_duplicates(leads).groups, pairs)

    assert precision >= 0.98
    assert recall >= 0.85


def test_without_rapidfuzz_the_same_keys_find_what_is_spelt_alike(monkeypatch):
    """Names that differ by a slip are then two."""
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
    leads = [
        Lead.capture(id=name, person=name, phone="0912 1111111", at=MONDAY)
        for name in ("Sara Ahmadi", "سارا احمدی", "Sara Ahnadi")
    ]

    [group] = find_duplicates(leads).groups

    assert group.ids == ("Sara Ahmadi", "سارا احمدی")
