"""Laws of the timeline: an entity is the fold of its events, at every instant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Lead, Money, Opportunity
from salesfunnel.activities import ActivityLogged
from salesfunnel.history import apply, as_of
from salesfunnel.history.timeline import standing_in_the_way
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


def call(at):
    """Make the event of a call."""
    return ActivityLogged(at=at, kind="call")


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
    """From its shuffled events a lead is rebuilt: stage, reason and links, in every order."""
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


def built(noun, make):
    """Count how often a noun is built while something is made."""
    count = 0
    build = noun.__init__

    def counting(self, **fields):
        nonlocal count
        count += 1
        build(self, **fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noun, "__init__", counting)
        made = make()
    return made, count


@given(st.integers(1, 200))
def test_replaying_and_looking_back_fold_into_one_draft(calls):
    """However long the story, the noun is built once, at its end."""
    lead = Lead.capture(company="Novin Tejarat", at=MONDAY)
    events = [*lead.timeline, *(call(MONDAY + n * DAY) for n in range(calls))]

    told, built_once = built(Lead, lambda: Lead.replay(events))
    past, built_again = built(Lead, lambda: as_of(told, at=MONDAY + (calls // 2) * DAY))

    assert told.timeline == tuple(events)
    assert past.timeline == tuple(events[: calls // 2 + 2])
    assert built_once == 1
    assert built_again == 1


def test_a_story_of_one_event_is_built_once():
    """A beginning alone needs no draft."""
    lead = Lead.capture(company="Novin Tejarat", at=MONDAY)

    assert built(Lead, lambda: Lead.replay(lead.timeline)) == (lead, 1)


def test_each_event_is_asked_once_for_what_it_changes():
    """Replaying ten times as many events asks ten times as often, so a long story stays cheap."""
    asked = []

    class Counting(ActivityLogged):
        """A call that counts."""

        __slots__ = ()

        def changes(self, before):
            """Remember to have been asked."""
            asked.append(self.at)
            return super().changes(before)

    class OurLead(Lead):
        """A kind of lead to which such calls happen."""

        __slots__ = ()
        event_types = (*Lead.event_types, Counting)

    events = [Counting(at=MONDAY + n * DAY, kind="call") for n in range(100)]

    OurLead.replay([*Lead.capture(company="Novin", at=MONDAY).timeline, *events])

    assert asked == [event.at for event in events]


@given(leads(), st.integers(0, 7))
def test_what_is_new_is_the_rest_of_the_timeline(lead, version):
    """The events since a version, added to those before it, are the whole story."""
    assert lead.timeline[:version] + lead.events_since(version) == lead.timeline


@given(leads(), st.integers(-99, 99))
def test_every_time_before_the_last_event_is_too_early(lead, minutes):
    """An event is refused exactly where its time lies before the last one."""
    last = lead.timeline[-1].at
    at = last + minutes * timedelta(minutes=1)

    objection = standing_in_the_way(lead, at=at)

    assert (objection is None) == (at >= last)
    assert objection is None or objection.code == "too_early"
