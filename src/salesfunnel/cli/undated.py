"""The leads of a list that tell no day on which they came, said where a funnel goes by days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from ..analytics.funnel import Funnel
from ..errors import Text
from ..leads.lead import Lead
from ..values.calendar import Every

_UNDATED = Text(
    "leads_without_day",
    "{count:,} of them tell no day on which they came: they are counted on the day of this reading",
)


@attrs.define
class Undated:
    """
    Counts the leads that begin at the moment of their reading, since no cell told another.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 2, tzinfo=UTC)
    >>> undated = Undated(now)
    >>> leads = [Lead.capture(person=name, at=now) for name in ("Sara", "Ani")]
    >>> len(list(undated.among(leads))), undated.count
    (2, 2)
    """

    read_at: datetime
    count: int = 0

    def among(self, leads: Iterable[Lead]) -> Iterator[Lead]:
        """Let leads pass, and count those without a day."""
        for lead in leads:
            self.count += lead.timeline[0].at == self.read_at
            yield lead

    def said_in(self, found: Funnel, *, group: str, has_period: bool) -> Funnel:
        """Say it where a funnel goes by the days on which leads came."""
        if not self.count or not (has_period or group in frozenset(Every)):
            return found
        said = _UNDATED.problem(is_error=False, count=self.count)
        return attrs.evolve(found, problems=(*found.problems, said))
