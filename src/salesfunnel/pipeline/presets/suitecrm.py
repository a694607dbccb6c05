"""SuiteCRM and SugarCRM: the stages of a deal, with the probabilities that they ship."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# SuiteCRM and SugarCRM: `sales_stage_dom` and `sales_probability_dom` in en_us.lang.php.
SUITECRM = free_pipeline(
    "suitecrm",
    (
        Stage("Prospecting", probability="0.10"),
        Stage("Qualification", probability="0.20"),
        Stage("Needs Analysis", probability="0.25"),
        Stage("Value Proposition", probability="0.30"),
        Stage("Id. Decision Makers", probability="0.40"),
        Stage("Perception Analysis", probability="0.50"),
        Stage("Proposal/Price Quote", probability="0.65"),
        Stage("Negotiation/Review", probability="0.80"),
        Stage("Closed Won", kind="won", probability=1),
        Stage("Closed Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""SuiteCRM and SugarCRM: eight open stages, from 10 to 80 percent."""
