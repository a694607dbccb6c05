"""Qualification: is there a need, a budget, a time? Criteria, questions, and reasons."""

from __future__ import annotations

from .assessment import Assessment, Verdict
from .comparison import AssessmentComparison, CriterionChange, compare_assessments
from .criterion import Criterion
from .events import QuestionAnswered
from .evidence import Contradiction, contradictions
from .finding import Finding, Question
from .frameworks import (
    ANUM,
    ASKED_FOR_A_QUOTE,
    BANT,
    BUDGET_APPROVED,
    CHAMP,
    FAINT,
    GPCTBA_CI,
    MEDDIC,
    MEDDPICC,
    NEAT,
)
from .notation import policy_from_json, policy_to_json
from .policy import Policy, policy
from .question_sets import IDEAL_CUSTOMER, LEAD_QUESTIONS, OPPORTUNITY_QUESTIONS
from .reasoning import Reasoning
from .released import released_policy
from .scorecard import Scorecard

__all__ = [
    "ANUM",
    "ASKED_FOR_A_QUOTE",
    "Assessment",
    "AssessmentComparison",
    "BANT",
    "BUDGET_APPROVED",
    "CHAMP",
    "Contradiction",
    "Criterion",
    "CriterionChange",
    "FAINT",
    "Finding",
    "GPCTBA_CI",
    "IDEAL_CUSTOMER",
    "LEAD_QUESTIONS",
    "MEDDIC",
    "MEDDPICC",
    "NEAT",
    "OPPORTUNITY_QUESTIONS",
    "Policy",
    "Question",
    "QuestionAnswered",
    "Reasoning",
    "Scorecard",
    "Verdict",
    "compare_assessments",
    "contradictions",
    "policy",
    "policy_from_json",
    "policy_to_json",
    "released_policy",
]
