"""Stages, moves and guards: a pipeline is a value that decides, explains and draws itself."""

from __future__ import annotations

from .codes import label_of
from .deadlines import Overdue, due_at, overdue
from .diagram import mermaid, mermaid_of, outline
from .guard import Guard
from .move import Destination, Move
from .moving import MoveTaken
from .notation import pipeline_from_json, pipeline_to_json
from .notebook import html_table
from .pipeline import Pipeline
from .presets.code_lists import (
    ACTIVITY_KINDS,
    CONTACT_ROLES,
    DECLINE_REASONS,
    DISQUALIFICATION_REASONS,
    LOSS_REASONS,
)
from .presets.dynamics import DYNAMICS
from .presets.erpnext import ERPNEXT
from .presets.espocrm import ESPOCRM
from .presets.frappe import FRAPPE
from .presets.free import free_pipeline
from .presets.hubspot import HUBSPOT
from .presets.odoo import ODOO
from .presets.pipedrive import PIPEDRIVE
from .presets.salesforce import SALESFORCE
from .presets.standard import FIVE_STAGES, LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from .presets.suitecrm import SUITECRM
from .presets.vtiger import VTIGER
from .released import released_pipeline
from .short_guards import requires
from .stage import Stage, StageKind
from .transfer_plan import TransferPlan, plan_transfer
from .transferring import PipelineChanged, transfer
from .verdicts import Permit, Way, granted

__all__ = [
    "ACTIVITY_KINDS",
    "CONTACT_ROLES",
    "DECLINE_REASONS",
    "DISQUALIFICATION_REASONS",
    "DYNAMICS",
    "Destination",
    "ERPNEXT",
    "ESPOCRM",
    "FIVE_STAGES",
    "FRAPPE",
    "Guard",
    "HUBSPOT",
    "LEAD_PIPELINE",
    "LOSS_REASONS",
    "Move",
    "MoveTaken",
    "ODOO",
    "OPPORTUNITY_PIPELINE",
    "Overdue",
    "PIPEDRIVE",
    "Permit",
    "Pipeline",
    "PipelineChanged",
    "SALESFORCE",
    "SUITECRM",
    "Stage",
    "StageKind",
    "TransferPlan",
    "VTIGER",
    "Way",
    "due_at",
    "free_pipeline",
    "granted",
    "html_table",
    "label_of",
    "mermaid",
    "mermaid_of",
    "outline",
    "overdue",
    "pipeline_from_json",
    "pipeline_to_json",
    "plan_transfer",
    "released_pipeline",
    "requires",
    "transfer",
]
