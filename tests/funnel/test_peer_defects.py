"""D1 to D11: what goes wrong in other systems, as their code was read, does not go wrong here."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.conversion import draft_conversion, plan_conversion
from salesfunnel.errors import ConversionRefused, InvalidValue, MoveRefused
from salesfunnel.history import read_intervals, slips, stage_history
from salesfunnel.interop import read_records, with_formula_guard
from salesfunnel.opportunities import Opportunity, Probability, worth
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE, SALESFORCE
from salesfunnel.privacy import erase_person
from salesfunnel.testing import accounts, days, leads, moneys, opportunities
from salesfunnel.values import Company, Rates

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
CERTAIN, HOPELESS = Probability(1, "closing"), Probability(0, "closing")
QUALIFIED = leads(stage="qualified")
OPEN = st.sampled_from(["meeting", "proposal", "negotiation"]).flatmap(
    lambda stage: opportunities(stage=stage)
)
LOST = opportunities(stage="lost")
CHANCES = st.sampled_from(["0", "0.35", "0.9", "1"])
ASKING = attrs.evolve(
    OPPORTUNITY_PIPELINE,
    name="asking",
    stages=(
        attrs.evolve(OPPORTUNITY_PIPELINE.initial, requires=("amount",)),
        *OPPORTUNITY_PIPELINE.stages[1:],
    ),
)
# What a move may change: where the deal stands, its chance, and how long it rests there.
MOVED = {"stage", "last_open_stage", "stage_since", "probability", "rest", "timeline"}


def latest_of(*nouns):
    """Give the time of the last thing that has happened."""
    return max(noun.timeline[-1].at for noun in nouns)


def changed(before, after):
    """Name the fields in which two values of one noun differ."""
    names = (field.name for field in attrs.fields(type(before)))
    return {name for name in names if getattr(before, name) != getattr(after, name)} - {"_follows"}


def dragged(data, deal):
    """Drag a deal to another column that is open to it, and say at what time."""
    at = latest_of(deal) + timedelta(days=1)
    columns = {way.destination.name for way in deal.ways(at=at) if way and way.destination.is_open}
    column = data.draw(st.sampled_from(sorted(columns - {deal.stage})))
    return deal.move(to=column, at=at), at


@given(QUALIFIED, accounts())
def test_d1_a_failed_conversion_touches_no_account_and_invents_nothing(lead, account):
    """vtiger: when a conversion fails, the customer's account is deleted, and '????' filled in."""
    before = (account, hash(account), account.version)
    keep = {"account": account, "decide": {"company": "keep"}}

    failed = draft_conversion(lead, **keep, pipeline=ASKING)
    with pytest.raises(ConversionRefused):
        failed.apply(at=latest_of(lead, account))

    assert (account, hash(account), account.version) == before
    done = draft_conversion(lead, **keep)
    if done.refusal is None:
        after = done.apply(at=latest_of(lead, account)).account
        assert after.timeline[:-1] == account.timeline
        assert "????" not in str(done)


@given(OPEN, st.data())
def test_d2_dragging_a_card_changes_its_stage_and_nothing_else(deal, data):
    """Krayin: a drag sets the expected close to null, and the days in the stage go on counting."""
    moved, at = dragged(data, deal)

    assert changed(deal, moved) <= MOVED
    assert moved.stage_since == at
    assert all(stage.probability < 1 for stage in moved.pipeline.stages if stage.is_open)


@given(OPEN, CHANCES, st.none() | days(), st.data())
def test_d3_a_chance_set_by_hand_outlives_every_edit(deal, chance, day, data):
    """EspoCRM: whatever is edited, the chance falls back to the default of the stage."""
    estimated = deal.estimate(chance, at=latest_of(deal))

    edited = estimated.amend(expected_close=day, name="another", at=latest_of(deal))
    moved, _ = dragged(data, edited)

    assert edited.probability == moved.probability == estimated.probability


