"""Why a lead is not worth pursuing: the reasons that marketing learns from."""

from __future__ import annotations

from enum import StrEnum


class DisqualificationReason(StrEnum):
    """
    Why a lead was disqualified. ``UNKNOWN`` is for histories from elsewhere.

    >>> DisqualificationReason("no_budget").name
    'NO_BUDGET'
    """

    NO_NEED = "no_need"
    NO_BUDGET = "no_budget"
    NOT_NOW = "not_now"
    POOR_FIT = "poor_fit"
    UNREACHABLE = "unreachable"
    NOT_INTERESTED = "not_interested"
    COMPETITOR = "competitor"
    DUPLICATE = "duplicate"
    JUNK = "junk"
    OTHER = "other"
    UNKNOWN = "unknown"
