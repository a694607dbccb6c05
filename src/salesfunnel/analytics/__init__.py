"""What many leads and deals tell together: where they are lost, how long the way takes, and why."""

from __future__ import annotations

from .days import Days
from .report import Report, StageCount, report, report_as_data

__all__ = ["Days", "Report", "StageCount", "report", "report_as_data"]
