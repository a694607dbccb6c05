"""Odoo: the stages of a deal as it ships them."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# Odoo 13 and later: crm_stage_data.xml. Probabilities are learnt there, no longer given. A lost
# deal has no stage: it is archived with a probability of 0, which is a stage here.
ODOO = free_pipeline(
    "odoo",
    (
        Stage("New"),
        Stage("Qualified"),
        Stage("Proposition"),
        Stage("Won", kind="won", probability=1),
        Stage("Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""Odoo: three open stages, without probabilities."""
