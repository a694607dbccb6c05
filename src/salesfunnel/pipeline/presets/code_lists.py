"""
The lists of codes that our pipelines have: to be taken as they are, added to, or replaced.

``{**LOSS_REASONS, "stock": "Not in stock"}`` is a list of your own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# What is known of an ending where no reason was told; a file from elsewhere may say as little.
UNKNOWN, OTHER = "unknown", "other"

LOSS_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "price": "Price too high",
        "competition": "Lost to a competitor",
        "budget": "No budget",
        "features": "Features missing",
        "timing": "Not the right time",
        "no_decision": "No decision was made",
        "no_decision_maker": "Decision maker not reached",
        "unresponsive": "No longer answers",
        "poor_fit": "Poor fit",
        "other": "Other",
    }
)
"""Why a deal was lost (after Frappe CRM and Odoo)."""

DISQUALIFICATION_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no_need": "No need",
        "no_budget": "No budget",
        "not_now": "Not now",
        "poor_fit": "Poor fit",
        "unreachable": "Cannot be reached",
        "not_interested": "Not interested",
        "competitor": "Bought from a competitor",
        "duplicate": "Duplicate",
        "junk": "Junk",
        "other": "Other",
    }
)
"""Why a lead was disqualified."""

DECLINE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "poor_fit": "Poor fit",
        "no_need": "No need",
        "no_budget": "No budget",
        "not_now": "Not now",
        "unreachable": "Cannot be reached",
        "wrong_data": "Wrong data",
        "duplicate": "Duplicate",
        "other": "Other",
    }
)
"""Why sales declined a lead that marketing offered (after HubSpot and Oracle)."""

CONTACT_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "decision_maker": "Decision maker",
        "economic_buyer": "Economic buyer",
        "influencer": "Influencer",
        "adviser": "Adviser",
        "evaluator": "Evaluator",
        "user": "User",
        "other": "Other",
    }
)
"""The part that a person plays in a decision to buy (the roles of SuiteCRM and Salesforce)."""

ACTIVITY_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "call": "Call",
        "meeting": "Meeting",
        "visit": "Visit",
        "demo": "Demo",
        "chat": "Chat",
        "email": "E-mail",
        "sms": "SMS",
        "message": "Message",
        "fax": "Fax",
        "letter": "Letter",
        "form": "Form",
        "event": "Event",
        "note": "Note",
    }
)
"""What is done with a lead or a deal (the ways of HubSpot, Dynamics and SuiteCRM together)."""
