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
from ..errors import InvalidValue, Text
from ..interop.writing.replaced_file import replaced
from ..opportunities.opportunity import Opportunity
from ..pictures.language import Language
from ..pictures.meeting_page import meeting_page
from ..pictures.picture import picture
from ..pictures.words import WORDS
from ..values.calendar import Calendar
from ..values.converters import choice

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
) -> None:
    """Draw the funnel that was counted; on a page, also what is known of its deals."""
    if not options.out:
        return
    language = options.language or "en"
    if options.out.lower().endswith(".svg"):
        _write(options.out, str(picture(found, language=language, labels=_labels(deals))))
        return
    more = _of_deals(deals, at=at, calendar=calendar) if deals else []
    _write(options.out, _page([found, *more], "Funnel", language, deals, at))


def draw_report(
    options: argparse.Namespace,
    found: Report,
    deals: Sequence[Opportunity],
    *,
    at: datetime,
    calendar: Calendar,
) -> None:
    """Write the page of a sales meeting: the report, and the pictures of its deals."""
    stages = funnel(deals, at=at, calendar=calendar)
    shown = [found, stages, *_of_deals(deals, at=at, calendar=calendar)]
    _write(options.out, _page(shown, "Report", options.language or "en", deals, at))


def _of_deals(
    deals: Sequence[Opportunity], *, at: datetime, calendar: Calendar
) -> Sequence[object]:
    return [forecast(deals, at=at, calendar=calendar), cohorts(deals, at=at, calendar=calendar)]


def _page(
    found: Sequence[object],
    heading: str,
    language: str,
    deals: Sequence[Opportunity],
    at: datetime,
) -> str:
    words = Language(language)
    title = words.dated(heading.lower(), at.date())
    return meeting_page(found, title=title, language=words, labels=_labels(deals))


def _labels(deals: Sequence[Opportunity]) -> dict[str, str]:
    """List what people call stages of their own; the usual ones have names in each language."""
    stages = deals[0].pipeline.stages if deals else ()
    return {stage.name: stage.label for stage in stages if stage.label and stage.name not in WORDS}


def _write(out: str, text: str) -> None:
    with replaced(out) as path:
        path.write_text(text, "utf-8", newline="\n")