@given(QUALIFIED)
def test_d3_a_conversion_is_done_once_and_as_a_whole(lead):
    """EspoCRM: a conversion can be repeated, and stop half-way; open tasks are left behind."""
    done = plan_conversion(lead).apply(at=latest_of(lead))

    assert draft_conversion(done.lead).refusal.code == "converted"
    assert {step.id for step in lead.steps} == {step.id for step in done.opportunity.steps}


@given(QUALIFIED)
def test_d4_a_lead_is_not_converted_before_its_deal_can_be(lead):
    """Frappe CRM: the lead is marked as converted first, and left so when the deal fails."""
    plan = draft_conversion(lead, pipeline=ASKING)

    assert {objection.code for objection in plan.refusal.objections} == {"missing"}
    with pytest.raises(ConversionRefused):
        plan.apply(at=latest_of(lead))
    assert (lead.stage, lead.account_id, lead.opportunity_id) == ("qualified", "", "")


@given(OPEN, CHANCES)
def test_d4_a_lost_deal_has_no_chance_but_a_day(deal, chance):
    """Frappe CRM: a lost deal keeps its 70 % and has no closing day; empty logs get a minute."""
    at = latest_of(deal)

    lost = deal.estimate(chance, at=at).lose("price", at=at)

    assert (lost.probability, lost.closed_on) == (HOPELESS, at.date())
    assert read_intervals([], at=at).timeline == ()


@given(QUALIFIED, moneys(), st.dictionaries(st.sampled_from(["hall", "pumps"]), st.integers(0, 9)))
def test_d5_currency_and_own_facts_are_carried(lead, amount, details):
    """MicroPyramid: a conversion drops the currency and the host's own fields."""
    lead = lead.amend(details=details, at=latest_of(lead))

    deal = plan_conversion(lead, amount=amount).apply(at=latest_of(lead)).opportunity

    assert (deal.amount, deal.amount.currency) == (amount, amount.currency)
    assert deal.details == details
    assert deal.source == lead.source


@given(CHANCES, st.sampled_from(["Closed Won", "Closed Lost"]))
def test_d5_a_closed_deal_is_certain_whatever_its_chance_was(chance, column):
    """MicroPyramid: a chance is set only where there is none, so a lost deal keeps its 75 %."""
    deal = Opportunity.open(id="7", pipeline=SALESFORCE, at=MONDAY).estimate(chance, at=MONDAY)

    closed = deal.move(to=column, reason="price", at=MONDAY)

    assert closed.probability == (CERTAIN if column == "Closed Won" else HOPELESS)


@given(QUALIFIED)
def test_d6_a_converted_lead_is_still_there(lead):
    """DjangoCRM: the lead is deleted when it is converted, and what hangs on a person with them."""
    done = plan_conversion(lead).apply(at=latest_of(lead))

    assert done.lead.timeline[:-1] == lead.timeline
    assert done.lead.id in done.account.lead_ids
    assert done.lead.id in done.opportunity.lead_ids
    if lead.person:
        left = erase_person(lead.person, *done, at=latest_of(*done)).nouns
        assert [type(noun) for noun in left] == [type(noun) for noun in done]
        assert [left[0].stage, left[2].stage] == [done.lead.stage, done.opportunity.stage]


@given(LOST)
def test_d7_a_reopening_keeps_every_loss(lost):
    """Odoo: restoring a lost deal clears the reason for which it was lost."""
    at = latest_of(lost)

    again = lost.reopen(at=at)
    twice = again.lose("timing", at=at).reopen(at=at)

    assert (again.loss, again.closing, again.closed_on) == (None, None, None)
    assert (again.stage, again.probability) == (
        lost.closing.stage,
        lost.closing.probability_before,
    )
    assert again.losses == lost.losses
    assert [loss.reason for loss in twice.losses[len(lost.losses) :]] == ["timing"]


