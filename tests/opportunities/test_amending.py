"""What is corrected in a deal: its name, its account, who has a say, where it came from."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.history import apply
from salesfunnel.opportunities import Involvement, Opportunity, OpportunityAmended
from salesfunnel.testing import opportunities
from salesfunnel.values import Person, Source

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SARA, LI = Involvement(Person("Sara"), "decision_maker"), Involvement(Person("Li Wei"), "user")
CORRECTIONS = {
    "name": "Two generators",
    "account_id": "8",
    "contacts": (LI,),
    "source": Source.WEB,
    "source_words": "web form",
    "details": {"hall": "7"},
}


@given(opportunities(), st.sets(st.sampled_from(sorted(CORRECTIONS)), min_size=1))
def test_a_correction_changes_what_it_names_and_nothing_else(deal, fields):
    """Open or closed, a deal takes the new values, keeps all others, and can be told again."""
    values = {field: CORRECTIONS[field] for field in fields}
    event = OpportunityAmended(at=deal.timeline[-1].at, by="Sara", amended=values)

    amended = apply(deal, event)

    assert amended == attrs.evolve(deal, **values, timeline=(*deal.timeline, event))
    assert Opportunity.replay(amended.timeline) == amended
    assert pickle.loads(pickle.dumps(amended)) == amended  # noqa: S301 - our own bytes


def test_whoever_left_has_no_say_any_more():
    """Once the decision maker is taken off the contacts, the deal cannot be won without another."""
    deal = Opportunity.open(id="7", contacts=[SARA, LI], at=MONDAY)

    alone = apply(deal, OpportunityAmended(at=MONDAY, amended={"contacts": [LI]}))

    assert (deal.has_decision_maker, alone.has_decision_maker) == (True, False)
    assert alone.involve("Sara", "decision_maker", at=MONDAY).contacts == (LI, SARA)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"stage": "won"},
        {"amount": None},
        {"lead_id": "7"},
        {"contacts": [Person("Sara")]},
        {"name": "two\nlines"},
        {"account_id": 7},
        {"source": "a dream"},
        {"details": {"hall": 7}},
    ],
)
def test_no_more_is_corrected_than_may_be(wrong):
    """What a verb changes is left to it, and what is impossible is refused as on opening."""
    with pytest.raises(InvalidValue):
        OpportunityAmended(at=MONDAY, amended=wrong)
