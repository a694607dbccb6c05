"""Every field of every event is checked, and the error names that very field."""

from __future__ import annotations

import contextlib
import functools
import typing
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from salesfunnel.accounts import Account, AccountEvent, place
from salesfunnel.conversion import plan_conversion
from salesfunnel.duplicates import plan_merge
from salesfunnel.errors import InvalidValue
from salesfunnel.history import record
from salesfunnel.leads import Lead, LeadEvent, handoff
from salesfunnel.opportunities import OpportunityEvent, closing
from salesfunnel.pipeline import MoveTaken, PipelineChanged
from salesfunnel.qualification import BANT
from salesfunnel.values import Money
from tests.funnel.verbs import STRATEGIES

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVENTS = tuple(
    dict.fromkeys(
        kind
        for union in (LeadEvent, OpportunityEvent, AccountEvent)
        for kind in typing.get_args(union)
    )
)
FIELDS = [(kind, field.name) for kind in EVENTS for field in attrs.fields(kind) if field.init]
# Where a field is called otherwise by the verb that fills it, the error speaks as the verb does.
NAMED = {"amended": "amend", "slot": "question"}
# What no field can hold, and what some can: text, bytes, a number, a list.
NOTHING_FITS = object()
HARDLY_FITS = ("\x00", b"bytes", 3, [NOTHING_FITS], {"no such field": NOTHING_FITS})
SEARCH = settings(
    max_examples=800,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def name_of(part):
    """Name a class or a field."""
    return getattr(part, "__name__", part)


@functools.cache
def one_of_each():
    """Walk the verbs until each event has happened, and draw the few that are missing."""
    lead = Lead.capture(company="Novin", at=MONDAY).log("call", at=MONDAY)
    lead = lead.amend(source="web", at=MONDAY).move("contact", at=MONDAY)
    lead = lead.disqualify("junk", at=MONDAY).reopen(at=MONDAY)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    lead = handoff.withdraw(handoff.offer(lead, BANT, at=MONDAY), at=MONDAY)
    lead = handoff.decline(handoff.offer(lead, BANT, at=MONDAY), "no_budget", at=MONDAY)
    lead = handoff.accept(handoff.offer(lead, BANT, at=MONDAY), at=MONDAY)
    holding = Account.open(id="8", name="Holding", at=MONDAY)
    account = Account.open(id="7", name="Novin", at=MONDAY)
    account = place(account, under=holding, among=[holding], at=MONDAY)
    done = plan_conversion(lead.qualify(BANT, at=MONDAY), account=account).apply(at=MONDAY)
    deal = done.opportunity.involve("Sara", "decision_maker", at=MONDAY).estimate("0.9", at=MONDAY)
    deal = deal.amend(name="N", amount=Money(9, "EUR"), expected_close=MONDAY.date(), at=MONDAY)
    deal = deal.move("propose", at=MONDAY).agree(at=MONDAY).win(at=MONDAY).reopen(at=MONDAY)
    deal = closing.resume(closing.hold(deal, at=MONDAY), at=MONDAY).lose("price", at=MONDAY)
    deal = closing.correct(deal, reason="timing", why="a slip", at=MONDAY)
    lead, account, _ = done.undo(at=MONDAY)
    away = plan_merge(holding, Account.open(id="9", name="Novin", at=MONDAY)).apply(at=MONDAY).other
    walked = lead, away, account.amend(name="N", at=MONDAY), deal
    found = {
        type(event): event
        for noun in walked
        for event in (noun if noun is away else record(noun, "x", {}, at=MONDAY)).timeline
    }
    found[PipelineChanged] = PipelineChanged(
        at=MONDAY, pipeline=lead.pipeline, stages={}, from_stage="new"
    )
    found[MoveTaken] = MoveTaken(at=MONDAY, trigger="remind", from_stage="new")

    def all_have_happened(noun):
        for event in noun.timeline:
            found.setdefault(type(event), event)
        return found.keys() >= set(EVENTS)

    with contextlib.suppress(NoSuchExample):
        find(st.one_of(*STRATEGIES.values()), all_have_happened, settings=SEARCH)
    return found


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=name_of)
def test_a_field_of_the_wrong_kind_is_named(kind, field):
    """A stored event that was changed by hand is refused by the name of the field that is wrong."""
    event = one_of_each()[kind]

    with pytest.raises(InvalidValue) as refused:
        attrs.evolve(event, **{field: NOTHING_FITS})

    assert refused.value.field.partition(".")[0] == NAMED.get(field, field)
    assert str(refused.value).startswith(refused.value.field)


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=name_of)
def test_what_hardly_fits_is_taken_whole_or_named(kind, field):
    """Texts that cannot be shown, bytes, numbers and lists fit, or are refused by the field."""
    event = one_of_each()[kind]

    for value in HARDLY_FITS:
        try:
            taken = attrs.evolve(event, **{field: value})
        except InvalidValue as refused:
            named = refused.field.partition(".")[0]
            assert named == NAMED.get(field, field)
        else:
            assert getattr(taken, field) == value


def test_the_trigger_of_a_move_is_a_text():
    """A number for a trigger is refused as the trigger, not as a name."""
    with pytest.raises(InvalidValue, match=r"^trigger "):
        MoveTaken(at=MONDAY, trigger=3, from_stage="new")
