"""Laws of reading strange histories: every row is kept, and the time still adds up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.history import current_interval, read_intervals, stage_history, time_in_stage
from tests.history.examples import DAY, FRIDAY, MOMENTS, MONDAY, NEVER, STAGES, paths

PLACEHOLDERS = st.sampled_from([NEVER, datetime(2050, 1, 1, tzinfo=UTC)])
ANY_MOMENT = MOMENTS | PLACEHOLDERS | st.datetimes(timezones=st.just(UTC))
ROWS = st.lists(st.tuples(STAGES, ANY_MOMENT, st.none() | ANY_MOMENT), max_size=8)


@given(ROWS, ANY_MOMENT)
def test_every_row_is_read(rows, now):
    """However strange the rows, each has its line in the timeline, and no anomaly lacks one."""
    read = read_intervals(rows, at=now)

    lines = sorted((line.to_stage, line.at) for line in read.timeline)
    assert lines == sorted((stage, entered) for stage, entered, _ in rows)
    assert all(0 <= anomaly.place < len(rows) for anomaly in read.anomalies)
    assert len(set(read.anomalies)) == len(read.anomalies)


@given(ROWS, ANY_MOMENT)
def test_the_time_adds_up_however_strange_the_rows(rows, now):
    """From the first entry until now, each moment counts once."""
    read = read_intervals(rows, at=now)
    began = min((entered for _, entered, _ in rows), default=now)

    spent = time_in_stage(read.timeline, at=now)

    assert sum(spent.values(), timedelta()) == max(now - began, timedelta())


@given(ROWS, st.randoms(use_true_random=False))
def test_rows_may_come_in_any_order(rows, random):
    """Only a tie lets the order of the rows decide."""
    shuffled = random.sample(rows, len(rows))
    one, other = read_intervals(rows, at=FRIDAY), read_intervals(shuffled, at=FRIDAY)

    same = current_interval(one.timeline, at=FRIDAY) == current_interval(other.timeline, at=FRIDAY)

    assert same or "tie" in {anomaly.code for anomaly in one.anomalies}


@given(paths())
def test_the_intervals_of_a_timeline_are_read_back(path):
    """Intervals that the library lists are read as the same, and nothing is odd about them."""
    listed = stage_history(path)

    read = read_intervals([(s.stage, s.entered, s.left) for s in listed], at=MONDAY + 100 * DAY)

    assert time_in_stage(read.timeline, at=FRIDAY) == time_in_stage(path, at=FRIDAY)
    assert {anomaly.code for anomaly in read.anomalies} <= {"tie"}
