"""What many leads and deals tell together: where they are lost, how long the way takes, and why."""

from __future__ import annotations

from .agreement import Agreement, HandOffCount
from .cohorts import Cohort, Cohorts, cohorts
from .comparison import Mover, PolicyComparison, compare_policies
from .days import Days
from .forecast import Forecast, ForecastCategory, ForecastRow, forecast
from .funnel import Funnel, FunnelPath, FunnelStep, StageFlow, funnel
from .movement import Movement, movement
from .proportion import Proportion
from .ranking import Ranked, rank
from .report import Report, StageCount, report
from .slippage import Slippage, slippage
from .source_performance import SourceComparison, SourcePerformance, compare_sources
from .stage_times import StageTime, stage_times
from .time_to_win import TimeToWin, time_to_win
from .total import Total

__all__ = [
    "Agreement",
    "Cohort",
    "Cohorts",
    "Days",
    "Forecast",
    "ForecastCategory",
    "ForecastRow",
    "Funnel",
    "FunnelPath",
    "FunnelStep",
    "HandOffCount",
    "Movement",
    "Mover",
    "PolicyComparison",
    "Proportion",
    "Ranked",
    "Report",
    "Slippage",
    "SourceComparison",
    "SourcePerformance",
    "StageCount",
    "StageFlow",
    "StageTime",
    "TimeToWin",
    "Total",
    "cohorts",
    "compare_policies",
    "compare_sources",
    "forecast",
    "funnel",
    "movement",
    "rank",
    "report",
    "slippage",
    "stage_times",
    "time_to_win",
]
