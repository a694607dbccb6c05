"""A row that tells nothing new of a known lead is found out at a glance, as a plan would find."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.interop import Accepted, Repeated, read_leads
from salesfunnel.interop.rows import told_facts
from salesfunnel.interop.rows.later_facts import told_later
from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint, Person
from salesfunnel.values.sameness import point_key

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
POINTS = [
    ContactPoint("mobile", "0912 123 4567"),
    ContactPoint("phone", "0912 123 4567"),
    ContactPoint("mobile", "+98 912 123 4567"),
    ContactPoint("email", "sara@novin.example"),
]
PEOPLE = [
    None,
    Person("Sara Ahmadi"),
    Person("SARA AHMADI"),
    Person("Sara Ahmadi", job_title="CTO", id="7"),
    Person("Reza Karimi", id="8"),
]
FIRMS = [None, Company("Novin"), Company("NOVIN", city="Tehran"), Company("Novin", employees=7)]
LEADS = st.builds(
    Lead.capture,
    id=st.just("7"),
    person=st.sampled_from(PEOPLE),
    company=st.sampled_from(FIRMS),
    contact_points=st.lists(st.sampled_from(POINTS), unique_by=point_key, max_size=3),
    source=st.sampled_from(["other", "web", "exhibition"]),
    source_words=st.sampled_from(["", "other", "fair"]),
    details=st.fixed_dictionaries(
        {},
        optional={"hall": st.sampled_from([1, True, "1", "", "one\n1"]), "city": st.just("Lyon")},
    ),
    owner=st.sampled_from(["", "Ani"]),
    at=st.just(MONDAY),
)


def counted(hall):
    """Take in a lead with a detail that is 1, or yes, which Python holds to be equal."""
    return Lead.capture(id="7", details={"hall": hall}, at=MONDAY)


@given(LEADS, LEADS, st.booleans())
@example(counted(1), counted(True), False)
def test_at_a_glance_the_same_is_new_as_by_a_plan(known, told, keeps):
    """Whether a row tells what the lead lacks does not depend on how that is found out."""
    at_a_glance = told_later(known, told, keeps=keeps)
    with patch.object(told_facts, "_is_there", lambda *_: False):
        by_a_plan = told_later(known, told, keeps=keeps)

    assert at_a_glance == by_a_plan
    assert (at_a_glance is known) == (by_a_plan is known)


@given(LEADS)
def test_of_a_lead_that_is_known_nothing_is_planned(lead):
    """The usual case: a list that is read again."""
    with patch.object(told_facts, "Contribution", side_effect=AssertionError):
        assert told_later(lead, lead, keeps=True) is lead


@given(st.permutations(["Sara Ahmadi", "Reza Karimi", "Zoé Lefèvre"]), st.booleans())
def test_a_list_that_is_read_again_tells_nothing(names, has_ids):
    """Each row repeats the very lead that is known."""
    rows = [f"{n if has_ids else ''},{name},n{n}@novin.example" for n, name in enumerate(names)]
    text = "\n".join(["Id,Name,Email", *rows])
    known = list(read_leads(StringIO(text), at=MONDAY).entities())

    again = list(read_leads(StringIO(text), at=MONDAY, known=known))

    assert not [row for row in again if isinstance(row, Accepted)]
    assert [id(row.entity) for row in again if isinstance(row, Repeated)] == [*map(id, known)]
