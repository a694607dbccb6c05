"""What many leads and deals tell together: where they are lost, how long the way takes, and why."""

from __future__ import annotations

from .ageing import AgeCount
from .agreement import Agreement
from .cohort import Cohort
from .cohorts import Cohorts, cohorts
from .comparison import Mover, PolicyComparison, compare_policies
from .days import Days
from .figures import Figures
from .forecast import Forecast, forecast
from .forecast_categories import ForecastCategory
from .forecast_row import ForecastRow
from .funnel import Funnel, funnel
from .funnel_step import FunnelPath, FunnelStep, StageFlow
from .grouping import Known
from .hand_off_count import HandOffCount
from .labels import Called, Labels
from .losses import LossCount
from .movement import Movement, movement
from .period_count import PeriodCount
from .proportion import Proportion
from .ranking import Ranked, rank
from .report import report
from .report_value import Report
from .slippage import Slippage, slippage
from .source_comparison import SourceComparison, compare_sources
from .source_performance import SourcePerformance
from .stage_count import StageCount
from .stage_time import StageTime
from .stage_times import StageTimes, stage_times
from .time_to_win import TimeToWin, time_to_win
from .total import Total
from .velocity import Velocity

__all__ = [
    "AgeCount",
    "Agreement",
    "Called",
    "Cohort",
    "Cohorts",
    "Days",
    "Figures",
    "Forecast",
    "ForecastCategory",
    "ForecastRow",
    "Funnel",
    "FunnelPath",
    "FunnelStep",
    "HandOffCount",
    "Known",
    "Labels",
    "LossCount",
    "Movement",
    "Mover",
    "PeriodCount",
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
    "StageTimes",
    "TimeToWin",
    "Total",
    "Velocity",
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
