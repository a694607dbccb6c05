"""The strategies give what they promise, also to those who ask by type."""

from __future__ import annotations

import subprocess
import sys
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
    """A type is enough to ask by, since importing ``salesfunnel.testing`` registers ours."""

    @few
    @given(st.from_type(kind))
    def check(made):
        assert isinstance(made, kind)

    check()


def test_hypothesis_does_not_know_of_the_library_by_itself():
    """Where the library is installed, ``import hypothesis`` costs what it costs elsewhere."""
    code = "import hypothesis, sys; print(*(m for m in sys.modules if 'salesfunnel' in m))"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout.split()

    assert loaded == []
    assert not entry_points(group="hypothesis", name="salesfunnel")


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
