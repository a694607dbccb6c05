"""The time in one stage: how many have left it, how many are still there, and how long it takes."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import Any

import attrs

from ..values.lengths import said_length
from .proportion import Proportion


@attrs.frozen(kw_only=True)
class StageTime:
    """
    How long they stand in one stage: how many have left it, and how many are still there.

    ``half_left`` is the time by which half have left, those still there included; ``None`` where
    fewer than half have. ``median_ended`` is that of those who have left, which is too short; of
    an even number it lies halfway between the two in the middle, and ``half_left`` is the earlier.
    ``within`` holds the share that left within a time, of those who came at least so long ago.

    >>> hour = timedelta(hours=1)
    >>> print(StageTime(stage="new", ended=1, still=2, median_ended=hour))
    new: 1 has left (half of them within 1 h), 2 are still there
    """

    stage: str
    pipeline: str = ""
    ended: int
    still: int
    median_ended: timedelta | None = None
    half_left: timedelta | None = None
    within: tuple[tuple[timedelta, Proportion], ...] = ()
    rested: timedelta = timedelta()

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; times are seconds.

        >>> StageTime(stage="new", ended=0, still=2).as_data()["still"]
        2
        """
        return {
            "pipeline": self.pipeline,
            "stage": self.stage,
            "ended": self.ended,
            "still": self.still,
            "median_ended": _seconds(self.median_ended),
            "half_left": _seconds(self.half_left),
            "within": [
                {"seconds": limit.total_seconds(), **share.as_data()}
                for limit, share in self.within
            ],
            "rested": self.rested.total_seconds(),
        }

    def __str__(self) -> str:
        """Say how many have left and how many are still there, and the shares."""
        said = f"{self.stage}: {self.ended:,} {'has' if self.ended == 1 else 'have'} left"
        if self.median_ended is not None:
            said += f" (half of them within {said_length(self.median_ended)})"
        said += f", {self.still:,} {'is' if self.still == 1 else 'are'} still there"
        if self.half_left is not None:
            said += f"; half of all leave within {said_length(self.half_left)}"
        said += "".join(f"; within {said_length(limit)} {share}" for limit, share in self.within)
        return said + (f"; rested {said_length(self.rested)}" if self.rested else "")

    def _repr_html_(self) -> str:
        return f'<p dir="auto">{escape(str(self))}</p>'


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()
