"""The laws of ids that follow from content."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.leads import Lead
from salesfunnel.testing import companies, contact_points, instants, leads, people
from salesfunnel.values import Company, ContactPoint, Person

NAMED = people().map(lambda person: attrs.evolve(person, contact_points=()))
RESPELL = st.sampled_from(
    [
        str.upper,
        str.lower,
        lambda text: f"  {text} ",
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("ی", "ي").replace("ک", "ك"),
    ]
)


@given(people(), companies(), st.lists(contact_points(), max_size=3), instants(), st.data())
def test_a_file_read_twice_gives_the_same_ids(person, company, points, at, data):
    """Neither the time nor the order of contact points, nor one of them said twice, matters."""
    first = Lead.capture(person=person, company=company, contact_points=points, at=at)

    again = Lead.capture(
        person=person,
        company=company,
        contact_points=[*data.draw(st.permutations(points)), *points[:1]],
        source="fax",
        at=at + timedelta(days=7),
    )

    assert again.id == first.id


@given(st.sampled_from(["سارا احمدی", "Zoé Lefèvre", "علي كريمي"]), RESPELL, instants())
def test_the_spelling_does_not_matter(name, respell, at):
    """A name in other letters, accents apart or not, is the same lead."""
    email = ContactPoint("email", "Info@Novin.example")
    ids = {
        Lead.capture(person=Person(n), company=Company(n), contact_points=[e], at=at).id
        for n, e in ((name, email), (respell(name), ContactPoint("email", "info@novin.EXAMPLE")))
    }

    assert len(ids) == 1


@given(
    st.tuples(NAMED, NAMED),
    companies(),
    st.sampled_from([("mobile", "+98 912 123 4567"), ("email", "sara@novin.example")]),
    st.lists(contact_points(), max_size=2),
    instants(),
)
def test_a_personal_address_tells_who_it_is(names, company, written, points, at):
    """Another name, employer or telephone number is news of the same lead, not another lead."""
    strong = ContactPoint(*written)
    more = [p for p in points if p.kind.value not in ("mobile", "email")]

    one = Lead.capture(person=names[0], contact_points=[strong], at=at)
    later = Lead.capture(person=names[1], company=company, contact_points=[*more, strong], at=at)

    assert one.id == later.id


@given(NAMED, companies(), st.lists(contact_points(), max_size=2), instants())
def test_a_new_number_of_the_firm_changes_nobody(person, company, points, at):
    """Person and company tell who it is; the number of the switchboard and the desk may change."""
    shared = [p for p in points if p.kind.value in ("phone", "fax", "website")]
    desk = ContactPoint("email", "Info@novin.example")

    one = Lead.capture(person=person, company=company, at=at)
    other = Lead.capture(person=person, company=company, contact_points=[*shared, desk], at=at)

    assert one.id == other.id


@given(st.sampled_from(["!!!", "😀", "=1+1"]), st.sampled_from(["???", "☎"]), instants())
def test_names_without_letters_are_still_told_apart(one, other, at):
    """Two names that have no key are not the same for that."""
    assert Lead.capture(person=one, at=at).id != Lead.capture(person=other, at=at).id
    assert Lead.capture(phone=one, at=at).id != Lead.capture(phone=other, at=at).id


@given(leads())
def test_no_verb_changes_who_it_is(lead):
    """The id of a lead is the one that it was captured with."""
    assert lead.id == lead.timeline[0].id


def test_a_mobile_number_of_a_capture_tells_who_it_is():
    """It is that of one person; a telephone may be that of an office."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    by_name = Lead.capture(person="Sara", mobile="+98 912 123 4567", at=at)

    assert by_name.contact_points[0].kind == "mobile"
    assert by_name.id == Lead.capture(mobile="+989121234567", at=at).id
