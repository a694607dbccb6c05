"""Laws of the timeline: an entity is the fold of its events, at every instant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Lead, Money, Opportunity
from salesfunnel.history import apply, as_of
from tests.history.examples import DAY, MONDAY, leads, without_timeline

# Each touches another field, so that none depends on what the others have done.
INDEPENDENT = st.permutations(
    [
        lambda deal: deal.move("propose", at=MONDAY),
        lambda deal: deal.involve("Sara Ahmadi", "decision_maker", at=MONDAY),
        lambda deal: deal.amend(amount=Money(900, "EUR"), at=MONDAY),
        lambda deal: deal.answer("need", True, at=MONDAY),
    ]
)


@given(leads())
def test_an_entity_is_the_fold_of_its_timeline(lead):
    """Replaying what happened to a lead gives the lead."""
    assert Lead.replay(lead.timeline) == lead


@given(leads(), st.integers(0, 7))
def test_the_future_can_be_told_from_any_past(lead, days):
    """What a lead was at an instant, and all that came after, is what it is."""
    then = MONDAY + days * DAY

    past = as_of(lead, at=then)

    assert all(event.at <= then for event in past.timeline)
    for event in lead.timeline[past.version :]:
        past = apply(past, event)
    assert past == lead


@given(leads())
def test_every_version_of_the_past_was_once_the_present(lead):
    """As of its last event, a lead is itself, and so is each lead that it has been."""
    for event in lead.timeline:
        until = [e for e in lead.timeline if e.at <= event.at]

        assert as_of(lead, at=event.at) == Lead.replay(until)
    assert as_of(lead, at=lead.timeline[-1].at) == lead


@given(leads(), st.randoms(use_true_random=False))
def test_the_events_may_arrive_in_any_order(lead, random):
    """From its shuffled events a lead is rebuilt: stage, reason and links, whatever came first."""
    shuffled = random.sample(lead.timeline, len(lead.timeline))

    assert Lead.replay(shuffled).stage == lead.stage
    assert Lead.replay(shuffled).rejection == lead.rejection


@given(INDEPENDENT, INDEPENDENT)
def test_independent_events_of_one_instant_commute(one_order, other_order):
    """Where no event depends on another, their order in one instant leaves no trace."""
    one = other = Opportunity.open(id="7", at=MONDAY)
    for verb in one_order:
        one = verb(one)
    for verb in other_order:
        other = verb(other)

    assert without_timeline(one) == without_timeline(other)
    assert without_timeline(Opportunity.replay(one.timeline[::-1])) == without_timeline(one)
