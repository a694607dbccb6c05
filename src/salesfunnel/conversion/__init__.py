"""Conversion: a qualified lead becomes an account and an opportunity, after a look at the plan."""

from __future__ import annotations

from .contract import CONTRACT, Carried, Dropped
from .plan import Conversion, ConversionPlan, plan_conversion

__all__ = [
    "CONTRACT",
    "Carried",
    "Conversion",
    "ConversionPlan",
    "Dropped",
    "plan_conversion",
]
