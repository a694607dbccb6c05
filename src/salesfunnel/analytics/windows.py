"""Times within which something happened: one, or several."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ..errors import InvalidValue, Text
from ..values.converters import several

_WINDOW = Text("window_of_nothing", "{field} is not longer than nothing", "timedelta(days=30)")


def windows_of(within: timedelta | Iterable[timedelta]) -> tuple[timedelta, ...]:
    """
    Let in one time or several. Raises `InvalidValue` for one that is not longer than nothing.

    >>> windows_of(timedelta(days=30))
    (datetime.timedelta(days=30),)
    """
    times = (within,) if isinstance(within, timedelta) else within
    windows = several(timedelta, times, "within")
    for window in windows:
        check_length(window)
    return windows


def check_length(window: timedelta) -> None:
    """Refuse a time that is not longer than nothing: in it nothing can happen."""
    if window <= timedelta():
        raise InvalidValue("within", _WINDOW)
