"""What a command was asked to draw: one picture, or a page for a sales meeting."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ..analytics.cohorts import cohorts
from ..analytics.forecast import forecast
from ..analytics.funnel import Funnel, funnel
from ..analytics.report_value import Report
from ..analytics.stage_times import StageTimes
from ..errors import InvalidValue, Text
from ..interop.writing.replaced_file import replaced
from ..opportunities.opportunity import Opportunity
from ..pictures.language import Language
from ..pictures.meeting_page import meeting_page
from ..pictures.picture import picture
from ..values.calendar import Calendar
from ..values.converters import choice
from ..values.rates import Rates

_SUFFIX = Text("drawing_of_command", "{field} has no ending that is known", "{endings}")


def check_drawing(options: argparse.Namespace, *, endings: Sequence[str]) -> None:
    """Refuse, before anything is read, what cannot be drawn."""
    choice(Language, options.language or "en", "--language")
    if options.out and Path(options.out).suffix.lower() not in endings:
        raise InvalidValue("--out", _SUFFIX, {"endings": " or ".join(endings)})


def draw_funnel(
    options: argparse.Namespace,
    found: Funnel,
    deals: Sequence[Opportunity],
    *,
    at: datetime,
    calendar: Calendar,
    times: StageTimes | None = None,
) -> None:
    """Draw the funnel that was counted; on a page, also what is known of its deals."""
    if not options.out:
        return
    language = options.language or "en"
    if options.out.lower().endswith(".svg"):
        _write(
            options.out,
            str(picture(found, language=language, calendar=calendar.kind)),
        )
        return
    more = [
        *(_of_deals(deals, at=at, calendar=calendar) if deals else ()),
        *([times] if times else ()),
    ]
    _write(options.out, _page([found, *more], "Funnel", language, at=at, calendar=calendar))


def draw_report(
    options: argparse.Namespace,
    found: Report,
    deals: Sequence[Opportunity],
    *,
    at: datetime,
    calendar: Calendar,
    rates: Rates | None = None,
    times: StageTimes | None = None,
) -> None:
    """Write the page of a sales meeting: the report, and the pictures of its deals."""
    stages = funnel(deals, at=at, calendar=calendar)
    more = _of_deals(deals, at=at, calendar=calendar, rates=rates)
    shown = [stages, *more, *([times] if times else ()), found]
    _write(
        options.out,
        _page(shown, "Report", options.language or "en", at=at, calendar=calendar),
    )


def _of_deals(
    deals: Sequence[Opportunity],
    *,
    at: datetime,
    calendar: Calendar,
    rates: Rates | None = None,
) -> Sequence[object]:
    expected = forecast(deals, at=at, calendar=calendar, rates=rates)
    return [expected, cohorts(deals, at=at, calendar=calendar)]


def _page(
    found: Sequence[object],
    heading: str,
    language: str,
    *,
    at: datetime,
    calendar: Calendar,
) -> str:
    words = Language(language)
    title = words.dated(heading.lower(), calendar.day_of(at), calendar=calendar.kind)
    return meeting_page(found, title=title, language=words, calendar=calendar.kind)


def _write(out: str, text: str) -> None:
    with replaced(out) as path:
        path.write_text(text, "utf-8", newline="\n")
