"""EspoCRM: the stages of a deal, with the probabilities that it ships."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# EspoCRM: `stage` and its `probabilityMap` in entityDefs/Opportunity.json.
ESPOCRM = free_pipeline(
    "espocrm",
    (
        Stage("Prospecting", probability="0.10"),
        Stage("Qualification", probability="0.20"),
        Stage("Proposal", probability="0.50"),
        Stage("Negotiation", probability="0.80"),
        Stage("Closed Won", kind="won", probability=1),
        Stage("Closed Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""EspoCRM: four open stages, from 10 to 80 percent."""
