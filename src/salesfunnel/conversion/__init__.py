"""Conversion: a qualified lead becomes an account and an opportunity; planned, and undone."""

from __future__ import annotations

from .conversion import Conversion
from .likely import KnownAccounts, LikelyAccount, LikelyContact
from .mapping import (
    STANDARD_MAPPING,
    VTIGER_MAPPING,
    Carried,
    ConversionMapping,
    Dropped,
    latest,
)
from .opening import NEW, Opening
from .plan import ConversionPlan
from .planning import draft_conversion, plan_conversion
from .undoing import ConversionUndone

__all__ = [
    "Carried",
    "Conversion",
    "ConversionMapping",
    "ConversionPlan",
    "ConversionUndone",
    "Dropped",
    "KnownAccounts",
    "LikelyAccount",
    "LikelyContact",
    "NEW",
    "Opening",
    "STANDARD_MAPPING",
    "VTIGER_MAPPING",
    "draft_conversion",
    "latest",
    "plan_conversion",
]
