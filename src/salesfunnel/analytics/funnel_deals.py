"""Above the stages of leads: those of their deals, in which a converted lead goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..errors import Problem
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from .lead_deals import LeadDeals
from .passage import Entry, Ladder, furthest


class Above:
    """The ladder of the deals, which begins where that of the leads ends."""

    deals: LeadDeals
    at: datetime
    ladder: Ladder | None

    def __init__(self, opportunities: Iterable[Opportunity], at: datetime) -> None:
        """Keep the deals, and the instant as of which they are seen."""
        self.deals, self.at = LeadDeals(opportunities), at
        self.ladder = None

    def steps_above(self, ladder: Ladder) -> tuple[str, ...]:
        """Name all steps: those of the leads, and above them those of their deals."""
        deals = self.deals.deals
        if not deals:
            return ladder.rungs
        self.ladder = Ladder.of(deals[0].pipeline, above=len(ladder.rungs))
        for deal in deals:
            self.ladder.check(deal.pipeline, "opportunities")
        return (*ladder.rungs, *self.ladder.rungs)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of the deals; none where there is no deal."""
        return () if self.ladder is None else tuple(self.ladder.places)

    def going_on(self, lead: Lead | Opportunity, entries: list[Entry]) -> list[Entry]:
        """Let a converted lead go on as the furthest of its deals."""
        if self.ladder is None:
            return entries
        found = [self.ladder.entries(deal, at=self.at) for deal in self.deals.of(lead)]
        begun = [passage for passage in found if passage]
        begun = [passage for passage in begun if not passage[-1].uncounted] or begun
        return [*entries, *furthest(begun)] if begun else entries

    def stay(self, lead: Lead | Opportunity) -> None:
        """Remember the deals of a lead that was not converted: it does not go on as one of them."""
        self.deals.waiting.update(deal.id for deal in self.deals.of(lead))

    def problems(self) -> tuple[Problem, ...]:
        """Say how many deals belong to none of the leads, or to one that was not converted."""
        return self.deals.problems()
