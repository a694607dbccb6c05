"""The command ``calls``: call sheets that were filled in come back to the leads of a file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ..errors import Text
from ..interop.calls.best_leads import BestLeads
from ..interop.calls.call_reading import read_calls
from ..interop.calls.call_sheet import CallSheet
from ..interop.leads import read_leads
from ..interop.rows.import_report import ImportReport
from ..leads.judging import judged, precedence
from ..leads.lead import Lead
from ..qualification.policy import Policy
from ..values.text import shown
from .calls_told import Read, sheets_as_json, sheets_as_text
from .clock import given_now
from .definitions import doubts_about, given_policy
from .failures import NOTHING_READ
from .given import (
    by_given_format,
    given_mapping,
    how_read,
    rows_as_data,
    status_of,
    write_report,
)
from .given_out import check_language, given_top, write_best
from .output import complain, watched, write

_FOREIGN = Text(
    "sheet_of_other_leads",
    "{file}: not one row is of a lead of the list; ids follow from how the list is read",
    "the options with which the sheet was made, such as --country, --mapping and --sheet",
)


def run_calls(options: argparse.Namespace) -> int:
    """Read the leads, then sheet after sheet; say what changed, and write the next sheet."""
    check_language(options)
    named, policy = given_policy(options.policy)
    doubts = doubts_about(policy)
    top = given_top(options.top)
    now = given_now(options)
    reading = by_given_format(
        read_leads(
            options.file,
            at=now,
            mapping=given_mapping(options),
            encoding=options.encoding,
            sheet=options.sheet,
            country=options.country,
            check_addresses=options.check_addresses,
            strict=options.strict,
        ),
        options,
    )
    with ImportReport() as report, closing(watched(reading)) as rows:
        leads: Sequence[Lead] = [row.entity for row in report.accepted_of(rows)]
        read: Read = []
        for path in options.calls:
            told = read_calls(
                path,
                leads,
                at=now,
                by=options.by,
                policy=policy,
                day_first=options.day_first,
            )
            read.append((Path(path).name, told))
            leads = told.leads
        written = None
        foreign = [name for name, told in read if told.is_foreign]
        if options.out and leads and not foreign:
            written = _write_next(leads, options, policy, top=top, at=now)
        if options.json:
            facts = {"policy": named, **how_read(reading, report)}
            facts |= rows_as_data(report)
            facts |= {"doubts": [*doubts]} if doubts else {}
            write(sheets_as_json(facts, read, leads, policy, written, at=now), end="\n")
        else:
            write([f"note on {named}: {doubt}" for doubt in doubts], end="\n")
            write(sheets_as_text(read, leads, policy, at=now), end="\n")
            write([f"{Path(options.out).name}: {written}"] if written else [], end="\n")
            write_report(report, reading)
        for name in foreign:
            complain(str(_FOREIGN.problem(file=shown(name))))
        return NOTHING_READ if foreign else status_of(report, strict=options.strict)


def _write_next(
    leads: Sequence[Lead],
    options: argparse.Namespace,
    policy: Policy,
    *,
    top: int | None,
    at: datetime,
) -> CallSheet:
    best = BestLeads(top)
    for lead in leads:
        best.add(lead, rank=precedence(lead, judged(lead, policy, at=at)))
    return write_best(best, options, policy=policy, at=at)
