"""The conditions of a stage are asked by every way into it: beginning, converting, moving."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import pytest

from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import ConversionRefused, MoveRefused
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Guard, Move, Pipeline, Stage
from salesfunnel.values import Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PRICE = Money(900, "EUR")
OPEN = Guard("office_is_open", lambda _noun, at: at.weekday() < 5, message="the office is closed")


def gated(**conditions):
    """Define a pipeline whose first stage has conditions."""
    return Pipeline(
        "gated",
        stages=[
            Stage("first", **conditions),
            Stage("second"),
            Stage("qualified"),
            Stage("won", kind="won"),
        ],
        moves=[
            Move("go", "first", "second"),
            Move("qualify", ("first", "second"), "qualified"),
            Move("back", "second", "first"),
            Move("convert", ("first", "qualified"), "won"),
        ],
    )


DEALS = gated(requires=("amount", "expected_close"), entry=OPEN)
LEADS = gated(requires="company.industry", entry=OPEN)


def test_a_deal_begins_only_where_its_first_stage_lets_it():
    """Every condition that is not met is listed, as for a move."""
    with pytest.raises(MoveRefused) as refused:
        Opportunity.open(id="7", pipeline=DEALS, amount=PRICE, at=MONDAY)

    refusal = refused.value.refusal
    assert (refusal.trigger, refusal.stage) == ("open", "first")
    assert str(refusal) == ("cannot open: expected_close is not known (find out expected_close)")
    opened = Opportunity.open(
        id="7", pipeline=DEALS, amount=PRICE, expected_close=date(2026, 6, 30), at=MONDAY
    )
    assert opened.stage == "first"


def test_a_lead_begins_only_where_its_first_stage_lets_it():
    """A lead is asked like a deal, and may begin in a stage that asks for nothing."""
    with pytest.raises(MoveRefused) as refused:
        Lead.capture(company="Novin", pipeline=LEADS, at=MONDAY)

    refusal = refused.value.refusal
    assert (refusal.trigger, refusal.stage, refusal.code) == ("capture", "first", "missing")
    assert refusal.objections[0].params["fact"] == "company.industry"
    assert Lead.capture(company="Novin", pipeline=LEADS, stage="second", at=MONDAY).version == 1


def test_the_conditions_are_asked_at_the_time_of_beginning():
    """A guard gets the instant that the verb was given, not another."""
    sunday = MONDAY.replace(day=1)
    known = {"amount": PRICE, "expected_close": date(2026, 6, 30)}

    with pytest.raises(MoveRefused, match=r"^cannot open: the office is closed$"):
        Opportunity.open(id="7", pipeline=DEALS, **known, at=sunday)


def test_a_conversion_asks_the_first_stage_of_the_deal():
    """The plan is refused, not its application, and says what the deal lacks."""
    lead = Lead.capture(company="Novin", stage="qualified", at=MONDAY)

    with pytest.raises(ConversionRefused) as refused:
        plan_conversion(lead, pipeline=DEALS)

    refusal = refused.value.refusal
    assert (refusal.trigger, refusal.stage) == ("convert", "qualified")
    assert [o.params["fact"] for o in refusal.objections] == ["amount", "expected_close"]
    plan = plan_conversion(lead, pipeline=DEALS, amount=PRICE, expected_close=date(2026, 6, 30))
    assert plan.apply(at=MONDAY).opportunity.stage == "first"


def test_a_plan_asks_again_when_it_is_applied():
    """A plan of Friday is held to the conditions of Saturday, and makes nothing."""
    lead = Lead.capture(company="Novin", stage="qualified", at=MONDAY)
    plan = plan_conversion(lead, pipeline=DEALS, amount=PRICE, expected_close=date(2026, 6, 30))

    with pytest.raises(ConversionRefused, match="the office is closed"):
        plan.apply(at=MONDAY.replace(day=7))


def test_all_that_speaks_against_a_conversion_is_said_at_once():
    """The lead, the account and the first stage of the deal are asked together."""
    lead = Lead.capture(company="Novin", at=MONDAY)

    with pytest.raises(ConversionRefused) as refused:
        plan_conversion(lead, pipeline=DEALS)

    codes = [objection.code for objection in refused.value.refusal.objections]
    assert codes == ["not_from_here", "missing", "missing"]


def test_a_move_back_asks_the_first_stage_again():
    """The way back into the first stage is no way around its conditions."""
    deal = Opportunity.open(id="7", pipeline=DEALS, stage="second", at=MONDAY)

    with pytest.raises(MoveRefused, match=r"^cannot back: amount is not known"):
        deal.move("back", at=MONDAY)


@pytest.mark.parametrize("noun", [Lead, Opportunity])
def test_what_happened_is_not_asked_again(noun):
    """A stored history is told as it was, though its stages would not let it begin today."""
    if noun is Lead:
        begun = Lead.capture(company="Novin", pipeline=LEADS, stage="second", at=MONDAY)
    else:
        begun = Opportunity.open(id="7", pipeline=DEALS, stage="second", at=MONDAY)
    beginning = attrs.evolve(begun.timeline[0], to_stage="first")

    assert noun.replay([beginning]).stage == "first"
