"""Laws of rest: it is told apart from work, and it leads back to where the deal stood."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, MoveRefused
from salesfunnel.history import current_interval, stage_history, time_in_stage
from salesfunnel.leads import Lead
from salesfunnel.leads.nurturing import resume
from salesfunnel.opportunities import Opportunity, Rest, closing
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE, Move, Pipeline, Stage, overdue

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
QUICK = attrs.evolve(
    OPPORTUNITY_PIPELINE,
    name="quick",
    stages=tuple(
        attrs.evolve(stage, limit=10 * DAY) if stage.is_open else stage
        for stage in OPPORTUNITY_PIPELINE.stages
    ),
    moves=(*OPPORTUNITY_PIPELINE.moves, Move("again", "meeting", "meeting")),
)
LENGTHS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4)


def a_deal(pipeline=QUICK):
    """Open a deal on Monday that may stay ten days in each stage."""
    return Opportunity.open(id="7", pipeline=pipeline, at=MONDAY)


@given(lengths=LENGTHS, last=st.integers(0, 30))
def test_held_time_is_not_overdue(lengths, last):
    """Law 39: only work counts against the limit, and what rests is never overdue."""
    deal, now, worked = a_deal(), MONDAY, 0
    for work, rest in lengths:
        deal = closing.hold(deal, at=now + work * DAY)
        now += (work + rest) * DAY
        assert overdue(deal, at=now) is None
        deal = closing.resume(deal, at=now)
        worked += work
    now += last * DAY

    found = overdue(deal, at=now)

    excess = (worked + last - 10) * DAY
    assert (found and found.excess) == (excess if excess > timedelta() else None)
    interval = current_interval(deal.timeline, at=now)
    assert (interval.worked(at=now), interval.rested(at=now)) == (
        (worked + last) * DAY,
        sum(rest for _, rest in lengths) * DAY,
    )
    assert interval.length(at=now) == sum(time_in_stage(deal.timeline, at=now).values(), DAY * 0)


def test_it_is_overdue_since_the_work_was_too_long():
    """Ten days of work are over two days later, where two of the days were rest."""
    deal = closing.resume(closing.hold(a_deal(), at=MONDAY + DAY), at=MONDAY + 3 * DAY)

    found = overdue(deal, at=MONDAY + 13 * DAY)

    assert (found.since, found.excess) == (MONDAY + 12 * DAY, DAY)
    late = closing.hold(deal, at=MONDAY + 14 * DAY)
    assert overdue(late, at=MONDAY + 15 * DAY) is None
    assert overdue(late, at=MONDAY + 13 * DAY) == found


@given(days=st.integers(0, 90), until=st.none() | st.just(date(2026, 6, 1)))
def test_resume_returns_to_where_it_rested(days, until):
    """Law 40: stage, chance, amount and all else of a deal are as before."""
    deal = a_deal().move("propose", at=MONDAY).estimate("0.9", at=MONDAY)

    resting = closing.hold(deal, until=until, note="budget", by="Ani", at=MONDAY)
    resumed = closing.resume(resting, note="they called", at=MONDAY + days * DAY)

    assert (resting.held_until, resting.rest.note) == (until, "budget")
    assert resumed.rest == Rest(rested=days * DAY)
    assert attrs.evolve(resumed, rest=Rest(), timeline=deal.timeline) == deal


@pytest.mark.parametrize("stage", ["new", "contacted", "qualified"])
def test_a_lead_is_resumed_where_it_was_nurtured(stage):
    """Law 40, story 8: also after it was nurtured twice, or given up and taken up again."""
    lead = Lead.capture(company="Novin", stage=stage, at=MONDAY)
    warm = lead.nurture(until=MONDAY + DAY, at=MONDAY)
    again = warm.disqualify("no_need", at=MONDAY).reopen(at=MONDAY)

    assert (warm.nurtured_from, again.nurtured_from) == (stage, stage)
    for one in (warm, again):
        back = resume(one, note="they called", at=MONDAY)
        assert (back.stage, back.last_open_stage, back.nurtured_from) == (stage, stage, "")
        assert (back.nurture_until, back.rejection) == (None, None)


def test_only_a_nurtured_lead_is_resumed():
    """Another move ends it, as does giving the lead up; too early is said first."""
    lead = Lead.capture(company="Novin", at=MONDAY)
    warm = lead.nurture(at=MONDAY)

    for other in (lead, warm.log("visit", at=MONDAY), warm.disqualify("no_need", at=MONDAY)):
        with pytest.raises(MoveRefused, match=r"^cannot resume: the lead is not being nurtured"):
            resume(other, at=MONDAY)
    with pytest.raises(MoveRefused, match=r"^cannot resume: the time lies before"):
        resume(warm, at=MONDAY - DAY)


def test_a_lead_is_resumed_through_the_gate_of_its_stage():
    """What its stage asks for must still be met."""
    ours = Pipeline(
        "ours",
        stages=[
            Stage("new", requires="owner"),
            Stage("nurturing"),
            Stage("converted", kind="won"),
        ],
        moves=[Move("nurture", "new", "nurturing"), Move("convert", "nurturing", "converted")],
    )
    lead = Lead.capture(company="Novin", pipeline=ours, owner="Ani", at=MONDAY)
    warm = lead.nurture(at=MONDAY).assign("", at=MONDAY)

    with pytest.raises(MoveRefused, match=r"^cannot resume: owner is not known"):
        resume(warm, at=MONDAY)


def test_any_move_ends_a_rest():
    """Whoever moves a deal works on it; in the same stage, its rest is remembered."""
    resting = closing.hold(a_deal(), at=MONDAY)

    same = resting.move("again", at=MONDAY + DAY)

    assert resting.move("propose", at=MONDAY + DAY).rest == Rest()
    assert resting.lose("price", at=MONDAY + DAY).rest == Rest()
    assert same.rest == Rest(rested=DAY)
    assert current_interval(same.timeline, at=MONDAY + 3 * DAY).rested(at=MONDAY + 3 * DAY) == DAY


def test_a_rest_goes_on_until_another_day():
    """Holding what rests already moves the end of its rest, not the beginning."""
    resting = closing.hold(a_deal(), until=date(2026, 4, 1), at=MONDAY)

    longer = closing.hold(resting, until=MONDAY + 90 * DAY, at=MONDAY + DAY)

    assert (longer.rest.since, longer.held_until) == (MONDAY, MONDAY + 90 * DAY)
    [interval] = stage_history(longer.timeline)
    assert interval.rests == ((MONDAY, None),)


def test_only_what_is_open_rests_and_only_what_rests_is_resumed():
    """Each refusal says what stands in the way; a rest that is over at once is invalid."""
    lost = a_deal().lose("price", at=MONDAY)

    with pytest.raises(MoveRefused, match=r"^cannot hold: the deal is closed as lost"):
        closing.hold(lost, at=MONDAY)
    with pytest.raises(MoveRefused, match=r"the deal does not rest \(hold it first\)$"):
        closing.resume(lost, at=MONDAY)
    with pytest.raises(MoveRefused, match=r"^cannot resume: the time lies before"):
        closing.resume(lost, at=MONDAY - DAY)
    resting = closing.hold(a_deal(), at=MONDAY)
    with pytest.raises(MoveRefused, match=r"^cannot hold: the time lies before"):
        closing.hold(resting, at=MONDAY - DAY)
    with pytest.raises(MoveRefused, match=r"^cannot resume: the time lies before"):
        closing.resume(resting, at=MONDAY - DAY)
    for past in (MONDAY, date(2026, 3, 1)):
        with pytest.raises(
            InvalidValue, match=r"until does not lie ahead; allowed: a later day, or None$"
        ):
            closing.hold(a_deal(), until=past, at=MONDAY)
    with pytest.raises(InvalidValue, match=r"^until is not a day"):
        closing.hold(a_deal(), until="June", at=MONDAY)
    with pytest.raises(InvalidValue, match=r"^until has no time zone"):
        closing.hold(a_deal(), until=MONDAY.replace(tzinfo=None), at=MONDAY)


def test_what_was_not_begun_cannot_be_ended():
    """A stray end of a rest, as in a history from elsewhere, changes no interval."""
    deal = closing.resume(closing.hold(a_deal(), at=MONDAY), at=MONDAY + DAY)

    strange = (*deal.timeline, deal.timeline[-1])

    assert stage_history(strange) == stage_history(deal.timeline)
    assert Rest().ended(at=MONDAY) == Rest()


def test_a_rest_before_any_stage_is_no_interval():
    """What is told before a history begins belongs to no stage."""
    deal = closing.hold(a_deal(), at=MONDAY)

    assert stage_history(deal.timeline[1:]) == ()


def test_what_was_changed_by_hand_is_not_held():
    """A deal whose stage does not follow from its timeline says so, and not that it is closed."""
    changed = attrs.evolve(a_deal(), stage="proposal")

    with pytest.raises(MoveRefused) as refused:
        closing.hold(changed, at=MONDAY)
    assert refused.value.refusal.code == "changed_by_hand"
