"""Conversion: a qualified lead becomes an account and an opportunity; planned, and undone."""

from __future__ import annotations

from .contract import CONTRACT, Carried, Dropped
from .conversion import Conversion
from .plan import ConversionPlan, plan_conversion
from .undoing import ConversionUndone

__all__ = [
    "CONTRACT",
    "Carried",
    "Conversion",
    "ConversionPlan",
    "ConversionUndone",
    "Dropped",
    "plan_conversion",
]
