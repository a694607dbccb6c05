"""The deals of leads: which deal goes on where a lead ends, by the ids that either names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..errors import Problem, Text
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from .nouns import deals_of
from .uncounted import uncounted_reason

_NO_LEAD = Text("deals_without_lead", "deals that belong to none of these leads: {count:,}")
_WAITING = Text(
    "deals_of_unconverted",
    "deals that are not counted, since their lead is not converted: {count:,}",
)


class LeadDeals:
    """Deals by the lead they belong to; which of them were asked for is remembered."""

    deals: tuple[Opportunity, ...]
    by_id: dict[str, Opportunity]
    used: set[str]
    waiting: set[str]
    by_lead: dict[str, list[Opportunity]]

    def __init__(self, opportunities: Iterable[Opportunity]) -> None:
        """Keep the deals; there are fewer of them than of leads."""
        self.deals = tuple(deals_of(opportunities))
        self.by_id = {deal.id: deal for deal in self.deals}
        self.used, self.waiting = set(), set()
        self.by_lead = {}
        for deal in self.deals:
            for lead in deal.lead_ids:
                self.by_lead.setdefault(lead, []).append(deal)

    def know(self, lead: Lead | Opportunity) -> None:
        """Take a lead for one of those that were asked for, whether it counts or not."""
        self.of(lead)

    def of(self, lead: Lead | Opportunity) -> list[Opportunity]:
        """List the deals of a lead: those that name it, and the one that it names."""
        if not self.deals:
            return []
        found = {deal.id: deal for deal in self.by_lead.get(lead.id, ())}
        named = getattr(lead, "opportunity_id", "")
        if named in self.by_id:
            found.setdefault(named, self.by_id[named])
        self.used.update(found)
        return list(found.values())

    def counted_of(
        self, lead: Lead | Opportunity, *, at: datetime
    ) -> tuple[list[Opportunity], str]:
        """List the deals of a lead that had begun and count, and say why none does."""
        found = [deal for deal in self.of(lead) if deal.timeline[0].at <= at]
        reasons = [uncounted_reason(deal, at=at) for deal in found]
        counted = [deal for deal, reason in zip(found, reasons, strict=True) if not reason]
        return counted, "" if counted or not reasons else reasons[-1]

    def problems(self) -> tuple[Problem, ...]:
        """Say how many belong to none of the leads that were asked for, and how many wait."""
        counts = (
            (_NO_LEAD, len(self.by_id.keys() - self.used)),
            (_WAITING, len(self.waiting)),
        )
        return tuple(text.problem(is_error=False, count=n) for text, n in counts if n)
