"""What is only an answer goes one way: ``as_data()`` gives plain data to a front end."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from hypothesis import given

from salesfunnel import testing
from salesfunnel.activities import agenda, plan_step
from salesfunnel.conversion import plan_conversion
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.rules import field

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def is_plain(data):
    """Tell whether data is what JSON gives back."""
    return json.loads(json.dumps(data)) == data


@given(testing.leads() | testing.opportunities())
def test_ways_and_verdicts_are_plain(noun):
    """A board gets code, message, parameters, facts to ask for, and remedy."""
    at = noun.timeline[-1].at

    for way in noun.ways(at=at):
        data = way.as_data()
        assert is_plain(data)
        for objection in data.get("objections", ()):
            assert set(objection) == {"code", "message", "remedy", "params", "facts"}


@given(testing.leads(stage="qualified"))
def test_plans_are_plain(lead):
    """A page shows what a conversion would do, also where it is refused."""
    plan = plan_conversion(lead)

    data = plan.as_data()

    assert is_plain(data)
    assert data["allowed"] == (plan.refusal is None) == (data["refusal"] is None)
    assert len(data["changes"]) == len(plan.changes)


@given(testing.leads() | testing.opportunities() | testing.accounts())
def test_agendas_are_plain(noun):
    """So does a page of what is to be done."""
    for line in agenda([noun], at=noun.timeline[-1].at, days=None):
        assert is_plain(line.as_data())


def test_a_refusal_says_which_facts_to_ask_for():
    """The front end asks for them by their paths."""
    gated = Pipeline(
        "gated",
        stages=[
            Stage("visit"),
            Stage("offer", requires="amount", entry=(field("expected_close") > date(2026, 1, 1))),
            Stage("won", kind="won"),
        ],
        moves=[Move("offer", "visit", "offer"), Move("win", "offer", "won")],
    )
    deal = Opportunity.open(id="7", pipeline=gated, at=MONDAY)

    said = deal.decide("offer", at=MONDAY).as_data()

    assert [objection["facts"] for objection in said["objections"]] == [
        ["amount"],
        ["expected_close"],
    ]


def test_a_plan_and_an_agenda_as_data():
    """Ids, days and texts, and nothing that only Python knows."""
    lead = Lead.capture(id="7", company="Novin", stage="qualified", owner="Ani", at=MONDAY)
    lead = plan_step(lead, "call", id="s", due=date(2026, 3, 2), note="early", at=MONDAY)

    plan = plan_conversion(lead, opportunity=None).as_data()
    (line,) = agenda([lead], at=MONDAY)

    assert (plan["lead"], plan["opportunity"]) == ({"id": "7", "version": 2}, None)
    assert line.as_data() == {
        "id": "7",
        "noun": "lead",
        "what": "step",
        "due": "2026-03-02",
        "owner": "Ani",
        "is_overdue": False,
        "step": {"id": "s", "kind": "call", "note": "early"},
    }
