"""
The law of what no list tells: figures without a day, or a stage, never contradict those with it.

The same leads and deals are counted twice, as they were and with words missing, as in a list that
has a state and no day. What is not known is left out, bounded or unknown, and told.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Lead, Money, Opportunity
from salesfunnel.analytics import SourcePerformance, cohorts, funnel, stage_times, time_to_win
from salesfunnel.leads.converted import LeadConverted
from salesfunnel.leads.moved import LeadMoved
from salesfunnel.leads.qualified import LeadDisqualified
from salesfunnel.opportunities.closed import ClosingCorrected
from salesfunnel.storage import from_data, to_data
from tests.analytics.test_eight_questions import BOARD, a_deal, day

NOW = day(60)
CHANGES = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["a", "b", "won", "price"])), max_size=4
)
BLINDS = st.tuples(st.booleans(), st.booleans(), st.booleans())
"""Whether each closing of one has lost its day, and where it stands in the meantime."""
MANY = st.lists(st.tuples(st.integers(0, 50), CHANGES, BLINDS), min_size=1, max_size=5)


def a_lead(changes, *, captured=0, id="7"):
    """Capture a lead and take it on, as a deal is: a and b are contacted and qualified."""
    lead, names = Lead.capture(id=id, at=day(captured)), {"a": "contacted", "b": "qualified"}
    for wait, change in changes:
        captured += wait
        at = day(captured)
        if lead.stage in ("disqualified", "converted"):
            break
        way = {"at": at, "from_stage": lead.stage}
        if change == "price":
            lead = lead.disqualify("no_need", at=at)
        elif change == "won":
            links = {"account_id": "A", "opportunity_id": ""}
            won = LeadConverted(**way, trigger="convert", to_stage="converted", **links)
            lead = Lead.replay([*lead.timeline, won])
        elif names[change] != lead.stage:
            moved = LeadMoved(**way, trigger="move", to_stage=names[change])
            lead = Lead.replay([*lead.timeline, moved])
    return lead


def without(noun, *, days=(True,), stages=False):
    """Take the days of its closings, and put these where a reader has to: as early as may be."""
    events, number = [], 0
    for event in noun.timeline:
        closing = getattr(event, "closing", None)
        if closing is None and not isinstance(event, (LeadConverted, LeadDisqualified)):
            events.append(event)
            continue
        is_blind = days[number % len(days)] and event.at <= NOW
        number += 1
        at = events[-1].at if is_blind else event.at
        if closing is None:
            told = {"is_day_told": not is_blind, "is_from_told": not stages}
        else:
            day_of, stage = (
                (None if is_blind else closing.closed_on),
                "" if stages else closing.stage,
            )
            told = {"closing": attrs.evolve(closing, closed_on=day_of, stage=stage)}
        events.append(attrs.evolve(event, at=at, **told))
    return type(noun).replay(events)


def a_noun(changes, *, begun=0, number=0, of_leads):
    """Make a lead or a deal."""
    if of_leads:
        return a_lead(changes, captured=begun, id=str(number))
    return a_deal(opened=begun, changes=changes, id=str(number))


def made(histories, *, of_leads):
    """Make leads or deals, and the same with days missing."""
    nouns, blind = [], []
    for number, (begun, changes, days) in enumerate(histories):
        noun = a_noun(changes, begun=begun, number=number, of_leads=of_leads)
        nouns.append(noun)
        blind.append(without(noun, days=days))
    return nouns, blind


of_both = pytest.mark.parametrize("of_leads", [False, True], ids=["deals", "leads"])
ENDS = ("lost", "disqualified", "won", "converted")
STAGES = {False: ("a", "b"), True: ("new", "qualified")}


@of_both
@given(
    MANY,
    st.sampled_from(["reached", "visited", "strict"]),
    st.sampled_from([5, 9, 20]),
    st.sampled_from([(), (0,), (1,), (0, 1)]),
)
def test_a_window_never_says_what_the_days_deny(of_leads, histories, path, length, of_stages):
    """Each count without days is at most that with them, and each share lies in its bounds."""
    window = timedelta(days=length)
    nouns, blind = made(histories, of_leads=of_leads)
    asked = {"at": NOW, "path": path}
    named = {STAGES[of_leads][place]: window for place in of_stages}
    asked["within"] = named or window

    dated, found = funnel(nouns, **asked), funnel(blind, **asked)

    assert found.counted == dated.counted
    for step, truth in zip(found.steps, dated.steps, strict=True):
        assert step.entered <= truth.entered <= step.entered + step.perhaps
        assert step.onward <= truth.onward
        assert step.lost <= truth.lost
        assert step.bypassed <= truth.bypassed
        assert step.undated <= step.still
        if truth.entered:
            low, high = step.bounds
            assert low - 1e-9 <= truth.onward / truth.entered <= high + 1e-9
        if step.rate.whole:
            assert (step.rate, step.bounds) == (truth.rate, truth.bounds)
        if not step.perhaps:
            assert step.overall == truth.overall
    told = [p.params["count"] for p in found.problems if p.code == "window_without_days"]
    assert bool(told) == any(step.undated or step.perhaps for step in found.steps)


def test_who_passed_a_stage_on_no_known_day_entered_it_perhaps():
    """An example: from a straight to won, on no known day, past b and its window of five days."""
    deal = without(a_deal(opened=0, changes=[(3, "won")], id="7"))

    step = funnel([deal], at=NOW, within={"b": timedelta(days=5)}).step("b")

    assert (step.entered, step.perhaps, step.rate.whole) == (0, 1, 0)


@of_both
@given(MANY)
def test_without_a_window_days_change_no_count(of_leads, histories):
    """How far each came is known by its stages alone."""
    nouns, blind = made(histories, of_leads=of_leads)

    assert funnel(blind, at=NOW) == funnel(nouns, at=NOW)


@of_both
@given(MANY, st.sampled_from([5, 9, 20]))
def test_a_cohort_loses_none_of_those_who_got_there(of_leads, histories, length):
    """A share is the same, or bounded, and never one of the others alone."""
    nouns, blind = made(histories, of_leads=of_leads)
    asked = {"at": NOW, "every": "week", "within": timedelta(days=length)}

    dated, found = cohorts(nouns, **asked), cohorts(blind, **asked)

    for row, truth in zip(found.rows, dated.rows, strict=True):
        assert (row.period, row.size) == (truth.period, truth.size)
        for share, bounds, known in zip(row.shares, row.bounds, truth.shares, strict=True):
            assert (share is None and bounds is None) == (known is None)
            if share is not None:
                assert share == known
            elif known is not None:
                assert bounds[0] - 1e-9 <= known.part / known.whole <= bounds[1] + 1e-9


@of_both
@given(st.lists(CHANGES, min_size=1, max_size=6))
def test_a_loss_on_no_known_day_leaves_the_shares_of_the_won(of_leads, histories):
    """Whenever it was lost, it was never won: of those who began together the curve is one."""
    nouns = [
        a_noun(changes[:1], number=n, of_leads=of_leads) for n, changes in enumerate(histories)
    ]
    lost = [noun.stage in ("lost", "disqualified") for noun in nouns]
    blind = [without(n) if is_lost else n for n, is_lost in zip(nouns, lost, strict=True)]

    dated, found = time_to_win(nouns, at=NOW), time_to_win(blind, at=NOW)

    assert (found.won, found.lost, found.open) == (dated.won, dated.lost, dated.open)
    assert found.median == dated.median
    for days in range(10):
        assert found.won_within(days) == pytest.approx(dated.won_within(days))
    assert sum(lost) == sum(p.params["count"] for p in found.problems)


@of_both
@given(MANY)
def test_what_was_won_on_no_known_day_is_no_time(of_leads, histories):
    """It is not counted, and told; where that are many, no share is known."""
    nouns, blind = made(histories, of_leads=of_leads)

    dated, found = time_to_win(nouns, at=NOW), time_to_win(blind, at=NOW)

    assert found.won + found.undated == dated.won
    assert (found.lost, found.open) == (dated.lost, dated.open)
    assert found.is_known is (
        found.undated * 10 <= dated.won and found.won + found.lost + found.open > 0
    )
    assert (found.won_within(9) is None) is not found.is_known


@of_both
@given(MANY)
def test_no_time_in_a_stage_is_made_up(of_leads, histories):
    """Those of whom it is not known how long they stood there are not timed there, and told."""
    nouns, blind = made(histories, of_leads=of_leads)

    dated, found = stage_times(nouns, at=NOW), stage_times(blind, at=NOW)

    for stage, truth in zip(found.stages, dated.stages, strict=True):
        assert stage.ended <= truth.ended
        assert stage.still <= truth.still


@of_both
@given(MANY)
def test_a_stage_that_no_one_told_is_none_that_was_lost_from(of_leads, histories):
    """They are counted where they begin, as many as are told, and timed nowhere."""
    nouns, _ = made(histories, of_leads=of_leads)
    nouns = [noun for noun in nouns if len(noun.timeline) == 2 and noun.stage in ENDS]
    blind = [without(noun, days=(False,), stages=True) for noun in nouns]

    found = funnel(blind, at=NOW)

    lost = sum(step.lost for step in found.steps)
    told = [p.params["count"] for p in found.problems if p.code == "lost_from_untold_stage"]
    assert lost == sum(told) == sum(step.lost for step in funnel(nouns, at=NOW).steps)
    for flow in found.flows:
        assert flow.to_stage not in ENDS or flow.from_stage is None
    assert all(time.ended == 0 for time in stage_times(blind, at=NOW).stages)


@of_both
@given(MANY)
def test_what_no_list_told_is_stored_as_such(of_leads, histories):
    """It comes back from a document without a day, as it went."""
    _, blind = made(histories, of_leads=of_leads)

    again = [from_data(to_data(noun), pipelines=[BOARD]) for noun in blind]

    assert again == blind
    assert cohorts(again, at=NOW) == cohorts(blind, at=NOW)


def test_a_day_that_was_corrected_is_known():
    """A closing without its day gets one, and the deal its time."""
    blind = without(a_deal(changes=[(3, "won")]))
    after = attrs.evolve(blind.closing, closed_on=day(3).date())
    told = ClosingCorrected(at=day(9), before=blind.closing, after=after, why="the contract says")
    deal = Opportunity.replay([*blind.timeline, told])

    assert cohorts([deal], at=day(8), within=timedelta(days=5)).rows[0].shares == (None,)
    assert cohorts([deal], at=NOW, within=timedelta(days=5)).rows[0].bounds == (None,)
    assert time_to_win([deal], at=NOW).median == 3


def test_a_lead_that_came_on_no_known_day_is_in_no_window():
    """The moment of the reading is no day on which it came."""
    lead = Lead.capture(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    lead = Lead.replay([attrs.evolve(lead.timeline[0], is_day_told=False)])

    assert funnel([lead], at=NOW, within=timedelta(days=9)).counted == 0
    assert cohorts([lead], at=NOW).rows == ()
    assert time_to_win([lead], at=NOW).open == 0
    assert stage_times([lead], at=NOW).stage("new").still == 0


@given(MANY)
def test_a_customer_on_no_known_day_is_undecided_within_a_time(histories):
    """So that what a customer costs is not known, and no figure denies what days would say."""
    deals, blind = made(histories, of_leads=False)
    leads = [
        a_lead([(0, "won")], captured=begun, id=str(n)) for n, (begun, *_) in enumerate(histories)
    ]
    asked = {"at": NOW, "within": timedelta(days=9), "fit": "qualified", "met": "b"}
    costs = {None: Money(900, "EUR")}

    (dated,), (found,) = (
        SourcePerformance.of(leads, [of_lead(deal) for deal in each], costs, **asked)
        for each in (deals, blind)
    )

    assert found.customers <= dated.customers <= found.customers + found.undecided
    assert found.met in (None, dated.met)
    if found.cost_per_customer is not None:
        assert found.cost_per_customer == dated.cost_per_customer


def of_lead(deal):
    """Let a deal belong to the lead of its own id."""
    return Opportunity.replay(
        [attrs.evolve(deal.timeline[0], lead_ids=(deal.id,)), *deal.timeline[1:]]
    )
