"""Windows of a funnel: of those who are old enough, what happened within a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from ..errors import InvalidValue, Text, WrongKind
from .passage import Entry
from .windows import check_length

_NO_STEP = Text(
    "window_without_step", "{field} is for {stage}, which is not a step of this funnel", "{steps}"
)

Within = timedelta | Mapping[str, timedelta]
Cuts = Sequence[int]
"""How many entries lie in each window, in the order of the windows; -1 where one is not over."""


def check_window(within: Within | None) -> None:
    """Refuse a window of nothing, and what is none."""
    windows: Iterable[object] = within.values() if isinstance(within, Mapping) else (within,)
    for window in () if within is None else windows:
        if not isinstance(window, timedelta):
            raise WrongKind.of("within", window, wanted="timedelta(days=30), or one by stage")
        check_length(window)


def check_steps(within: Within | None, steps: tuple[str, ...]) -> None:
    """Refuse a window for a stage that the funnel does not have: it would change nothing."""
    for stage in within if isinstance(within, Mapping) else ():
        if stage not in steps:
            raise InvalidValue("within", _NO_STEP, {"stage": stage, "steps": ", ".join(steps)})


def cut_of(entries: list[Entry], place: int, window: timedelta, *, at: datetime) -> int:
    """
    Say how many entries lie within a window that begins with one of them; -1 if it is not over.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> entries = [Entry(monday, 0, "meeting"), Entry(friday, 1, "proposal")]
    >>> [cut_of(entries, 0, timedelta(days=days), at=friday) for days in (3, 4, 5)]
    [1, 2, -1]
    """
    began = entries[place].at
    if window > at - began:
        return -1
    # The last that lies in it, since a deal may have been opened before its lead was converted.
    cut = len(entries)
    while entries[cut - 1].is_undated or entries[cut - 1].at - began > window:
        cut -= 1
    # What follows it on no known day may lie in it.
    while cut < len(entries) and entries[cut].is_undated:
        cut += 1
    return cut


def certain_of(entries: list[Entry], cut: int) -> int:
    """
    Say how many of the entries in a window lie in it for certain: those up to an undated one.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> certain_of([Entry(monday, 0, "meeting"), Entry(monday, 1, "won", is_undated=True)], 2)
    1
    """
    return next((n for n, entry in enumerate(entries[:cut]) if entry.is_undated), cut)