@given(LOST, st.dictionaries(st.sampled_from(["tags", "hall"]), st.integers(0, 9)))
def test_d7_no_edit_brings_a_lost_deal_back_to_life(lost, details):
    """Odoo: with its tags the chance of a lost deal changed, and it was lost no longer."""
    edited = lost.amend(details=details, name="another", at=latest_of(lost))

    assert changed(lost, edited) <= {"name", "details", "timeline"}
    for verb in ({"amount": None}, {"expected_close": None}):
        with pytest.raises(MoveRefused, match=r"closed as lost \(reopen it first\)"):
            lost.amend(**verb, at=latest_of(lost))


@given(OPEN, st.sampled_from(["1,200", "12.5k", "many", "about 900 EUR"]), st.data())
def test_d8_an_amount_is_a_number_and_a_move_brings_its_chance(deal, text, data):
    """SuiteCRM: revenue and head count are any text, and a stage does not change the chance."""
    for wrong in ({"annual_revenue": text}, {"employees": text}):
        with pytest.raises((InvalidValue, TypeError)):
            Company("Novin", **wrong)
    with pytest.raises((InvalidValue, TypeError)):
        deal.amend(amount=text, at=latest_of(deal))

    moved, _ = dragged(data, deal)

    if deal.probability.origin == "stage":
        assert moved.probability.value == moved.pipeline.stage(moved.stage).probability


@given(LOST, st.integers(1, 10**6), st.integers(1, 900))
def test_d8_a_closed_deal_is_not_valued_anew(lost, rate, days_later):
    """SuiteCRM: a report on last year changes with the rate of today."""
    if lost.amount is None:
        return
    code, day = lost.amount.currency, lost.closed_on
    later = day + timedelta(days=days_later)

    then = worth(lost, Rates("CHF", {code: {day: 2}}), on=day)

    assert worth(lost, Rates("CHF", {code: {day: 2, later: rate}}), on=later) == then


@given(OPEN, st.none() | moneys(), st.data())
def test_d9_each_move_is_in_the_history_with_the_stage_that_it_entered(deal, amount, data):
    """vtiger: the history is not written, or with the old stage beside the new amount."""
    deal = deal.amend(amount=amount, lines=[], at=latest_of(deal))
    moved, at = dragged(data, deal)
    lost = moved.lose("price", at=at)

    walked = stage_history(moved.timeline)

    assert [interval.stage for interval in walked[:-1]] == [
        interval.stage for interval in stage_history(deal.timeline)
    ]
    assert (walked[-1].stage, walked[-1].entered) == (moved.stage, at)
    assert (lost.closing.stage, lost.closing.amount) == (moved.stage, amount)
    assert lost.closing.probability_before == moved.probability


@given(OPEN, days(), st.lists(st.integers(-30, 60), max_size=4))
def test_d10_what_was_expected_and_what_came_can_be_compared_afterwards(deal, day, shifts):
    """Salesforce, HubSpot, Espo, SuiteCRM, vtiger: one date of closing, so no slip is ever seen."""
    at = latest_of(deal)
    deal = deal.amend(expected_close=None, at=at).amend(expected_close=day, at=at)
    before = len(slips(deal.timeline))
    expected = [day]
    for shift in shifts:
        expected.append(expected[-1] + timedelta(days=shift))
        deal = deal.amend(expected_close=expected[-1], at=at)
    closed_on = at.date() - timedelta(days=3)

    lost = deal.lose("price", closed_on=closed_on, at=at)

    assert (lost.expected_close, lost.closed_on) == (expected[-1], closed_on)
    assert [slip.days for slip in slips(lost.timeline)[before:]] == [s for s in shifts if s > 0]


@given(
    st.lists(
        st.sampled_from(["+98 21 8877 6655", "-1,200.50", "=1+1", "@novin", "'t Hooft", "Sara"])
        | st.text(alphabet="'=+-@ab1", min_size=1).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_d11_a_phone_number_comes_back_from_a_spreadsheet(tmp_path_factory, cells):
    """Odoo: what begins with +, - or = goes out with an apostrophe, and comes back with it."""
    path = tmp_path_factory.mktemp("d11") / "leads.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("number", "cell"), *enumerate(map(with_formula_guard, cells))])

    assert [row.cells[1].strip() for row in read_records(path)] == [c.strip() for c in cells]
