"""What many leads and deals tell together: where they are lost, how long the way takes, and why."""

from __future__ import annotations

from .agreement import Agreement, HandOffCount
from .comparison import Mover, PolicyComparison, compare_policies
from .days import Days
from .ranking import Ranked, rank
from .report import Report, StageCount, report
from .source_performance import Proportion, SourceComparison, SourcePerformance, compare_sources

__all__ = [
    "Agreement",
    "Days",
    "HandOffCount",
    "Mover",
    "PolicyComparison",
    "Proportion",
    "Ranked",
    "Report",
    "SourceComparison",
    "SourcePerformance",
    "StageCount",
    "compare_policies",
    "compare_sources",
    "rank",
    "report",
]
