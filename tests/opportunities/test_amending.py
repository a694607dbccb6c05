"""What is corrected in a deal: name, account, contacts, source, amount and expected close."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.history import apply
from salesfunnel.opportunities import (
    AmountRevised,
    CloseDateMoved,
    Involvement,
    Opportunity,
    OpportunityAmended,
)
from salesfunnel.testing import opportunities
from salesfunnel.values import Money, Person, Source

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
JUNE = date(2026, 6, 30)
PRICE, DEARER = Money(900, "EUR"), Money(990, "EUR")
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

    amended = deal.amend(**values, at=event.at, by="Sara")

    assert amended == attrs.evolve(deal, **values, timeline=(*deal.timeline, event))
    assert amended == apply(deal, event)
    assert Opportunity.replay(amended.timeline) == amended
    assert pickle.loads(pickle.dumps(amended)) == amended  # noqa: S301 - our own bytes


def test_a_person_who_left_has_no_say_any_more():
    """Once the decision maker is taken off the contacts, the deal cannot be won without another."""
    deal = Opportunity.open(id="7", contacts=[SARA, LI], at=MONDAY)

    alone = deal.amend(contacts=[LI], at=MONDAY)

    assert (deal.has_decision_maker, alone.has_decision_maker) == (True, False)
    assert alone.involve("Sara", "decision_maker", at=MONDAY).contacts == (LI, SARA)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"stage": "won"},
        {"lead_ids": ["7"]},
        {"contacts": [Person("Sara")]},
        {"name": "two\nlines"},
        {"account_id": 7},
        {"source": "a dream"},
        {"details": {"hall": object()}},
    ],
)
def test_no_more_is_corrected_than_may_be(wrong):
    """What a verb changes is left to it, and what is impossible is refused as on opening."""
    with pytest.raises(InvalidValue):
        OpportunityAmended(at=MONDAY, amended=wrong)
    with pytest.raises(InvalidValue):
        Opportunity.open(id="7", at=MONDAY).amend(**wrong, at=MONDAY)


def test_a_correction_makes_an_event_for_what_has_one_of_its_own():
    """Amount and expected close keep their own events, which say what they were before."""
    deal = Opportunity.open(id="7", amount=PRICE, at=MONDAY)

    amended = deal.amend(
        expected_close=JUNE, name="Two generators", amount=DEARER, by="Sara", at=MONDAY
    )

    assert amended.timeline[1:] == (
        OpportunityAmended(at=MONDAY, by="Sara", amended={"name": "Two generators"}),
        AmountRevised(at=MONDAY, by="Sara", before=PRICE, amount=DEARER, agreed=False),
        CloseDateMoved(at=MONDAY, by="Sara", before=None, expected_close=JUNE),
    )
    assert (amended.name, amended.amount, amended.expected_close) == (
        "Two generators",
        DEARER,
        JUNE,
    )
    assert deal.amend(amount=DEARER, at=MONDAY).timeline[1:] == (
        AmountRevised(at=MONDAY, before=PRICE, amount=DEARER, agreed=False),
    )


def test_a_new_amount_is_to_be_agreed_anew():
    """What both sides agreed on was another amount; another agreement says who agreed."""
    agreed = Opportunity.open(id="7", amount=PRICE, at=MONDAY).agree(by="Sara", at=MONDAY)

    dearer = agreed.amend(amount=DEARER, at=MONDAY)

    assert (agreed.amount_agreed, dearer.amount_agreed) == (True, False)
    assert dearer.agree(PRICE, at=MONDAY).amount == PRICE
    assert agreed.timeline[-1] == AmountRevised(
        at=MONDAY, by="Sara", before=PRICE, amount=PRICE, agreed=True
    )


@pytest.mark.parametrize("values", [{"amount": DEARER}, {"expected_close": JUNE}])
def test_a_closed_deal_keeps_amount_and_expected_close(values):
    """They were settled by closing; together with a name, not even the name is changed."""
    lost = Opportunity.open(id="7", amount=PRICE, at=MONDAY).lose("price", at=MONDAY)

    for asked in (values, {**values, "name": "Two generators"}):
        with pytest.raises(MoveRefused) as refused:
            lost.amend(**asked, at=MONDAY)
        assert str(refused.value) == ("cannot amend: the deal is closed as lost (reopen it first)")
    assert lost.reopen(at=MONDAY).amend(**values, at=MONDAY).stage == "meeting"


def test_a_misspelt_field_is_told_what_was_meant():
    """A field with a letter too many, or one with a verb of its own, is named with the known."""
    deal = Opportunity.open(id="7", at=MONDAY)

    with pytest.raises(InvalidValue) as misspelt:
        deal.amend(ammount=PRICE, at=MONDAY)
    with pytest.raises(InvalidValue) as mixed:
        deal.amend(amount=PRICE, expected_closs=JUNE, at=MONDAY)

    fields = (
        "name, account_id, contacts, source, source_words, details, amount, lines, expected_close"
    )
    assert str(misspelt.value) == (
        f"amend cannot change ammount (did you mean amount?); allowed: {fields}"
    )
    assert str(mixed.value) == (
        f"amend cannot change expected_closs (did you mean expected_close?); allowed: {fields}"
    )
