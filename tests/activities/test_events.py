"""Activities: what counts as contact, and what is only an attempt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.activities import ActivityLogged
from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.testing import leads, opportunities

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MAYBE = [None, True, False]
MUTUAL, ONE_SIDED = ["meeting", "visit", "chat"], ["call", "email", "sms", "fax", "letter"]


def activity(kind, inbound=None, reached=None):
    """Make the event of an activity on Monday."""
    return ActivityLogged(at=MONDAY, kind=kind, inbound=inbound, reached=reached)


@pytest.mark.parametrize("kind", MUTUAL + ONE_SIDED)
@pytest.mark.parametrize("inbound", MAYBE)
def test_whether_they_were_reached_decides(kind, inbound):
    """What is known about reaching them outweighs the kind, and who began."""
    assert activity(kind, inbound, reached=True).is_contact
    assert not activity(kind, inbound, reached=False).is_contact


@pytest.mark.parametrize("kind", MUTUAL)
@pytest.mark.parametrize("inbound", MAYBE)
def test_a_meeting_is_contact_unless_they_were_not_reached(kind, inbound):
    """In a meeting, a visit or a chat two people take part."""
    assert activity(kind, inbound).is_contact


@pytest.mark.parametrize("kind", ONE_SIDED)
def test_another_activity_is_contact_only_if_they_began(kind):
    """Our own call or message, of which nothing more is known, is an attempt."""
    assert activity(kind, inbound=True).is_contact
    assert not activity(kind, inbound=False).is_contact
    assert not activity(kind).is_contact


@given(
    leads(stage="new"),
    st.sampled_from([*MUTUAL, *ONE_SIDED]),
    st.sampled_from(MAYBE),
    st.sampled_from(MAYBE),
)
def test_contact_moves_a_new_lead_and_an_attempt_does_not(lead, kind, inbound, reached):
    """Both are recorded; only contact makes a new lead one that was contacted."""
    at = lead.timeline[-1].at

    logged = lead.log(kind, inbound=inbound, reached=reached, note="hm", by="Sara", at=at)

    event = logged.timeline[lead.version]
    assert event == ActivityLogged(
        at=at, by="Sara", kind=kind, inbound=inbound, reached=reached, note="hm", id=event.id
    )
    assert logged.stage == ("contacted" if event.is_contact else "new")
    assert logged.version == lead.version + (2 if event.is_contact else 1)
    assert logged.timeline[-1].by == "Sara"


@given(opportunities(), st.sampled_from(MAYBE))
def test_an_activity_moves_no_deal(deal, reached):
    """A call on a deal, open or closed, is recorded and changes nothing else."""
    logged = deal.log("call", reached=reached, note="hm", by="Sara", at=deal.timeline[-1].at)

    assert (logged.stage, logged.probability) == (deal.stage, deal.probability)
    assert [(event.kind, event.reached) for event in logged.events_since(deal.version)] == [
        ("call", reached)
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": 5}, "kind"),
        ({"kind": "two\nlines"}, "kind"),
        ({"inbound": "yes"}, "inbound"),
        ({"inbound": 1}, "inbound"),
        ({"reached": "no"}, "reached"),
        ({"note": 5}, "note"),
        ({"by": None}, "by"),
        ({"at": "today"}, "at"),
    ],
)
def test_an_impossible_activity_is_refused_by_its_field(wrong, field):
    """What is wrong is named, on a lead and on a deal alike."""
    lead, deal = Lead.capture(company="Novin", at=MONDAY), Opportunity.open(id="7", at=MONDAY)

    for noun in (lead, deal):
        with pytest.raises(InvalidValue, match=rf"^{field} "):
            noun.log(**{"kind": "call", "at": MONDAY, **wrong})


def test_nothing_is_logged_before_the_last_event():
    """Too early a call is refused in the name of the verb."""
    lead = Lead.capture(company="Novin", at=MONDAY)

    with pytest.raises(MoveRefused, match=r"^cannot log: the time lies before the last event"):
        lead.log("call", at=MONDAY - timedelta(seconds=1))
