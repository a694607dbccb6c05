"""The command ``funnel``: how far the leads of a file came, with their deals if there are any."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ..analytics.funnel import funnel
from ..errors import InvalidValue, Text
from ..interop.dates import read_date
from ..interop.import_report import ImportReport
from ..interop.leads import read_leads
from ..interop.mapping import FileMapping
from ..interop.opportunities import read_opportunities
from ..interop.printing import as_json
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.calendar import Calendar, CalendarKind, Period
from ..values.converters import choice
from .given import by_given_format, given_file, given_mapping, how_read, status_of, write_report
from .history import with_given_history, write_history
from .output import watched, write

_NOT_A_DAY = Text("day_of_command", "{field} is not a day", "2026-03-31, or 1405-01-11")
_FIRST, _LAST = date(1900, 1, 1), date(9990, 1, 1)


def run_funnel(options: argparse.Namespace) -> int:
    """Count how far the leads came, and account for every row."""
    mapping, now = given_mapping(options), datetime.now(UTC)
    calendar = Calendar(choice(CalendarKind, options.calendar, "--calendar"))
    entered = _given_period(options)
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
            leads: Iterable[Lead] = (row.entity for row in rows_read.accepted_of(rows))
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
            if options.json:
                more = history.as_data() if history else {}
                facts = {**how_read(reading, rows_read), **found.as_data(), **more}
                write(as_json(facts, rows_read))
            else:
                print(found)
                write_history(history)
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
        strict=options.strict,
    )
    reading = by_given_format(reading, options)
    with ImportReport() as rows_read, closing(watched(reading)) as rows:
        deals = [row.entity for row in rows_read.accepted_of(rows)]
        if not options.json:
            write_report(rows_read, reading)
        return deals


def _given_period(options: argparse.Namespace) -> Period | None:
    """Read the first and the last day on which the leads came, if either was given."""
    since, until = _day(options.since, "--from"), _day(options.until, "--to")
    if since is None and until is None:
        return None
    ends = _LAST if until is None else until + timedelta(days=1)
    return Period(since or _FIRST, ends)


def _day(written: str | None, option: str) -> date | None:
    if not written:
        return None
    found = read_date(written, day_first=None)
    if found is None:
        raise InvalidValue(option, _NOT_A_DAY)
    return found.date()
