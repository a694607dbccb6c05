"""Examples of intervals in stages, and of the time spent in each stage."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.history import (
    StageEntered,
    StageInterval,
    current_interval,
    stage_history,
    time_in_stage,
)
from tests.history.examples import (
    DAY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_deal,
    entered,
)

TEHRAN = timezone(timedelta(hours=3, minutes=30))


def test_a_stage_that_was_entered_twice_counts_twice():
    """Back from negotiation in the proposal, its days go on counting."""
    way = [
        entered("proposal", MONDAY),
        entered("negotiation", TUESDAY, leaving="proposal"),
        entered("proposal", THURSDAY, leaving="negotiation"),
    ]

    assert time_in_stage(way, at=FRIDAY) == {"proposal": 2 * DAY, "negotiation": 2 * DAY}


def test_a_stage_passed_through_in_no_time_is_listed():
    """A stage that was left in the same minute has been there, for no time."""
    way = [entered("proposal", MONDAY), entered("won", MONDAY, leaving="proposal")]

    assert time_in_stage(way, at=TUESDAY) == {"proposal": 0 * DAY, "won": DAY}


def test_what_lies_ahead_is_not_counted():
    """A stage entered on Thursday is no stage yet on Wednesday."""
    way = [entered("proposal", MONDAY), entered("won", THURSDAY, leaving="proposal")]

    assert time_in_stage(way, at=WEDNESDAY) == {"proposal": 2 * DAY}


def test_a_deal_counts_from_its_opening():
    """The verbs write what the intervals are read from."""
    deal = a_deal().move("propose", at=WEDNESDAY).lose("price", at=THURSDAY).reopen(at=FRIDAY)

    assert [interval.stage for interval in stage_history(deal.timeline)] == [
        "meeting",
        "proposal",
        "lost",
        "proposal",
    ]


def test_the_instant_at_which_a_stage_is_entered_belongs_to_it():
    """At the very moment of a move, the entity stands in the new stage."""
    way = [entered("proposal", MONDAY), entered("won", TUESDAY, leaving="proposal")]

    assert current_interval(way, at=TUESDAY) == StageInterval("won", TUESDAY, None)


def test_no_stage_is_current_where_none_was_entered():
    """A history without stages has no current interval."""
    assert current_interval([], at=MONDAY) is None


def test_an_interval_does_not_end_before_it_begins():
    """An interval of negative length is refused; `read_intervals` reads one."""
    with pytest.raises(InvalidValue, match="before the stage was entered"):
        StageInterval("proposal", TUESDAY, MONDAY)


def test_an_interval_may_have_no_length():
    """Leaving in the moment of entering is possible."""
    assert StageInterval("proposal", MONDAY, MONDAY).length(at=FRIDAY) == 0 * DAY


@pytest.mark.parametrize(("now", "days"), [(MONDAY, 0), (WEDNESDAY, 1), (FRIDAY, 2)])
def test_an_interval_is_as_long_as_it_has_lasted(now, days):
    """The length counts from the entry to the exit, or to the instant of asking."""
    assert StageInterval("proposal", TUESDAY, THURSDAY).length(at=now) == days * DAY


def test_an_interval_has_a_time_zone():
    """An entry by the clock of Tehran is the same instant as one in UTC."""
    noon = datetime(2026, 3, 2, 12, 30, tzinfo=TEHRAN)

    assert StageInterval("proposal", noon, noon) == StageInterval("proposal", MONDAY, MONDAY)
    with pytest.raises(InvalidValue, match="left has no time zone"):
        StageInterval("proposal", MONDAY, datetime(2026, 3, 3))  # noqa: DTZ001 - that is the point


def test_a_line_of_history_has_a_time_zone():
    """A line without a time zone is refused, since it may mean any of several instants."""
    with pytest.raises(InvalidValue, match="no time zone"):
        StageEntered(at=datetime(2026, 3, 2), to_stage="won")  # noqa: DTZ001 - that is the point
