"""
Anomalies: what is strange about a history that another system kept. It is read all the same.

Real files hold intervals that overlap, changes that share a minute, and dates such as 9999-12-31
that stand for no date. None of that stops the reading; each is a finding, with a code and a
sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import attrs

from ..errors import Text
from ..values.instants import instant
from .order import (
    Dated,
    by_instant,
    entered_stage,
    in_order,
    is_chain,
    left_stage,
    renamed,
)

# Days that databases and spreadsheets write for "no date", and years in which no deal was made.
PLACEHOLDERS = frozenset({date(1970, 1, 1), date(2049, 12, 31), date(2050, 1, 1)})
FIRST_YEAR, LAST_YEAR = 1902, 2098

_TEXTS = {
    text.code: text
    for text in (
        Text(
            "tie",
            "several changes of stage share an instant and nothing says which came first; "
            "they are taken in the order in which they came",
        ),
        Text(
            "broken_chain",
            "leaves another stage than the one where it stood; the stage that it enters is taken",
        ),
        Text("before_beginning", "is dated before the beginning"),
        Text(
            "beginning_of_time",
            "has the date of a placeholder; the time since then means nothing",
        ),
        Text("end_of_time", "has the date of a placeholder; it counts as not yet happened"),
        Text("future", "lies in the future; it counts as not yet happened"),
        Text("negative", "an interval ends before it begins; only its beginning counts"),
        Text("overlap", "an interval goes on although another has begun; it counts until there"),
        Text("gap", "an interval ends before another begins; it counts until there"),
        Text("unfollowed", "an interval ends and no other begins; it counts as going on"),
    )
}


@attrs.frozen
class Anomaly:
    """
    One strange thing about a history: its code, and the place of the event or row, from 0.

    >>> print(Anomaly("negative", 3))
    an interval ends before it begins; only its beginning counts
    """

    code: str
    place: int

    @property
    def message(self) -> str:
        """What is strange, and how it was read."""
        return _TEXTS[self.code].template

    def __str__(self) -> str:
        """Say what is strange."""
        return self.message


def anomalies(timeline: Iterable[Dated], *, at: datetime) -> tuple[Anomaly, ...]:
    """
    List what is strange about a history as seen at an instant, by the place of each event in it.

    What the verbs of this library have written is never strange.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import StageEntered
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lines = [
    ...     StageEntered(at=monday, to_stage="meeting"),
    ...     StageEntered(at=datetime(2050, 1, 1, tzinfo=UTC), to_stage="won"),
    ... ]
    >>> [(anomaly.code, anomaly.place) for anomaly in anomalies(lines, at=monday)]
    [('end_of_time', 1)]
    """
    events = tuple(timeline)
    places = {id(event): place for place, event in enumerate(events)}
    found = (*_strange_dates(events, instant(at)), *_strange_ways(events))
    return tuple(
        sorted((Anomaly(code, places[id(event)]) for code, event in found), key=lambda o: o.place)
    )


def strange_date(moment: datetime, now: datetime) -> str:
    """Return the code of what is strange about a date, or nothing."""
    is_placeholder = moment.date() in PLACEHOLDERS or not FIRST_YEAR <= moment.year <= LAST_YEAR
    if moment > now:
        return "end_of_time" if is_placeholder else "future"
    return "beginning_of_time" if is_placeholder else ""


def _strange_dates(events: Sequence[Dated], now: datetime) -> Iterator[tuple[str, Dated]]:
    begun = min((e.at for e in events if entered_stage(e) and not left_stage(e)), default=None)
    for event in events:
        if code := strange_date(event.at, now):
            yield code, event
        if begun is not None and event.at < begun:
            yield "before_beginning", event


def _strange_ways(events: Sequence[Dated]) -> Iterator[tuple[str, Dated]]:
    stage = ""
    for tied in by_instant(in_order(events)):
        entries = [event for event in tied if entered_stage(event)]
        for event in tied:
            stage = renamed(event, stage)
        if not _is_settled(entries, stage):
            yield "tie", entries[0]
        for event in entries:
            if stage and left_stage(event) not in {"", stage}:
                yield "broken_chain", event
            stage = entered_stage(event)


def _is_settled(entries: Sequence[Dated], stage: str) -> bool:
    """Tell whether the order of what happened at one instant is more than an accident."""
    beginnings = {entered_stage(event) for event in entries if not left_stage(event)}
    steps = [event for event in entries if left_stage(event)]
    if len(beginnings) > 1:
        return False
    if not steps:
        return True
    start, end = left_stage(steps[0]), entered_stage(steps[-1])
    is_circle = start == end and len(steps) > 1
    return is_chain(steps, start) and (start in beginnings | {stage} or not is_circle)
