"""Examples of the order of events."""

from __future__ import annotations

import time

from salesfunnel.activities import ActivityLogged
from salesfunnel.history import in_order
from tests.history.examples import MONDAY, TUESDAY, entered


def stages(events):
    """Name the stage that each event enters, and a dot for the others."""
    return [getattr(event, "to_stage", ".") for event in events]


def test_nothing_is_in_order():
    """A history without events is in order."""
    assert in_order([]) == ()


def test_the_clock_decides_first():
    """An event of Monday comes before one of Tuesday, be their stages as they may."""
    monday, tuesday = entered("won", MONDAY, leaving="lost"), entered("meeting", TUESDAY)

    assert in_order([tuesday, monday]) == (monday, tuesday)


def test_changes_of_stage_follow_each_other_from_where_it_stood():
    """At one instant, the step from the stage in which the entity stood comes first."""
    began = entered("meeting", MONDAY)
    back, forth = (
        entered("meeting", TUESDAY, leaving="proposal"),
        entered("proposal", TUESDAY, leaving="meeting"),
    )

    assert in_order([back, forth, began]) == (began, forth, back)


def test_a_circle_is_walked_to_the_end():
    """A detour that returns is fitted in where it leaves from."""
    began = entered("a", MONDAY)
    steps = [entered(b, MONDAY, leaving=a) for a, b in ("bc", "ab", "cb", "bd")]

    assert stages(in_order([*steps, began])) == ["a", "b", "c", "b", "d"]


def test_what_is_no_change_of_stage_keeps_its_place():
    """A note between two changes of stage at one instant stays between them."""
    note = ActivityLogged(at=MONDAY, kind="call")
    first, second = entered("b", MONDAY, leaving="a"), entered("c", MONDAY, leaving="b")

    assert in_order([second, note, first]) == (first, note, second)


def test_a_beginning_comes_before_all_else_of_its_instant():
    """Even a note that was filed earlier comes after the beginning."""
    note = ActivityLogged(at=MONDAY, kind="call")
    began = entered("meeting", MONDAY)

    assert in_order([note, began]) == (began, note)


def test_steps_that_fit_nowhere_keep_the_order_of_the_file():
    """Two steps that cannot follow each other are left as they came."""
    one, other = entered("b", MONDAY, leaving="a"), entered("d", MONDAY, leaving="c")

    assert in_order([other, one]) == (other, one)


def test_steps_from_elsewhere_are_put_in_order_among_themselves():
    """If the steps do not begin where the entity stood, they still follow each other."""
    began = entered("x", MONDAY)
    first, second = entered("b", TUESDAY, leaving="a"), entered("c", TUESDAY, leaving="b")

    assert in_order([began, second, first]) == (began, first, second)


def test_a_circle_out_of_nowhere_begins_as_the_file_does():
    """Where nothing tells where a circle begins, the first line of the file does."""
    first, second = entered("b", MONDAY, leaving="a"), entered("a", MONDAY, leaving="b")

    assert in_order([second, first]) == (second, first)


def test_a_thousand_changes_in_one_instant_take_no_time():
    """An import that stamps everything with one instant is read in a moment."""
    way = [entered(str(n + 1), MONDAY, leaving=str(n)) for n in range(20_000)]

    start = time.process_time()
    ordered = in_order([entered("0", MONDAY), *way[::-1]])

    assert list(ordered[1:]) == way
    assert time.process_time() - start < 5
