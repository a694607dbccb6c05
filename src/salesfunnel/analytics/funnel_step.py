"""One step of the funnel, what it means to reach it, and how often something moved."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from ..values.percent import whole_percent
from .labels import NO_LABELS, Called, Labels
from .proportion import Proportion


class FunnelPath(StrEnum):
    """
    What it means to reach a stage.

    ``reached`` is to have entered it or a later one, ``visited`` to have stood in it, ``strict`` to
    have stood in it and, in order, in all before it, ``standing`` to stand there or further now.

    >>> FunnelPath("reached").name
    'REACHED'
    """

    REACHED = "reached"
    VISITED = "visited"
    STRICT = "strict"
    STANDING = "standing"


@attrs.frozen(kw_only=True)
class FunnelStep:
    """
    One stage: how many entered it, and of them went on, were lost there, or still stand there.

    ``skipped`` of them never stood in it, which is said, and ``returned`` entered it again from a
    later one. Where to reach a stage is to have stood in it, ``bypassed`` of those still there were
    won past the next one. In a window, of ``undated`` of those still there no one told the day on
    which they went on or were lost, and ``perhaps`` so many more entered it in time: then no rate
    is known.

    >>> print(FunnelStep(stage="meeting", entered=4, onward=1, lost=1, first=4))
    meeting: 4 entered, 1 went on, 1 lost, 2 still there; 1 of 2 (50%, 95% CI 9–91%) of the \
decided, 25 to 75% in the end
    """

    stage: str
    entered: int
    onward: int
    lost: int
    first: int
    bypassed: int = 0
    skipped: int = 0
    returned: int = 0
    undated: int = 0
    perhaps: int = 0

    @property
    def still(self) -> int:
        """How many neither went on nor are lost."""
        return self.entered - self.onward - self.lost

    @property
    def undecided(self) -> int:
        """How many are still there, without those that were won past the next stage."""
        return self.still - self.bypassed

    @property
    def is_used(self) -> bool:
        """Whether any stood in it, or may have, and did not only skip it."""
        return self.entered > self.skipped or self.perhaps > 0

    @property
    def rate(self) -> Proportion:
        """Those that went on, of the decided; unknown where some are undated."""
        if self.undated or self.perhaps:
            return Proportion(0, 0)
        return Proportion(self.onward, self.onward + self.lost)

    @property
    def overall(self) -> Proportion | None:
        """Those that entered it, of those that entered the first; ``None`` where more may have."""
        is_known = not self.perhaps and self.entered <= self.first
        return Proportion(self.entered, self.first) if is_known else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share that went on if all undecided fail, and if all succeed."""
        whole = self.entered + self.perhaps
        if not whole:
            return None
        return self.onward / whole, (self.onward + self.still + self.perhaps) / whole

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> FunnelStep(stage="meeting", entered=0, onward=0, lost=0, first=0).as_data()["bounds"]
        """
        return {
            "stage": self.stage,
            "entered": self.entered,
            "onward": self.onward,
            "lost": self.lost,
            "bypassed": self.bypassed,
            "still": self.still,
            "skipped": self.skipped,
            "returned": self.returned,
            "undated": self.undated,
            "perhaps": self.perhaps,
            "rate": self.rate.as_data(),
            "overall": None if self.overall is None else self.overall.as_data(),
            "bounds": None if self.bounds is None else list(self.bounds),
        }

    def __str__(self) -> str:
        """Say the counts, the rate of the decided, and the bounds."""
        ways = [
            f"{count:,} of them {way}"
            for count, way in ((self.skipped, "skipped it"), (self.returned, "came back to it"))
            if count
        ]
        how = f" ({', '.join(ways)})" if ways else ""
        perhaps = f", perhaps {self.perhaps:,} more" if self.perhaps else ""
        of_still = [
            f"{count:,} of them {what}"
            for count, what in (
                (self.bypassed, "won past the next one"),
                (self.undated, "left on no known day"),
            )
            if count
        ]
        but = f" ({', '.join(of_still)})" if of_still else ""
        said = (
            f"{self.stage}: {self.entered:,} entered{how}{perhaps}, {self.onward:,} went on, "
            f"{self.lost:,} lost, {self.still:,} still there{but}"
        )
        if self.bounds is None:
            return said
        said += f"; {self.rate} of the decided"
        low, high = map(whole_percent, self.bounds)
        is_open = self.still or self.perhaps
        return f"{said}, {low} to {high}% in the end" if is_open else said


@attrs.frozen
class StageFlow:
    """
    How often something moved from one stage to another; it began where ``from_stage`` is empty.

    ``None`` is a stage that no one told, as where a list has only the end of a deal.

    >>> print(StageFlow("meeting", "lost", 3))
    meeting → lost: 3
    """

    from_stage: str | None
    to_stage: str | None
    count: int

    def called(self, labels: Labels) -> tuple[Called | str, Called | str]:
        """
        Tell what to call both, also where there is none.

        >>> print(*StageFlow(None, "lost", 3).called(NO_LABELS))
        (not known) lost
        """
        before, after = (
            "(not known)" if name is None else labels.stage(name)
            for name in (self.from_stage, self.to_stage)
        )
        return before if self.from_stage != "" else "(begun)", after

    def __str__(self) -> str:
        """Say from where to where, and how often."""
        return f"{' → '.join(map(str, self.called(NO_LABELS)))}: {self.count:,}"
