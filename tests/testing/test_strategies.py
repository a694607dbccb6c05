"""The strategies give what they promise, also to those who ask by type."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel import testing
from salesfunnel.accounts import Account
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from salesfunnel.values import Answer, Bucket, Company, ContactPoint, Money, Person, is_visible

KINDS = [Account, Answer, Bucket, Company, ContactPoint, Lead, Money, Opportunity, Person]
few = settings(max_examples=10)


@few
@given(data=st.data())
@pytest.mark.parametrize("stage", [stage.name for stage in LEAD_PIPELINE.stages])
def test_a_lead_can_be_had_in_every_stage(stage, data):
    """Whoever asks for a lead in a stage gets one that has walked there."""
    lead = data.draw(testing.leads(stage=stage))

    assert (lead.stage, Lead.replay(lead.timeline)) == (stage, lead)


@few
@given(data=st.data())
@pytest.mark.parametrize("stage", [stage.name for stage in OPPORTUNITY_PIPELINE.stages])
def test_an_opportunity_can_be_had_in_every_stage(stage, data):
    """Whoever asks for an opportunity in a stage gets one that has walked there."""
    deal = data.draw(testing.opportunities(stage=stage))

    assert (deal.stage, Opportunity.replay(deal.timeline)) == (stage, deal)


@pytest.mark.parametrize("kind", KINDS)
def test_hypothesis_makes_our_nouns_by_itself(kind):
    """A type is enough to ask by, since our strategies are registered when Hypothesis begins."""

    @few
    @given(st.from_type(kind))
    def check(made):
        assert isinstance(made, kind)

    check()


def test_hypothesis_finds_our_strategies_by_entry_point():
    """Whoever installs the library beside Hypothesis need not register anything."""
    (ours,) = entry_points(group="hypothesis", name="salesfunnel")

    assert ours.load() is testing.register


@few
@given(testing.names(), testing.notes(), testing.moneys(currency="EUR"), testing.days())
def test_texts_amounts_and_days_are_usable(name, note, money, day):
    """A name shows something, a note is text, and a currency that is asked for is given."""
    assert (is_visible(name), type(note), money.currency) == (True, str, "EUR")
    assert 1990 <= day.year <= 2060


def test_the_pool_of_nasty_names_holds_no_impossible_one():
    """Every name of the pool can be that of a person, every address that of a contact point."""
    assert all(Person(name) for name in testing.NASTY_NAMES)
    assert all(ContactPoint("social", address) for address in testing.NASTY_ADDRESSES)
