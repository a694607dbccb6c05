"""Defects found by reading other systems: what goes wrong there does not go wrong here."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.conversion import draft_conversion, plan_conversion
from salesfunnel.errors import ConversionRefused
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
from salesfunnel.testing import accounts, leads, moneys

QUALIFIED = leads(stage="qualified")
ASKING = attrs.evolve(
    OPPORTUNITY_PIPELINE,
    name="asking",
    stages=(
        attrs.evolve(OPPORTUNITY_PIPELINE.initial, requires=("amount",)),
        *OPPORTUNITY_PIPELINE.stages[1:],
    ),
)


def latest_of(*nouns):
    """Give the time of the last thing that has happened."""
    return max(noun.timeline[-1].at for noun in nouns)


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


@given(QUALIFIED, moneys(), st.dictionaries(st.sampled_from(["hall", "pumps"]), st.integers(0, 9)))
def test_d5_currency_and_own_facts_are_carried(lead, amount, details):
    """MicroPyramid: a conversion drops the currency and the host's own fields."""
    lead = lead.amend(details=details, at=latest_of(lead))

    deal = plan_conversion(lead, amount=amount).apply(at=latest_of(lead)).opportunity

    assert (deal.amount, deal.amount.currency) == (amount, amount.currency)
    assert deal.details == details
    assert deal.source == lead.source


@given(QUALIFIED)
def test_d6_a_converted_lead_is_still_there(lead):
    """DjangoCRM: the lead is deleted when it is converted."""
    done = plan_conversion(lead).apply(at=latest_of(lead))

    assert done.lead.timeline[:-1] == lead.timeline
    assert done.lead.id in done.account.lead_ids
    assert done.lead.id in done.opportunity.lead_ids
