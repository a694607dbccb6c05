"""Stages, moves and guards: a pipeline is a value that decides, explains and draws itself."""

from __future__ import annotations

from .checks import Problem
from .deadlines import Overdue, overdue
from .diagram import mermaid, mermaid_of, outline
from .events import StageChanged
from .guard import Guard, requires
from .move import LAST_OPEN, STAYS, Move
from .notebook import html_table
from .permit import Permit, granted
from .pipeline import Pipeline
from .presets import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from .stage import Stage, StageKind

__all__ = [
    "Guard",
    "LAST_OPEN",
    "LEAD_PIPELINE",
    "Move",
    "OPPORTUNITY_PIPELINE",
    "Overdue",
    "Permit",
    "Pipeline",
    "Problem",
    "STAYS",
    "Stage",
    "StageChanged",
    "StageKind",
    "granted",
    "html_table",
    "mermaid",
    "mermaid_of",
    "outline",
    "overdue",
    "requires",
]
