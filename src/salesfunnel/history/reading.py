"""Reading the intervals that another system kept, each with entry and exit, as one history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from itertools import zip_longest

import attrs

from ..errors import InvalidValue, Text
from ..values.instants import instant
from .anomalies import Anomaly, strange_date
from .stage_history import StageEntered

_NO_INTERVAL = Text(
    "no_interval",
    "{field} is not an interval",
    "stage, entry and exit, which is None while it is still there",
)
_END = datetime.max.replace(tzinfo=UTC)


@attrs.frozen
class IntervalReading:
    """
    A history as it was read: its timeline, oldest first, and what was strange about the rows.

    >>> IntervalReading((), ()).anomalies
    ()
    """

    timeline: tuple[StageEntered, ...]
    anomalies: tuple[Anomaly, ...]


@attrs.frozen
class _Row:
    place: int
    stage: str
    entered: datetime
    left: datetime  # the end of time while it is still there


def read_intervals(
    rows: Iterable[tuple[str, datetime, datetime | None]], *, at: datetime
) -> IntervalReading:
    """
    Read rows of stage, entry and exit, in any order and however strange they are.

    The entries are believed: an interval lasts until the next one begins, since nothing stands in
    two stages or in none. Where an exit says otherwise, its row is listed as an anomaly.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import time_in_stage
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> no_date = datetime(9999, 12, 31, tzinfo=UTC)
    >>> read = read_intervals([("meeting", monday, no_date), ("won", friday, None)], at=friday)
    >>> [anomaly.code for anomaly in read.anomalies]
    ['end_of_time', 'overlap']
    >>> time_in_stage(read.timeline, at=friday)["meeting"].days
    4
    """
    now = instant(at)
    arrived = [_row(place, row) for place, row in enumerate(rows)]
    # At one instant the rows keep their order, but for intervals of no length, which come first.
    ordered = sorted(arrived, key=lambda row: (row.entered, row.left != row.entered))
    found = {(row.place, code) for row in ordered for code in _strange_dates(row, now)}
    for row, following in zip_longest(ordered, ordered[1:]):
        found |= {(row.place, code) for code in _strange_end(row, following, now)}
    return IntervalReading(
        tuple(StageEntered(at=row.entered, to_stage=row.stage) for row in ordered),
        tuple(Anomaly(code, place) for place, code in sorted(found)),
    )


def _row(place: int, row: tuple[str, datetime, datetime | None]) -> _Row:
    try:
        stage, entered, left = row
    except (TypeError, ValueError):
        raise InvalidValue(f"row {place}", _NO_INTERVAL) from None
    return _Row(place, stage, _moment(entered), _END if left is None else _moment(left))


def _moment(value: datetime) -> datetime:
    # The first and last days of the calendar are placeholders, and may have no counterpart in UTC.
    if getattr(value, "year", None) in {MINYEAR, MAXYEAR}:
        return value.replace(tzinfo=UTC)
    return instant(value)


def _strange_dates(row: _Row, now: datetime) -> Iterator[str]:
    dates = {row.entered, row.left} - {_END}
    return filter(None, (strange_date(moment, now) for moment in dates))


def _strange_end(row: _Row, following: _Row | None, now: datetime) -> Iterator[str]:
    if row.left < row.entered:
        yield "negative"
    elif following is None:
        if row.left <= now:
            yield "unfollowed"
    elif row.left < following.entered:
        yield "gap"
    elif row.left > following.entered:
        yield "overlap"
    if following is not None and _are_tied(row, following):
        yield "tie"


def _are_tied(row: _Row, following: _Row) -> bool:
    """Tell whether two intervals begin at once, and it is not that the first has no length."""
    if row.entered != following.entered:
        return False
    return row.left != row.entered or following.left == following.entered
