"""Frappe CRM: the statuses of a deal, with the probabilities that it ships."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# Frappe CRM: `add_default_deal_statuses` in crm/install.py.
FRAPPE = free_pipeline(
    "frappe",
    (
        Stage("Qualification", probability="0.10"),
        Stage("Demo/Making", probability="0.25"),
        Stage("Proposal/Quotation", probability="0.50"),
        Stage("Negotiation", probability="0.70"),
        Stage("Ready to Close", probability="0.90"),
        Stage("Won", kind="won", probability=1),
        Stage("Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""Frappe CRM: five open stages, from 10 to 90 percent."""
