"""Pipedrive: the stages of the board that an account begins with."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# Pipedrive: the stages of a new account, as they are most often shown; accounts made years ago
# begin with Lead In instead of Qualified. Won and lost are no stages there but a status, which are
# stages here. A stage has a probability only where an account has set one.
PIPEDRIVE = free_pipeline(
    "pipedrive",
    (
        Stage("Qualified"),
        Stage("Contact Made"),
        Stage("Demo Scheduled"),
        Stage("Proposal Made"),
        Stage("Negotiations Started"),
        Stage("Won", kind="won", probability=1),
        Stage("Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""Pipedrive: five open stages, without probabilities."""
