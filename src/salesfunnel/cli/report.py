"""The command ``report``: the opportunities of a file, summed up by stage and outcome."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime

from ..analytics.report import report
from ..interop.opportunities import read_opportunities
from ..interop.printing import as_json
from ..interop.rows.import_report import ImportReport
from ..opportunities.opportunity import Opportunity
from ..pictures.figure_text import text_of
from ..pictures.language import Language
from .belonging import check_belonging
from .definitions import given_pipeline
from .drawn_out import check_drawing, draw_report
from .given import (
    by_given_format,
    given_file,
    given_mapping,
    how_read,
    status_of,
    write_report,
)
from .history import check_apart, given_history, history_put_in, write_history
from .output import watched, write
from .period import given_calendar, given_period
from .rates import given_rates
from .shown import Asked, given_shows, shown_as_data, shown_as_text, worked_out


def run_report(options: argparse.Namespace) -> int:
    """Sum up the opportunities, and account for every row."""
    check_belonging(options)
    mapping, now = given_mapping(options), datetime.now(UTC)
    calendar = given_calendar(options)
    period = given_period(options, calendar, at=now)
    rates = given_rates(options)
    check_drawing(options, endings=(".html",))
    shows = given_shows(options)
    told = given_history(options, mapping)
    with given_file(options, "deals.csv") as path:
        reading = read_opportunities(
            path,
            at=now,
            mapping=mapping,
            pipeline=given_pipeline(options.pipeline),
            history=told.lines if told else (),
            encoding=options.encoding,
            sheet=options.sheet,
            country=options.country,
            strict=options.strict,
        )
        check_apart(told, path, reading)
        reading = by_given_format(reading, options)
        with ImportReport() as rows_read, closing(watched(reading)) as rows:
            deals: Iterable[Opportunity] = (row.entity for row in rows_read.accepted_of(rows))
            history = history_put_in(told, mapping, at=now, opportunities=deals) if told else None
            deals = history.combined.opportunities if history else deals
            deals = [*deals] if options.out or shows else deals  # which are asked several times
            found = report(
                deals,
                at=now,
                closed_in=period,
                group=options.group or None,
                calendar=calendar,
                rates=rates,
            )
            asked = Asked(now, calendar, period, rates)
            shown = worked_out(shows, deals, asked) if isinstance(deals, list) else {}
            if options.out and isinstance(deals, list):
                times = history.times if history else None
                draw_report(
                    options, found, deals, at=now, calendar=calendar, rates=rates, times=times
                )
            if options.json:
                more = history.as_data() if history else {}
                facts = {
                    **how_read(reading, rows_read),
                    **found.as_data(),
                    **more,
                    **shown_as_data(shown),
                }
                write(as_json(facts, rows_read))
            else:
                language = Language(options.language or "en")
                print(text_of(found, language, calendar=calendar.kind))
                write(shown_as_text(shown, language, calendar=calendar.kind), end="\n")
                write_history(history, language, calendar=calendar.kind)
                named = (options.file or path.name) if history else ""
                write_report(rows_read, reading, of=named)
            return status_of(rows_read, strict=options.strict)
