"""Slippage: of the deals that were due in a period, how many were put off, how often, how far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..history.slips import slips
from ..history.timeline import as_of
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.calendar import Period
from ..values.converters import one
from ..values.instants import instant
from .nouns import nouns_of
from .proportion import Proportion

_NOT_BEGUN = Text("due_not_begun", "{field} has not begun by then", "a period before {day}")


@attrs.frozen(kw_only=True)
class Slippage:
    """
    What became of the deals that were open, and due in a period, when it began.

    ``pushed`` are those not closed and now expected after it; ``pushes`` and ``days`` tell how
    often, and by how many days in all, they were put off since the period began.

    >>> print(Slippage(due=4, won=1, lost=1, pushed=1, pushes=2, days=40))
    4 due: 1 won, 1 lost, 1 pushed, 1 still due; 1 of 4 (25%, 95% CI 5–70%) pushed, 2 times \
by 40 days
    """

    due: int
    won: int
    lost: int
    pushed: int
    pushes: int
    days: int

    @property
    def still_due(self) -> int:
        """How many are open, and not put off beyond the period."""
        return self.due - self.won - self.lost - self.pushed

    @property
    def push_rate(self) -> Proportion:
        """Those that were pushed, of those that were due."""
        return Proportion(self.pushed, self.due)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> Slippage(due=0, won=0, lost=0, pushed=0, pushes=0, days=0).as_data()["still_due"]
        0
        """
        return {
            **attrs.asdict(self),
            "still_due": self.still_due,
            "push_rate": self.push_rate.as_data(),
        }

    def __str__(self) -> str:
        """Say what became of them."""
        return (
            f"{self.due:,} due: {self.won:,} won, {self.lost:,} lost, {self.pushed:,} pushed, "
            f"{self.still_due:,} still due; {self.push_rate} pushed, {self.pushes:,} times "
            f"by {self.days:,} days"
        )

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>"


def slippage(opportunities: Iterable[Opportunity], *, due: Period, at: datetime) -> Slippage:
    """
    Tell what became of the deals that were due in a period, by its end or by an instant before it.

    >>> from datetime import UTC, date
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> spring = Period(date(2026, 3, 3), date(2026, 6, 1))
    >>> deal = Opportunity.open(id="7", expected_close=date(2026, 5, 1), at=monday)
    >>> deal = deal.amend(expected_close=date(2026, 6, 5), at=datetime(2026, 4, 1, tzinfo=UTC))
    >>> slippage([deal], due=spring, at=datetime(2026, 5, 1, tzinfo=UTC)).pushed
    1
    """
    period, now = one(Period, due, "due"), instant(at)
    if now < period.begins:
        raise InvalidValue("due", _NOT_BEGUN, {"day": now.date()})
    ends = min(now, period.ends)
    counts = {"due": 0, "won": 0, "lost": 0, "pushed": 0, "pushes": 0, "days": 0}
    for noun in nouns_of(opportunities, "opportunities"):
        deal = one(Opportunity, noun, "opportunities")
        if deal.timeline[0].at >= period.begins:
            continue
        # What happens at the very beginning belongs to the period.
        before = Opportunity.replay(e for e in deal.timeline if e.at < period.begins)
        day = before.expected_close
        if before.closing is not None or day is None or day not in period:
            continue
        counts["due"] += 1
        after = as_of(deal, at=ends)
        kind = after.pipeline.stage(after.stage).kind
        if kind is not StageKind.OPEN:
            counts[kind.value] += 1
        elif after.expected_close is not None and after.expected_close >= period.until:
            counts["pushed"] += 1
        timeline: tuple[Any, ...] = after.timeline
        meanwhile = [s for s in slips(timeline) if s.at >= period.begins]
        counts["pushes"] += len(meanwhile)
        counts["days"] += sum(slip.days for slip in meanwhile)
    return Slippage(**counts)
