"""Older forms are lifted step by step; one event stays one event."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.storage.versions import STEPS, VERSION, lifted

# A made table: in version 2 a reason got a code, in version 3 a call got another name.
STEPS_MADE = {
    ("lead.moved", 1): lambda event: {**event, "reason": event.get("why", "")},
    ("call.made", 2): lambda event: {**event, "event": "activity.logged", "kind": "call"},
    ("activity.logged", 3): lambda event: {**event, "reached": None},
}
MOVED = {"event": "lead.moved", "why": "late"}
CALLED = {"event": "call.made"}

events = st.lists(st.sampled_from([MOVED, CALLED, {"event": "other"}, 5, {"event": ["x"]}, {}]))


def test_each_step_is_taken_from_the_version_that_is_stored():
    """A document of the newest version takes none."""
    assert lifted(MOVED, 1, steps=STEPS_MADE, to=4) == {**MOVED, "reason": "late"}
    assert lifted(MOVED, 2, steps=STEPS_MADE, to=4) == MOVED


def test_a_new_name_goes_on_under_the_steps_of_that_name():
    """A rename is a step like any other."""
    assert lifted(CALLED, 1, steps=STEPS_MADE, to=4) == {
        "event": "activity.logged",
        "kind": "call",
        "reached": None,
    }


@given(events, st.integers(1, 4))
def test_upcasting_keeps_the_count(stored, version):
    """The version of a noun is the number of its events, whatever form they had."""
    before = repr(stored)
    found = [lifted(event, version, steps=STEPS_MADE, to=4) for event in stored]

    assert len(found) == len(stored)
    assert repr(stored) == before


def test_there_is_a_step_for_no_version_that_never_was():
    """Until the first release there is one version, and nothing to lift."""
    assert {version for _, version in STEPS} <= set(range(1, VERSION))
