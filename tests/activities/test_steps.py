"""Next steps: planned, moved, dropped and done, and overdue by the day of those who ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import (
    Step,
    StepDropped,
    StepMoved,
    StepPlanned,
    Steps,
    drop_step,
    move_step,
    plan_step,
    withdraw,
)
from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.history import apply
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.rules import field
from salesfunnel.testing import accounts, leads, opportunities

MONDAY, FRIDAY = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
NINTH, TWENTIETH = date(2026, 3, 9), date(2026, 3, 20)
TEHRAN = timezone(timedelta(hours=3, minutes=30))
ZONES = [timezone(timedelta(minutes=minutes)) for minutes in (-660, -210, 0, 210, 345, 840)]
NOUNS = [
    Lead.capture(person="Sara Ahmadi", at=MONDAY),
    Opportunity.open(id="7", at=MONDAY),
    Account.open(id="7", name="Novin", at=MONDAY),
]
each_noun = pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
few = settings(max_examples=max(settings.default.max_examples // 2, 10))
ALL = leads() | opportunities() | accounts()


def later(noun):
    """Give a time after all that has happened."""
    return noun.timeline[-1].at + timedelta(hours=1)


@each_noun
def test_a_step_is_planned_moved_and_done(noun):
    """Each of it is an event, and the log does the step."""
    planned = plan_step(noun, "call", due=NINTH, owner="Ani", note="hm", by="Reza", at=MONDAY)
    step = planned.steps.next
    moved = move_step(planned, step.id, due=TWENTIETH, note="away", at=FRIDAY)
    done = moved.log("call", reached=False, done=step.id, at=FRIDAY)

    assert step == Step(id=step.id, kind="call", due=NINTH, owner="Ani", note="hm")
    assert planned.timeline[-1].by == "Reza"
    assert moved.timeline[-1] == StepMoved(
        at=FRIDAY, id=step.id, before=NINTH, due=TWENTIETH, note="away"
    )
    assert moved.steps.next.due == TWENTIETH
    assert (done.steps.count, done.timeline[-1].done) == (0, step.id)


@each_noun
def test_a_step_is_dropped_with_the_reason(noun):
    """It is open no longer, and the timeline tells that it was planned."""
    planned = plan_step(noun, "call", due=NINTH, id="c", at=MONDAY)

    dropped = drop_step(planned, "c", note="she is away", by="Ani", at=FRIDAY)

    assert dropped.timeline[-1] == StepDropped(at=FRIDAY, id="c", note="she is away", by="Ani")
    assert dropped.timeline[-2] == StepPlanned(at=MONDAY, id="c", kind="call", due=NINTH)
    assert list(dropped.steps) == []


def test_steps_stand_in_the_order_in_which_they_are_due():
    """What has its hour comes before what is due at some time of that day."""
    deal = NOUNS[1]
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    for name, due in [("c", TWENTIETH), ("b", NINTH), ("a", noon), ("d", NINTH)]:
        deal = plan_step(deal, "call", due=due, id=name, at=MONDAY)

    assert [step.id for step in deal.steps] == ["a", "b", "d", "c"]
    assert (deal.steps.next.due, deal.steps.count, len(deal.steps)) == (noon, 4, 4)
    assert deal.steps.find("d").due == NINTH


def test_the_id_of_a_step_follows_from_its_place():
    """Planned again from the same deal it is the same step, and the next one is another."""
    first, again = (plan_step(NOUNS[1], "call", due=NINTH, at=MONDAY) for _ in range(2))

    second = plan_step(first, "call", due=NINTH, at=MONDAY)

    assert first == again
    assert second.steps.count == 2


@each_noun
def test_a_step_is_planned_once(noun):
    """An open step of the same id is moved or dropped, not planned anew."""
    planned = plan_step(noun, "call", due=NINTH, id="c", at=MONDAY)

    with pytest.raises(MoveRefused, match="step c is planned already") as refused:
        plan_step(planned, "visit", due=TWENTIETH, id="c", at=MONDAY)

    assert refused.value.refusal.code == "step_already_open"
    assert plan_step(drop_step(planned, "c", at=MONDAY), "visit", due=NINTH, id="c", at=MONDAY)


@each_noun
def test_only_an_open_step_is_moved_dropped_or_done(noun):
    """What was never planned, or is done already, is refused by one and the same code."""
    done = plan_step(noun, "call", due=NINTH, id="c", at=MONDAY).log("call", done="c", at=MONDAY)

    for one in (noun, done):
        for verb in (
            lambda noun: move_step(noun, "c", due=NINTH, at=FRIDAY),
            lambda noun: drop_step(noun, "c", at=FRIDAY),
            lambda noun: noun.log("call", done="c", at=FRIDAY),
        ):
            with pytest.raises(MoveRefused, match="no step c is open") as refused:
                verb(one)
            assert refused.value.refusal.code == "step_not_open"


def test_an_event_of_a_step_that_is_not_open_changes_nothing():
    """A timeline from elsewhere may tell of steps that it never planned."""
    deal = NOUNS[1]

    deal = apply(deal, StepMoved(at=FRIDAY, id="c", before=NINTH, due=TWENTIETH))
    deal = apply(deal, StepDropped(at=FRIDAY, id="c"))

    assert deal.steps == Steps()


@pytest.mark.parametrize("due", [None, "2026-03-09", datetime(2026, 3, 9), date(1405, 4, 9)])  # noqa: DTZ001 - no zone
def test_a_step_is_due_on_a_day_or_at_a_moment(due):
    """Texts, moments without a zone and Jalali years are told by the name of the field."""
    with pytest.raises(InvalidValue, match=r"^due "):
        plan_step(NOUNS[1], "call", due=due, at=MONDAY)


def test_a_call_on_the_ninth_is_late_on_the_tenth_in_tehran():
    """At 23:30 it is due; at 00:30 it is late, although it is still the ninth in Greenwich."""
    step = plan_step(NOUNS[0], "call", due=NINTH, at=MONDAY).steps.next
    late = datetime(2026, 3, 9, 23, 30, tzinfo=TEHRAN)

    assert not step.is_overdue(at=late)
    assert step.is_overdue(at=late + timedelta(hours=1))
    assert not step.is_overdue(at=(late + timedelta(hours=1)).astimezone(UTC))


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-2, 2))
def test_a_due_day_is_overdue_by_the_askers_day(zone, due, days):
    """In each zone the day ends at its own midnight."""
    step = Step(id="1", kind="call", due=due)

    for hour in (0, 12, 23):
        asked = datetime(due.year, due.month, due.day, hour, tzinfo=zone) + timedelta(days=days)
        assert step.is_overdue(at=asked) == (days > 0)


@given(st.sampled_from(ZONES), st.integers(-90, 90))
def test_a_due_moment_is_the_same_for_all(zone, minutes):
    """What has its hour is overdue as soon as that has passed, wherever one asks."""
    step = Step(id="1", kind="call", due=FRIDAY)

    assert step.is_overdue(at=(FRIDAY + timedelta(minutes=minutes)).astimezone(zone)) == (
        minutes > 0
    )


@few
@given(ALL)
def test_done_is_kept(noun):
    """A step that is done stays on the timeline, and is open again if the call never was."""
    planned = plan_step(noun, "call", due=NINTH, id="new", at=later(noun))
    done = planned.log("call", reached=False, done="new", id="call 7", at=later(planned))

    assert done.timeline[: planned.version] == planned.timeline
    assert done.steps == noun.steps
    assert withdraw(done, "call 7", at=later(done)).steps == planned.steps


@few
@given(leads(stage="contacted"), opportunities(stage="meeting"))
def test_closing_deletes_no_step(lead, deal):
    """Lost with two open calls, and taken up again: both are there."""
    for noun, close in ((lead, lambda one, at: one.disqualify("no_need", at=at)), (deal, lose)):
        planned = plan_step(noun, "call", due=NINTH, id="one more", at=later(noun))

        closed = close(planned, later(planned))
        reopened = closed.reopen(at=later(closed))

        assert closed.steps == reopened.steps == planned.steps


def lose(deal, at):
    """Lose a deal."""
    return deal.lose("price", at=at)


@few
@given(ALL)
def test_the_open_steps_are_what_the_timeline_tells(noun):
    """Planned, and neither dropped nor done by an activity that counts; moved as told last."""
    told = {}
    gone = {event.withdraws for event in noun.timeline if hasattr(event, "withdraws")}
    for event in noun.timeline:
        is_moved = isinstance(event, StepMoved) and event.id in told
        if is_moved or isinstance(event, StepPlanned):
            told[event.id] = event.due
        elif isinstance(event, StepDropped):
            told.pop(event.id, None)
        elif getattr(event, "done", "") and event.key not in gone:
            told.pop(event.done, None)

    assert {step.id: step.due for step in noun.steps} == told


def test_rules_ask_for_the_next_step():
    """What is overdue, and what has no next step, is found by rules that are data."""
    overdue, planned = field("steps.next.due").older_than(days=0), field("steps.count") >= 1
    deal = plan_step(NOUNS[1], "call", due=NINTH, at=MONDAY)

    assert overdue.holds(deal, at=FRIDAY) is False
    assert overdue.holds(deal, at=datetime(2026, 3, 10, tzinfo=UTC)) is True
    assert (planned.holds(deal, at=FRIDAY), planned.holds(NOUNS[1], at=FRIDAY)) == (True, False)
