"""What exists is also known: an event to the strategies, and a code to the reference."""

from __future__ import annotations

import typing

import pytest
from hypothesis import HealthCheck, find, settings

from salesfunnel import testing
from salesfunnel.accounts import AccountEvent
from salesfunnel.leads import LeadEvent
from salesfunnel.opportunities import OpportunityEvent
from tests.docs.messages import PAGE, page

EVENTS = [
    pytest.param(strategy, event, id=f"{noun}: {event.__name__}")
    for noun, strategy, union in (
        ("lead", testing.leads(), LeadEvent),
        ("opportunity", testing.opportunities(), OpportunityEvent),
        ("account", testing.accounts(), AccountEvent),
    )
    for event in typing.get_args(union)
]
search = settings(
    max_examples=3_000,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize(("strategy", "event"), EVENTS)
def test_each_event_is_drawn(strategy, event):
    """Whoever tests a storage of their own meets every event of a noun."""

    def has_it(noun):
        return any(type(told) is event for told in noun.timeline)

    assert has_it(find(strategy, has_it, settings=search))


def test_each_code_is_in_the_reference():
    """The list of all messages is that of the code: ``python tests/docs/messages.py`` writes it."""
    assert PAGE.read_text("utf-8") == page()
