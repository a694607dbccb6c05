"""vtiger CRM: the stages of a deal as it ships them."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# vtiger CRM, the default picklist `sales_stage`: packages/vtiger/…/ComboStrings.php, which has no
# probabilities. The labels are those of release 6.
VTIGER = free_pipeline(
    "vtiger",
    (
        Stage("Prospecting"),
        Stage("Qualification"),
        Stage("Needs Analysis"),
        Stage("Value Proposition"),
        Stage("Id. Decision Makers", label="Identify Decision Makers"),
        Stage("Perception Analysis"),
        Stage("Proposal/Price Quote", label="Proposal or Price Quote"),
        Stage("Negotiation/Review", label="Negotiation or Review"),
        Stage("Closed Won", kind="won", probability=1),
        Stage("Closed Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""vtiger CRM: eight open stages, without probabilities."""
