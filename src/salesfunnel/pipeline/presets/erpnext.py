"""ERPNext: the sales stages of a deal, and how it ends."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# ERPNext: the fixtures of Sales Stage. Probabilities are typed in there. A deal that ended has no
# stage of its own, but a status: it is Converted or Lost, which are stages here.
ERPNEXT = free_pipeline(
    "erpnext",
    (
        Stage("Prospecting"),
        Stage("Qualification"),
        Stage("Needs Analysis"),
        Stage("Value Proposition"),
        Stage("Identifying Decision Makers"),
        Stage("Perception Analysis"),
        Stage("Proposal/Price Quote"),
        Stage("Negotiation/Review"),
        Stage("Converted", kind="won", probability=1),
        Stage("Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""ERPNext: eight open stages, without probabilities."""
