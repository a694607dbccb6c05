"""What exists is also known: an event to the strategies, and a code to the reference."""

from __future__ import annotations

import contextlib
import typing

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

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


search = settings(
    max_examples=4_000,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("noun", NOUNS)
def test_each_event_is_drawn(noun):
    """A user who tests a storage of their own meets every event of a noun."""
    strategy, union = NOUNS[noun]
    unmet = set(typing.get_args(union))

    def all_were_met(drawn):
        unmet.difference_update(map(type, drawn.timeline))
        return not unmet

    with contextlib.suppress(NoSuchExample):
        find(strategy, all_were_met, settings=search)  # ends as soon as nothing is unmet
    assert {event.__name__ for event in unmet} == set()


def test_each_code_is_in_the_reference():
    """The list of all messages is that of the code: ``python tests/docs/messages.py`` writes it."""
    assert PAGE.read_text("utf-8") == page()
