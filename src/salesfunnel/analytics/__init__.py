"""What many leads and deals tell together: where they are lost, how long the way takes, and why."""

from __future__ import annotations

from .agreement import Agreement, HandOff, HandOffCount
from .comparison import Mover, PolicyComparison, compare_policies
from .days import Days
from .ranking import Ranked, rank
from .report import Report, StageCount, report, report_as_data
from .yields import Share, Yield, YieldComparison, compare_yields

__all__ = [
    "Agreement",
    "Days",
    "HandOff",
    "HandOffCount",
    "Mover",
    "PolicyComparison",
    "Ranked",
    "Report",
    "Share",
    "StageCount",
    "Yield",
    "YieldComparison",
    "compare_policies",
    "compare_yields",
    "rank",
    "report",
    "report_as_data",
]
