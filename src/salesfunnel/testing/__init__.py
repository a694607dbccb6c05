"""
Testing: what people need who test their own code against the library. It needs Hypothesis.

Importing it tells Hypothesis how to make our nouns by their types alone.
"""

from __future__ import annotations

from .pipeline_walks import PipelineWalk, walk_through
from .pipelines import check_pipeline, pipelines
from .policies import check_policy
from .registration import register
from .rules import check_rule, rules
from .strategies import (
    NASTY_ADDRESSES,
    NASTY_NAMES,
    answers,
    buckets,
    companies,
    contact_points,
    days,
    instants,
    moneys,
    names,
    notes,
    people,
)
from .traveller import Traveller
from .walks import accounts, leads, opportunities

__all__ = [
    "NASTY_ADDRESSES",
    "NASTY_NAMES",
    "PipelineWalk",
    "Traveller",
    "accounts",
    "answers",
    "buckets",
    "check_pipeline",
    "check_policy",
    "check_rule",
    "companies",
    "contact_points",
    "days",
    "instants",
    "leads",
    "moneys",
    "names",
    "notes",
    "opportunities",
    "people",
    "pipelines",
    "register",
    "rules",
    "walk_through",
]

register()
