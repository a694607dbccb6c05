"""HubSpot: the stages of its default deal pipeline, with their probabilities."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# HubSpot: the default deal pipeline; names are the internal ids of its API.
HUBSPOT = free_pipeline(
    "hubspot",
    (
        Stage("appointmentscheduled", label="Appointment Scheduled", probability="0.20"),
        Stage("qualifiedtobuy", label="Qualified To Buy", probability="0.40"),
        Stage("presentationscheduled", label="Presentation Scheduled", probability="0.60"),
        Stage("decisionmakerboughtin", label="Decision Maker Bought-In", probability="0.80"),
        Stage("contractsent", label="Contract Sent", probability="0.90"),
        Stage("closedwon", label="Closed Won", kind="won", probability=1),
        Stage("closedlost", label="Closed Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""HubSpot: five open stages, from 20 to 90 percent."""
