"""
Stage history: how long the way takes, and where it is lost.

Any event that enters a stage says so with ``to_stage``; the intervals between them add up to the
age. One that gives new names to ``stages`` breaks none of them, and one that says ``rests`` begins
or ends a rest within the stage, which is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from ..errors import InvalidValue, Text
from ..values.instants import instant
from .order import Dated, entered_stage, in_order, renamed

_NEGATIVE = Text(
    "negative_interval", "{field} lies before the stage was entered", "a later time, or None"
)


_ENTERED = Text("told_entered", "entered {to_stage}")


@attrs.frozen(kw_only=True)
class StageEntered:
    """
    A line in the stage history of another system: when which stage was entered, maybe from where.

    >>> from datetime import UTC, datetime
    >>> line = StageEntered(at=datetime(2026, 3, 2, tzinfo=UTC), to_stage="proposal")
    >>> [interval.stage for interval in stage_history([line])]
    ['proposal']
    """

    sentence: ClassVar[Text] = _ENTERED

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    from_stage: str = ""
    to_stage: str


def _left(at: datetime | None) -> datetime | None:
    return None if at is None else instant(at, what="left")


@attrs.frozen
class StageInterval:
    """
    One interval in one stage, from entering it until leaving it (``None`` while still there).

    ``rests`` are the times in which it rested there, each with its end, or ``None``. Raises
    `InvalidValue` for an interval that ends before it begins.

    >>> from datetime import UTC, datetime
    >>> StageInterval("proposal", datetime(2026, 3, 2, tzinfo=UTC), None).stage
    'proposal'
    """

    stage: str
    entered: datetime = attrs.field(converter=instant)
    left: datetime | None = attrs.field(converter=_left)
    rests: tuple[tuple[datetime, datetime | None], ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse an interval of negative length."""
        if self.left is not None and self.left < self.entered:
            raise InvalidValue("left", _NEGATIVE)

    def length(self, *, at: datetime) -> timedelta:
        """
        Return how long the interval has lasted until an instant; zero if it had not begun by then.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> StageInterval("proposal", monday, None).length(at=friday).days
        4
        """
        now = instant(at)
        return max(min(self.left or now, now) - self.entered, timedelta())

    def rested(self, *, at: datetime) -> timedelta:
        """
        Return how much of it was rest until an instant.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> StageInterval("proposal", monday, None, ((monday, None),)).rested(at=friday).days
        4
        """
        now = instant(at)
        lengths = [min(end or now, now) - begun for begun, end in self.rests if begun < now]
        return sum(lengths, timedelta())

    def worked(self, *, at: datetime) -> timedelta:
        """
        Return how much of it was work until an instant: its length without its rests.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> StageInterval("proposal", monday, None, ((monday, None),)).worked(at=friday).days
        0
        """
        return self.length(at=at) - self.rested(at=at)

    def worked_until(self, length: timedelta) -> datetime:
        """
        Return the moment at which so much of it was work, were there no further rest.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> interval = StageInterval("proposal", monday, None, ((monday, friday),))
        >>> interval.worked_until(timedelta(days=2)).day
        8
        """
        moment = self.entered + length
        for begun, end in self.rests:
            if end is not None and begun <= moment:
                moment += end - begun
        return moment

    def is_resting(self, *, at: datetime) -> bool:
        """
        Tell whether it rests at an instant.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> StageInterval("proposal", monday, None, ((monday, friday),)).is_resting(at=friday)
        False
        """
        now = instant(at)
        return any(begun <= now and (end is None or now < end) for begun, end in self.rests)


def stage_history(timeline: Iterable[Dated]) -> tuple[StageInterval, ...]:
    """
    List every interval in a stage, re-entries included, oldest first.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday).log("call", inbound=True, at=friday)
    >>> [interval.stage for interval in stage_history(lead.timeline)]
    ['new', 'contacted']
    """
    found: list[_Opened] = []
    for event in in_order(timeline):
        stage = entered_stage(event)
        if stage:
            if found:
                found[-1].leave(event.at)
            found.append(_Opened(stage, event.at))
        elif getattr(event, "stages", None):
            for interval in found:
                interval.stage = renamed(event, interval.stage)
        elif found:
            found[-1].rest(getattr(event, "rests", None), event.at)
    return tuple(interval.as_value() for interval in found)


class _Opened:
    """An interval that is being read."""

    def __init__(self, stage: str, entered: datetime) -> None:
        self.stage, self.entered = stage, entered
        self.left: datetime | None = None
        self.begun: datetime | None = None
        self.rests: list[tuple[datetime, datetime | None]] = []

    def rest(self, rests: bool | None, at: datetime) -> None:  # noqa: FBT001 - an event says so
        """Begin a rest, unless there is one; or end it, if there is one."""
        if rests is True and self.begun is None:
            self.begun = at
        elif rests is False and self.begun is not None:
            self.rests.append((self.begun, at))
            self.begun = None

    def leave(self, at: datetime) -> None:
        """Leave the stage, which ends any rest."""
        self.rest(False, at)
        self.left = at

    def as_value(self) -> StageInterval:
        """Return what was read."""
        open_end = [] if self.begun is None else [(self.begun, None)]
        return StageInterval(self.stage, self.entered, self.left, (*self.rests, *open_end))


def time_in_stage(timeline: Iterable[Dated], *, at: datetime) -> dict[str, timedelta]:
    """
    Add up the time spent in each stage until an instant; the sum is the age.

    A stage that was entered several times counts with all its intervals, and one that was passed
    through in no time is listed with zero.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> time_in_stage(lead.timeline, at=friday)
    {'new': datetime.timedelta(days=4)}
    """
    now = instant(at)
    total: dict[str, timedelta] = {}
    for interval in stage_history(timeline):
        if interval.entered <= now:
            total[interval.stage] = total.get(interval.stage, timedelta()) + interval.length(at=now)
    return total


def current_interval(timeline: Iterable[Dated], *, at: datetime) -> StageInterval | None:
    """
    Return the stage in which it stood at an instant, and since when without a break.

    A move back into the same stage is no break. ``None`` before the first stage was entered.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> current_interval(lead.timeline, at=friday).entered == monday
    True
    """
    now = instant(at)
    current: StageInterval | None = None
    for interval in stage_history(timeline):
        if interval.entered > now:
            break
        if current is not None and interval.stage == current.stage:
            rests = (*current.rests, *interval.rests)
            interval = attrs.evolve(current, rests=rests)  # noqa: PLW2901 - the two are one
        current = interval
    return None if current is None else attrs.evolve(current, left=None)
