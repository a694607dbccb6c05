"""What many leads and deals tell together: where they are lost, how long the way takes, and why."""

from __future__ import annotations

from .agreement import Agreement, HandOffCount
from .comparison import Mover, PolicyComparison, compare_policies
from .days import Days
from .funnel import Funnel, FunnelPath, FunnelStep, StageFlow, funnel
from .proportion import Proportion
from .ranking import Ranked, rank
from .report import Report, StageCount, report
from .source_performance import SourceComparison, SourcePerformance, compare_sources
from .stage_times import StageTime, stage_times
from .time_to_win import TimeToWin, time_to_win

__all__ = [
    "Agreement",
    "Days",
    "Funnel",
    "FunnelPath",
    "FunnelStep",
    "HandOffCount",
    "Mover",
    "PolicyComparison",
    "Proportion",
    "Ranked",
    "Report",
    "SourceComparison",
    "SourcePerformance",
    "StageCount",
    "StageFlow",
    "StageTime",
    "TimeToWin",
    "compare_policies",
    "compare_sources",
    "funnel",
    "rank",
    "report",
    "stage_times",
    "time_to_win",
]
