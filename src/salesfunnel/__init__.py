"""
Leads, qualification, conversion, and the pipeline to the close, as plain values.

A name is loaded when it is first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .accounts import Account
    from .conversion import Conversion, ConversionPlan, plan_conversion
    from .errors import Objection, Refusal, SalesFunnelError
    from .leads import DisqualificationReason, Lead
    from .opportunities import ContactRole, LossReason, Opportunity
    from .pipeline import (
        LEAD_PIPELINE,
        OPPORTUNITY_PIPELINE,
        Destination,
        Guard,
        Move,
        Pipeline,
        Stage,
    )
    from .qualification import BANT, Assessment, Criterion, Policy, Scorecard, Verdict
    from .rules import Rule, all_of, answered, any_of, at_least, field, predicate, yes
    from .values import Company, ContactKind, ContactPoint, Money, Person, Source

__all__ = [
    "Account",
    "Assessment",
    "BANT",
    "Company",
    "ContactKind",
    "ContactPoint",
    "ContactRole",
    "Conversion",
    "ConversionPlan",
    "Criterion",
    "Destination",
    "DisqualificationReason",
    "Guard",
    "LEAD_PIPELINE",
    "Lead",
    "LossReason",
    "Money",
    "Move",
    "OPPORTUNITY_PIPELINE",
    "Objection",
    "Opportunity",
    "Person",
    "Pipeline",
    "Policy",
    "Refusal",
    "Rule",
    "SalesFunnelError",
    "Scorecard",
    "Source",
    "Stage",
    "Verdict",
    "all_of",
    "answered",
    "any_of",
    "at_least",
    "field",
    "plan_conversion",
    "predicate",
    "yes",
]

# In the order of the map: whatever a station needs is loaded before it anyway.
_STATIONS = (
    "errors",
    "values",
    "rules",
    "pipeline",
    "qualification",
    "leads",
    "opportunities",
    "accounts",
    "conversion",
)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    modules = (import_module(f".{station}", __name__) for station in _STATIONS)
    home = next(module for module in modules if hasattr(module, name))
    return globals().setdefault(name, getattr(home, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
