"""Laws of time in stage: nothing is lost between the intervals, and nothing is counted twice."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.history import current_interval, stage_history, time_in_stage
from tests.history.examples import MOMENTS, MONDAY, STAGES, entered, leads, paths

LATER = st.timedeltas(timedelta(), timedelta(days=40))
ANY_LINES = st.lists(
    st.builds(entered, STAGES, MOMENTS, leaving=STAGES | st.just("")), min_size=1, max_size=8
)


@given(paths() | leads().map(lambda lead: lead.timeline) | ANY_LINES, LATER)
def test_the_time_in_all_stages_is_the_age(timeline, later):
    """With re-entries, moves back and ties, from however strange a history, nothing is lost."""
    began = min(event.at for event in timeline if getattr(event, "to_stage", ""))

    spent = time_in_stage(timeline, at=began + later)

    assert sum(spent.values(), timedelta()) == later
    assert min(spent.values()) >= timedelta()


@given(ANY_LINES)
def test_intervals_follow_each_other_without_a_gap(lines):
    """Each interval begins when the one before it ends, and only the last goes on."""
    *past, last = stage_history(lines)

    following = [interval.entered for interval in stage_history(lines)[1:]]
    assert [interval.left for interval in past] == following
    assert last.left is None


@given(paths(), LATER)
def test_no_time_has_passed_before_the_beginning(timeline, earlier):
    """Before the first stage was entered there is no stage, and no time in any."""
    before = MONDAY - earlier - timedelta(microseconds=1)

    assert time_in_stage(timeline, at=before) == {}
    assert current_interval(timeline, at=before) is None


@given(paths(), LATER)
def test_the_current_interval_is_the_last_unbroken_one(timeline, later):
    """It began with the last change into another stage, not with a move back into the same."""
    now = MONDAY + later
    ways = [(e.from_stage, e.to_stage, e.at) for e in timeline if e.at <= now]

    current = current_interval(timeline, at=now)

    changes = [(to, at) for leaving, to, at in ways if leaving != to]
    assert (current.stage, current.entered, current.left) == (*changes[-1], None)
