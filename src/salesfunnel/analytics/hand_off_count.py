"""What became of the leads that marketing offered to sales: accepted, declined, or left waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import attrs

from ..pipeline.codes import label_of
from ..values.frozen_map import FrozenMap
from ..values.lengths import said_length
from .html_rows import html_rows
from .labels import Labels
from .proportion import Proportion

_SOURCES = Labels.of((), group="source")


@attrs.frozen
class HandOffCount:
    """
    How many leads of one source were offered, accepted, declined, recycled, and left waiting.

    ``declined`` counts by reason; ``recycled`` of them are worth another try on a day, and
    ``returned`` of these were offered again. ``median_response`` is that of those answered, which
    is too short; ``half_answered`` is the time by which half are, those still waiting included.
    The line that sums up all sources has no source (``None``); that of the leads of which no one
    told it has a blank one.

    >>> HandOffCount("fair", offered=4, accepted=3, declined=(), recycled=0, late=1).waiting
    1
    """

    source: str | None
    offered: int = attrs.field(kw_only=True)
    accepted: int = attrs.field(kw_only=True)
    declined: tuple[tuple[str, int], ...] = attrs.field(kw_only=True)
    withdrawn: int = attrs.field(default=0, kw_only=True)
    recycled: int = attrs.field(kw_only=True)
    late: int = attrs.field(kw_only=True)
    returned: int = attrs.field(default=0, kw_only=True)
    median_response: timedelta | None = attrs.field(default=None, kw_only=True)
    half_answered: timedelta | None = attrs.field(default=None, kw_only=True)
    labels: FrozenMap[str, str] = attrs.field(
        default=FrozenMap[str, str](), kw_only=True, repr=False
    )
    """What people call the reasons, by their codes."""

    @property
    def acceptance(self) -> Proportion:
        """The accepted among those accepted or declined; who waits is in neither."""
        return Proportion(self.accepted, self.accepted + sum(n for _, n in self.declined))

    @property
    def waiting(self) -> int:
        """How many have had no answer yet."""
        answered = self.accepted + sum(count for _, count in self.declined)
        return self.offered - answered - self.withdrawn

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data; times are seconds.

        >>> count = HandOffCount("fair", offered=1, accepted=0, declined=(), recycled=0, late=0)
        >>> count.as_data()["acceptance"]["share"] is None
        True
        """
        return {
            "source": self.source,
            "offered": self.offered,
            "accepted": self.accepted,
            "declined": dict(self.declined),
            "withdrawn": self.withdrawn,
            "recycled": self.recycled,
            "returned": self.returned,
            "waiting": self.waiting,
            "late": self.late,
            "acceptance": self.acceptance.as_data(),
            "median_response": _seconds(self.median_response),
            "half_answered": _seconds(self.half_answered),
        }

    def __str__(self) -> str:
        """Say the counts in one line."""
        reasons = ", ".join(
            f"{count} {label_of(self.labels, reason)}" for reason, count in self.declined
        )
        heading = "all sources" if self.source is None else _SOURCES.group(self.source or None)
        answered = sum(count for _, count in self.declined)
        response = (
            "no response yet"
            if self.median_response is None
            else f"half of the responses came within {said_length(self.median_response)}"
        )
        if self.half_answered is not None:
            response += f", half of all have one within {said_length(self.half_answered)}"
        return (
            f"{heading}: {self.offered} offered, {self.accepted} accepted, {answered} declined"
            + (f" ({reasons})" if reasons else "")
            + (f", {self.withdrawn} withdrawn" if self.withdrawn else "")
            + f", {self.recycled} recycled"
            + (f" ({self.returned} offered again)" if self.returned else "")
            + f", {self.waiting} waiting, {self.late} late; accepted {self.acceptance}; {response}"
        )

    def _repr_html_(self) -> str:
        plain = {name: found for name, found in self.as_data().items() if name != "declined"}
        plain |= {"acceptance": str(self.acceptance), "half_answered": self.half_answered}
        plain["median_response"] = self.median_response
        reasons = [f"declined: {label_of(self.labels, reason)} {n}" for reason, n in self.declined]
        rows = [(n.replace("_", " "), "" if v is None else v) for n, v in plain.items()]
        return html_rows(("hand-off", ""), rows, notes=reasons)


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()
