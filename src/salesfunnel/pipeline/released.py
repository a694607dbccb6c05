"""
The pipelines that come with the library, each version that was ever released, found for ever.

A stored deal names the fingerprint of its pipeline. A built-in pipeline that changes gets a new
version, and the old one stays here, so that the deal can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .pipeline import Pipeline
from .presets.dynamics import DYNAMICS
from .presets.erpnext import ERPNEXT
from .presets.espocrm import ESPOCRM
from .presets.frappe import FRAPPE
from .presets.hubspot import HUBSPOT
from .presets.odoo import ODOO
from .presets.pipedrive import PIPEDRIVE
from .presets.salesforce import SALESFORCE
from .presets.standard import FIVE_STAGES, LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from .presets.suitecrm import SUITECRM
from .presets.vtiger import VTIGER

_EVERY = (
    *(LEAD_PIPELINE, OPPORTUNITY_PIPELINE, FIVE_STAGES),
    *(DYNAMICS, ERPNEXT, ESPOCRM, FRAPPE, HUBSPOT, ODOO, PIPEDRIVE, SALESFORCE, SUITECRM, VTIGER),
)

RELEASED_PIPELINES: Mapping[tuple[str, str], Pipeline] = MappingProxyType(
    {(pipeline.name, pipeline.version): pipeline for pipeline in _EVERY}
)
"""Every released pipeline by its name and version."""


def released_pipeline(fingerprint: str) -> Pipeline | None:
    """
    Find a built-in pipeline, of any release, by its fingerprint.

    >>> released_pipeline(OPPORTUNITY_PIPELINE.fingerprint) is OPPORTUNITY_PIPELINE
    True
    """
    found = (known for known in RELEASED_PIPELINES.values() if known.fingerprint == fingerprint)
    return next(found, None)
