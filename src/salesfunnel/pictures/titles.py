"""What each thing that was counted is called: the heading of its part of a page, or of its text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..analytics.cohorts import Cohorts
from ..analytics.forecast import Forecast
from ..analytics.funnel import Funnel
from ..analytics.movement import Movement
from ..analytics.report_value import Report
from ..analytics.slippage import Slippage
from ..analytics.stage_times import StageTimes
from ..analytics.time_to_win import TimeToWin
from ..values.calendar import CalendarKind
from .language import Language

COUNTED = (
    *(Funnel, StageTimes, TimeToWin, Cohorts),
    *(Report, Movement, Forecast, Slippage),
)
"""What has figures that are told in each language."""

_WORDS: Mapping[type, str] = MappingProxyType(
    {
        Funnel: "funnel",
        StageTimes: "stage_times",
        TimeToWin: "time_to_win",
        Cohorts: "cohorts",
        Report: "report",
        Movement: "movement",
        Forecast: "forecast",
        Slippage: "slippage",
    }
)


def name_of(found: object, words: Language) -> str:
    """
    Say what it is; nothing of what has no name.

    >>> name_of(5, Language.ENGLISH)
    ''
    """
    word = _WORDS.get(type(found))
    return "" if word is None else words.word(word)


def title_of(
    found: Funnel | Report | StageTimes, words: Language, calendar: CalendarKind | None = None
) -> str:
    """
    Say what it is and of which day; of a funnel also the period it was asked for.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.analytics import stage_times
    >>> title_of(stage_times([], at=datetime(2026, 3, 2, tzinfo=UTC)), Language.ENGLISH)
    'Time in the stages, 2026-03-02'
    """
    said = words.dated(_WORDS[type(found)], found.at.date(), calendar=calendar)
    if not isinstance(found, Funnel) or found.entered is None:
        return said
    days = words.days(found.entered, calendar=calendar)
    return f"{said}{words.comma}{words.word('entered')}{words.colon}{days}"
