"""Pipelines ready to use: our own, and those of widespread CRMs, one file each."""

from __future__ import annotations

from .dynamics import DYNAMICS
from .erpnext import ERPNEXT
from .espocrm import ESPOCRM
from .frappe import FRAPPE
from .free import free_pipeline
from .hubspot import HUBSPOT
from .odoo import ODOO
from .pipedrive import PIPEDRIVE
from .salesforce import SALESFORCE
from .standard import FIVE_STAGES, LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from .suitecrm import SUITECRM
from .vtiger import VTIGER

__all__ = [
    "DYNAMICS",
    "ERPNEXT",
    "ESPOCRM",
    "FIVE_STAGES",
    "FRAPPE",
    "HUBSPOT",
    "LEAD_PIPELINE",
    "ODOO",
    "OPPORTUNITY_PIPELINE",
    "PIPEDRIVE",
    "SALESFORCE",
    "SUITECRM",
    "VTIGER",
    "free_pipeline",
]
