"""What links a deal to its lead, said where a funnel found no deal of its leads."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..analytics.funnel import Funnel
from ..errors import Text
from ..opportunities.opportunity import Opportunity

UNLINKED = ("ERPNext", "HubSpot", "Odoo", "Pipedrive", "vtiger", "Zoho")
"""The systems whose exports name neither the lead of a deal nor the deal of a lead."""

_NO_COLUMN = Text(
    "deals_without_link",
    "a deal belongs to the lead whose id stands in its column Lead ID, and no deal has one; "
    "exports of {systems} have no such column: add it to the deals, and give the leads that "
    "became deals the status converted",
)
_OTHER_IDS = Text(
    "deals_of_other_leads",
    "a deal belongs to the lead whose id stands in its column Lead ID, and none of these ids "
    "is that of a lead of this list",
)


def with_advice(found: Funnel, deals: Sequence[Opportunity]) -> Funnel:
    """
    Add to a funnel what links deals to leads, if none of the deals was counted.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import funnel
    >>> now = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deals = [Opportunity.open(id="7", at=now)]
    >>> print(with_advice(funnel([], at=now, opportunities=deals), deals).problems[-1])
    a deal belongs to the lead whose id stands in its column Lead ID, and no deal has one; ...
    """
    lost = [p for p in found.problems if p.code == "deals_without_lead"]
    if not lost or lost[0].params["count"] != len({deal.id for deal in deals}):
        return found
    text = _OTHER_IDS if any(deal.lead_ids for deal in deals) else _NO_COLUMN
    advice = text.problem(is_error=False, systems=", ".join(UNLINKED))
    return attrs.evolve(found, problems=(*found.problems, advice))
