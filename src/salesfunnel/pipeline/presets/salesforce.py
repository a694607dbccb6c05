"""Salesforce: the stages of a deal, with the probabilities that it ships."""

from __future__ import annotations

from ..stage import Stage
from .code_lists import LOSS_REASONS
from .free import free_pipeline

# Salesforce: the stages are those of its documentation. Of the probabilities its own metadata
# sample confirms Prospecting and Qualification at 10; the others are those most often quoted, and
# some lists have 20 for Qualification and 30 for Needs Analysis.
SALESFORCE = free_pipeline(
    "salesforce",
    (
        Stage("Prospecting", probability="0.10"),
        Stage("Qualification", probability="0.10"),
        Stage("Needs Analysis", probability="0.20"),
        Stage("Value Proposition", probability="0.50"),
        Stage("Id. Decision Makers", probability="0.60"),
        Stage("Perception Analysis", probability="0.70"),
        Stage("Proposal/Price Quote", probability="0.75"),
        Stage("Negotiation/Review", probability="0.90"),
        Stage("Closed Won", kind="won", probability=1),
        Stage("Closed Lost", kind="lost", probability=0, reasons=LOSS_REASONS),
    ),
)
"""Salesforce: eight open stages, from 10 to 90 percent."""
