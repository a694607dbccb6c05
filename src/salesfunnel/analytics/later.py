"""Leads and deals that begin after the instant of a question: left out of it, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..errors import Problem, Text
from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from .nouns import deals_of, has_begun

_LATER = Text("begun_later", "left out, since they begin later: {count:,}")


class Later:
    """Counts those that begin later than an instant."""

    at: datetime
    count: int

    def __init__(self, at: datetime) -> None:
        """Begin with nothing."""
        self.at, self.count = at, 0

    def has(self, noun: Lead | Opportunity) -> bool:
        """Tell whether one begins later, and count it then."""
        is_later = not has_begun(noun, at=self.at)
        self.count += is_later
        return is_later

    def deals_then(self, given: Any) -> Iterator[Opportunity]:  # noqa: ANN401 - checked here
        """Go through deals as they stood at the instant; those that begin later are not there."""
        for deal in deals_of(given):
            if not self.has(deal):
                yield deal if deal.timeline[-1].at <= self.at else as_of(deal, at=self.at)

    def problems(self) -> tuple[Problem, ...]:
        """Say how many begin later."""
        return (_LATER.problem(is_error=False, count=self.count),) if self.count else ()
