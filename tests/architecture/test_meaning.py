"""What exists is also known: an event to the strategies, and a code to the reference."""

from __future__ import annotations

import typing

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from salesfunnel import testing
from salesfunnel.accounts import AccountEvent
from salesfunnel.leads import LeadEvent
from salesfunnel.opportunities import OpportunityEvent
from tests.docs.messages import PAGE, page

NOUNS = {
    "lead": (testing.leads(), LeadEvent),
    "opportunity": (testing.opportunities(), OpportunityEvent),
    "account": (testing.accounts(), AccountEvent),
}


@pytest.mark.parametrize("noun", NOUNS)
def test_each_event_is_drawn(noun):
    """A user who tests a storage of their own meets every event of a noun."""
    strategy, union = NOUNS[noun]
    met = set()

    @settings(
        max_examples=400,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(drawn):
        met.update(map(type, drawn.timeline))

    draw()

    assert {event.__name__ for event in set(typing.get_args(union)) - met} == set()


def test_each_code_is_in_the_reference():
    """The list of all messages is that of the code: ``python tests/docs/messages.py`` writes it."""
    assert PAGE.read_text("utf-8") == page()
