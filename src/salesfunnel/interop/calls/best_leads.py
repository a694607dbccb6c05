"""The best leads of a list, for a call sheet: as many as wanted are kept, the others counted."""

from __future__ import annotations

import heapq

from ...leads.judging import stage_kind
from ...leads.lead import Lead
from ...pipeline.stage import StageKind
from ..rows.sorted_store import Rank

_Kept = tuple[tuple[float, ...], Lead]


class BestLeads:
    """
    Keeps the open leads of the lowest ranks, and those that came first where ranks are equal.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> best = BestLeads(1)
    >>> for id in "78":
    ...     best.add(Lead.capture(id=id, company="Novin Tejarat", at=monday), rank=(0,))
    >>> [lead.id for lead in best.leads()], best.below
    (['7'], 1)
    """

    def __init__(self, most: int | None = None) -> None:
        """Begin with none; without a number all open leads are kept."""
        self._most = most
        self._kept: list[_Kept] = []
        self._number = 0
        self.closed: int = 0
        """How many leads are converted or given up."""
        self.below: int = 0
        """How many open leads were not kept."""

    def add(self, lead: Lead, *, rank: Rank) -> None:
        """Keep a lead if it is among the best."""
        if stage_kind(lead) is not StageKind.OPEN:
            self.closed += 1
            return
        # The worst of those that are kept stands first; its number keeps leads from being compared.
        self._number += 1
        place = (*(-part for part in rank), -self._number)
        if self._most is None or len(self._kept) < self._most:
            heapq.heappush(self._kept, (place, lead))
        else:
            self.below += 1
            if self._most:
                heapq.heappushpop(self._kept, (place, lead))

    def leads(self) -> list[Lead]:
        """Give those that were kept, the best first."""
        return [lead for _, lead in sorted(self._kept, key=lambda kept: kept[0], reverse=True)]
