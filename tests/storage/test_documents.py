"""Saving and loading: the form that is written, and what is said where it cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salesfunnel.activities import ActivityLogged
from salesfunnel.errors import InvalidDocument, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.storage import from_data, from_json, to_data, to_json

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAD = Lead.capture(company="Novin Tejarat", at=MONDAY).log("call", inbound=True, at=MONDAY)


def problems(data, **given):
    """List the problems of data that is refused."""
    with pytest.raises(InvalidDocument) as refused:
        from_data(data, **given)
    return [str(problem) for problem in refused.value.problems]


def changed(number, **keys):
    """Give the data of the lead with other values in one of its events."""
    data = to_data(LEAD)
    data["events"][number] |= keys
    return data


def test_a_noun_is_its_events():
    """Nothing stands in a document beside the events of the noun."""
    data = to_data(LEAD)

    assert list(data) == ["format", "version", "events"]
    assert [event["event"] for event in data["events"]] == [
        "lead.captured",
        "activity.logged",
        "lead.moved",
    ]


def test_a_kind_that_is_not_wanted_is_refused():
    """Whoever asks for a deal never gets a lead."""
    assert problems(to_data(LEAD), kind=Opportunity) == ["$.format: is lead, and not Opportunity"]
    call = ActivityLogged(at=MONDAY, kind="call")
    assert problems(to_data(LEAD.timeline[0]), kind=ActivityLogged) == [
        "$.event.event: is lead.captured, and not ActivityLogged"
    ]
    assert from_json(to_json(call), kind=ActivityLogged) == call


def test_each_problem_has_its_place():
    """All events are looked at, and nothing that stands there is repeated."""
    data = changed(1, form_stage="x", kind=5)
    del data["events"][2]["at"]

    known = "at, by, campaign, done, event, id, inbound, kind, note, outcome, person, reached, when"
    assert problems(data) == [
        "$.events[1].kind: must be a text",
        f"$.events[1].form_stage: is not a known key; known: {known}",
        "$.events[2]: at is missing",
    ]


def test_a_thing_that_no_document_holds_is_refused():
    """Only what can be read again is written."""
    with pytest.raises(WrongKind):
        to_data("a text")
