"""Stages, moves and guards: a pipeline is a value that decides, explains and draws itself."""

from __future__ import annotations

from .checks import Problem
from .crm_presets import (
    DYNAMICS,
    HUBSPOT,
    ODOO,
    SALESFORCE,
    SUITECRM,
    VTIGER,
    free_pipeline,
)
from .deadlines import Overdue, overdue
from .diagram import mermaid, mermaid_of, outline
from .events import MoveTaken, StageChanged, StageKept
from .guard import Guard, requires
from .move import LAST_OPEN, STAYS, Move
from .notation import pipeline_from_json, pipeline_to_json
from .notebook import html_table
from .permit import Permit, granted
from .pipeline import Pipeline
from .presets import FIVE_STAGES, LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from .stage import Stage, StageKind

__all__ = [
    "DYNAMICS",
    "FIVE_STAGES",
    "Guard",
    "HUBSPOT",
    "LAST_OPEN",
    "LEAD_PIPELINE",
    "Move",
    "MoveTaken",
    "ODOO",
    "OPPORTUNITY_PIPELINE",
    "Overdue",
    "Permit",
    "Pipeline",
    "Problem",
    "SALESFORCE",
    "STAYS",
    "SUITECRM",
    "Stage",
    "StageChanged",
    "StageKept",
    "StageKind",
    "VTIGER",
    "free_pipeline",
    "granted",
    "html_table",
    "mermaid",
    "mermaid_of",
    "outline",
    "overdue",
    "pipeline_from_json",
    "pipeline_to_json",
    "requires",
]
