"""The command ``funnel``: how far the leads of a file came, with their deals if there are any."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import attrs

from ..analytics.funnel import funnel
from ..interop.leads import read_leads
from ..interop.mapping.mapping import FileMapping
from ..interop.opportunities import read_opportunities
from ..interop.printing import as_json
from ..interop.rows.import_report import ImportReport
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pictures.figure_text import text_of
from ..pictures.language import Language
from .belonging import check_belonging
from .deal_links import with_advice
from .definitions import given_pipeline
from .drawn_out import check_drawing, draw_funnel
from .given import (
    by_given_format,
    given_file,
    given_mapping,
    how_read,
    rows_as_data,
    status_of,
    told_of_rows,
    write_report,
)
from .history import HistoryLines, check_apart, given_history, history_put_in, write_history
from .output import watched, write
from .period import given_calendar, given_period
from .shown import Asked, given_shows, shown_as_data, shown_as_text, worked_out


def run_funnel(options: argparse.Namespace) -> int:
    """Count how far the leads came, and account for every row."""
    check_belonging(options)
    mapping, now = given_mapping(options), datetime.now(UTC)
    calendar = given_calendar(options)
    entered = given_period(options, calendar, at=now)
    check_drawing(options, endings=(".svg", ".html"))
    shows = given_shows(options)
    told = given_history(options, mapping)
    of_deals = _deals(options, mapping, told, at=now)
    deals = of_deals.deals
    with given_file(options, "leads.csv") as path:
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
        check_apart(told, path, reading)
        reading = by_given_format(reading, options)
        with ImportReport() as rows_read, closing(watched(reading)) as rows:
            leads: Iterable[Lead] = (row.entity for row in rows_read.accepted_of(rows))
            history = None
            if told:
                history = history_put_in(told, mapping, at=now, leads=leads, opportunities=deals)
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
            times = history.times if history else None
            draw_funnel(options, found, deals, at=now, calendar=calendar, times=times)
            shown = worked_out(shows, deals, Asked(now, calendar, entered))
            if options.json:
                more = history.as_data() if history else {}
                facts = {
                    **how_read(reading, rows_read),
                    **found.as_data(),
                    **more,
                    **shown_as_data(shown),
                }
                facts |= {"deals": of_deals.rows} if of_deals.account else {}
                write(as_json(facts, rows_read))
            else:
                language = Language(options.language or "en")
                print(text_of(found, language, calendar=calendar.kind))
                write(shown_as_text(shown, language, calendar=calendar.kind), end="\n")
                write_history(history, language, calendar=calendar.kind)
                write(of_deals.account, end="\n")
                several = of_deals.account or history
                write_report(rows_read, reading, of=options.file or path.name if several else "")
            return status_of(rows_read, strict=options.strict)


@attrs.frozen
class _DealsRead:
    """The deals of a file, and what became of its rows."""

    deals: list[Opportunity] = attrs.field(factory=list[Opportunity])
    rows: dict[str, object] = attrs.field(factory=dict[str, object])
    account: tuple[str, ...] = ()


def _deals(
    options: argparse.Namespace,
    mapping: FileMapping | None,
    told: HistoryLines | None,
    *,
    at: datetime,
) -> _DealsRead:
    """Read the deals of the leads, if a file of them was given."""
    if not (options.deals or options.example):
        return _DealsRead()
    with given_file(options, "deals_of_leads.csv", name="deals") as path:
        return _read_deals(path, options, mapping, told, at=at)


def _read_deals(
    path: Path,
    options: argparse.Namespace,
    mapping: FileMapping | None,
    told: HistoryLines | None,
    *,
    at: datetime,
) -> _DealsRead:
    reading = read_opportunities(
        path,
        at=at,
        mapping=mapping,
        pipeline=given_pipeline(options.pipeline),
        history=told.lines if told else (),
        encoding=options.encoding,
        sheet=options.deals_sheet,
        country=options.country,
        strict=options.strict,
    )
    check_apart(told, path, reading)
    reading = by_given_format(reading, options)
    with ImportReport() as rows_read, closing(watched(reading)) as rows:
        deals = [row.entity for row in rows_read.accepted_of(rows)]
        account = tuple(told_of_rows(rows_read, reading, of=options.deals or path.name))
        return _DealsRead(deals, rows_as_data(rows_read), account)
