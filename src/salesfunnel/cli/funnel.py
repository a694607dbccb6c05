"""The command ``funnel``: how far the leads of a file came, with their deals if there are any."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from ..analytics.funnel import funnel
from ..interop.leads import read_leads
from ..interop.mapping.mapping import FileMapping
from ..interop.opportunities import read_opportunities
from ..interop.printing import as_json
from ..interop.rows.import_report import ImportReport
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from .called import as_called, labels_of_deals
from .deal_links import with_advice
from .drawn_out import check_drawing, draw_funnel
from .given import by_given_format, given_file, given_mapping, how_read, status_of, write_report
from .history import with_given_history, write_history
from .output import watched, write
from .period import given_calendar, given_period
from .undated import Undated


def run_funnel(options: argparse.Namespace) -> int:
    """Count how far the leads came, and account for every row."""
    mapping, now = given_mapping(options), datetime.now(UTC)
    calendar = given_calendar(options)
    entered = given_period(options, calendar, at=now)
    check_drawing(options, endings=(".svg", ".html"))
    deals = _deals(options, mapping, now)
    with given_file(options, "exhibition.csv") as path:
        reading = read_leads(
            path,
            at=now,
            mapping=mapping,
            encoding=options.encoding,
            sheet=options.sheet,
            country=options.country,
            check_addresses=options.check_addresses,
            strict=options.strict,
        )
        reading = by_given_format(reading, options)
        with ImportReport() as rows_read, closing(watched(reading)) as rows:
            undated = Undated(now)
            leads: Iterable[Lead] = undated.among(row.entity for row in rows_read.accepted_of(rows))
            history = None
            if options.history:
                history = with_given_history(
                    options, mapping, at=now, leads=leads, opportunities=deals
                )
                leads, deals = history.combined.leads, [*history.combined.opportunities]
            found = funnel(
                leads,
                at=now,
                opportunities=deals,
                entered=entered,
                group=options.group or None,
                calendar=calendar,
            )
            found = with_advice(found, deals)
            found = undated.said_in(found, group=options.group, has_period=entered is not None)
            draw_funnel(options, found, deals, at=now, calendar=calendar)
            if options.json:
                more = history.as_data() if history else {}
                facts = {**how_read(reading, rows_read), **found.as_data(), **more}
                write(as_json(facts, rows_read))
            else:
                labels = labels_of_deals(deals)
                print(as_called(found, options.language, labels))
                write_history(history, options.language, labels)
                write_report(rows_read, reading)
            return status_of(rows_read, strict=options.strict)


def _deals(
    options: argparse.Namespace, mapping: FileMapping | None, now: datetime
) -> list[Opportunity]:
    """Read the deals of the leads, if a file of them was given; without JSON, account for rows."""
    if not options.deals:
        return []
    reading = read_opportunities(
        Path(options.deals),
        at=now,
        mapping=mapping,
        encoding=options.encoding,
        country=options.country,
        strict=options.strict,
    )
    reading = by_given_format(reading, options)
    with ImportReport() as rows_read, closing(watched(reading)) as rows:
        deals = [row.entity for row in rows_read.accepted_of(rows)]
        if not options.json:
            write_report(rows_read, reading)
        return deals
