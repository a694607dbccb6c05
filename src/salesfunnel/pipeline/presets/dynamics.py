"""Dynamics 365 Sales: the stages of a deal as it ships them."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# Dynamics 365 Sales: the option set `salesstage` has codes 0 to 3, and `statecode` says won or
# lost; `closeprobability` is set by hand.
DYNAMICS = free_pipeline(
    "dynamics",
    (
        Stage("Qualify"),
        Stage("Develop"),
        Stage("Propose"),
        Stage("Close"),
        Stage("Won", kind="won", probability=1),
        Stage("Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""Dynamics 365 Sales: four open stages, without probabilities."""
