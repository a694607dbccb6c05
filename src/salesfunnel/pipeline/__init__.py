"""Stages, moves and guards: a pipeline is a value that decides, explains and draws itself."""

from __future__ import annotations

from .checks import Problem
from .diagram import mermaid, outline
from .events import StageChanged
from .guard import Guard, requires
from .move import LAST_OPEN, STAYS, Move
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
    "Permit",
    "Pipeline",
    "Problem",
    "STAYS",
    "Stage",
    "StageChanged",
    "StageKind",
    "granted",
    "mermaid",
    "outline",
    "requires",
]
