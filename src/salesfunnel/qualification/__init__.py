"""Qualification: is there a need, a budget, a time? Criteria, questions, and reasons."""

from __future__ import annotations

from .assessment import Assessment, Verdict
from .criterion import Criterion
from .events import QuestionAnswered
from .evidence import Contradiction, contradictions
from .finding import Finding, Question
from .frameworks import BANT, IDEAL_CUSTOMER
from .policy import Policy
from .scorecard import Scorecard

__all__ = [
    "Assessment",
    "BANT",
    "Contradiction",
    "Criterion",
    "Finding",
    "IDEAL_CUSTOMER",
    "Policy",
    "Question",
    "QuestionAnswered",
    "Scorecard",
    "Verdict",
    "contradictions",
]
