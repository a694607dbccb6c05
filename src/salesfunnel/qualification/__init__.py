"""Qualification: is there a need, a budget, a time? Criteria, questions, and reasons."""

from __future__ import annotations

from .assessment import Assessment, Finding, Question, Verdict
from .criterion import Criterion
from .events import QuestionAnswered
from .frameworks import BANT
from .policy import Policy
from .scorecard import Scorecard

__all__ = [
    "Assessment",
    "BANT",
    "Criterion",
    "Finding",
    "Policy",
    "Question",
    "QuestionAnswered",
    "Scorecard",
    "Verdict",
]
