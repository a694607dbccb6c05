"""What decides in a scorecard, as data: two of the same data judge alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from ..errors import InvalidDefinition, Text
from ..rules.fingerprint import canonical, rule_decides
from ..rules.notation import rule_to_data
from ..rules.rule import Rule
from ..values.codecs import duration_to_data
from .assessment import Grades
from .criterion import Criterion

_NO_FINGERPRINT = Text(
    "no_fingerprint",
    "criterion {criterion} asks a function or an object, which has no fingerprint",
    "use a rule, or tell versions of this policy apart by its version",
)


def scorecard_decides(
    criteria: Iterable[Criterion], threshold: int, grades: Grades, recycle_after: timedelta
) -> dict[str, Any]:
    """
    Write down what decides in a scorecard, in an order of its own.

    >>> scorecard_decides([], 80, (("A", 80),), timedelta(days=90))["grades"]
    [['A', 80]]
    """
    return {
        "criteria": sorted(map(_what_decides, criteria), key=canonical),
        "threshold": threshold,
        "grades": [list(grade) for grade in grades],
        "recycle_after": duration_to_data(recycle_after),
    }


def _what_decides(criterion: Criterion) -> dict[str, Any]:
    """Write down what decides in a criterion; what is not said there is left out."""
    if not isinstance(criterion.rule, Rule):
        raise InvalidDefinition("policy", (_NO_FINGERPRINT.problem(criterion=criterion.name),))
    rule_to_data(criterion.rule)  # which refuses a function anywhere in it
    told: dict[str, Any] = {"rule": rule_decides(criterion.rule), "weight": criterion.weight}
    told |= {flag: True for flag in ("required", "deferrable") if getattr(criterion, flag)}
    if criterion.half_life is not None:
        told["half_life"] = duration_to_data(criterion.half_life)
    return told
