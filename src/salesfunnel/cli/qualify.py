"""The command ``qualify``: the leads of a file, the most promising first, with reasons."""

from __future__ import annotations

import argparse
from contextlib import closing, nullcontext
from pathlib import Path

from ..interop.calls.best_leads import BestLeads
from ..interop.lead_list import rank_leads
from ..interop.leads import read_leads
from ..interop.printing import as_json, leads_as_text
from ..interop.rows.import_report import ImportReport
from ..interop.rows.reading import FileReading
from ..interop.writing.refused_file import RefusedFile
from ..leads.lead import Lead
from .clock import given_now
from .definitions import doubts_about, given_policy
from .given import (
    by_given_format,
    given_file,
    given_mapping,
    how_read,
    status_of,
    write_report,
)
from .given_out import call_sheet_as_data, check_language, given_top, write_best
from .known import known_leads
from .output import watched, write


def run_qualify(options: argparse.Namespace) -> int:
    """Rank the leads, and account for every row."""
    check_language(options)
    named, policy = given_policy(options.policy)
    doubts = doubts_about(policy)
    mapping, now = given_mapping(options), given_now(options)
    top = given_top(options.top)
    best = BestLeads(top) if options.out else None
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
            known=known_leads(options, mapping, at=now),
        )
        reading = by_given_format(reading, options)
        with (
            ImportReport() as report,
            closing(watched(reading)) as read,
            _refused_file(options, reading) as rest,
            rank_leads(
                report.accepted_of(rest.passing(read) if rest else read),
                policy=policy,
                at=now,
                best=best,
            ) as leads,
        ):
            calls = None
            if best is not None and report.accepted:  # else what stands there is worth more
                calls = write_best(best, options, policy=policy, at=now)
            if options.json:
                facts = {"policy": named, **how_read(reading, report)}
                facts |= {"doubts": [*doubts]} if doubts else {}
                facts |= {"calls": call_sheet_as_data(calls)} if calls else {}
                write(as_json(facts, report, top=top, leads=leads))
            else:
                counted = "1 lead" if len(leads) == 1 else f"{len(leads):,} leads"
                if top is not None and top < len(leads):
                    counted = f"{top:,} of {counted}"
                print(f"{counted} by {named}, mapping {reading.mapping.name}")
                write([f"note on {named}: {doubt}" for doubt in doubts], end="\n")
                write(leads_as_text(leads, top=top), end="\n")
                write([f"{Path(options.out).name}: {calls}"] if calls else [], end="\n")
                write_report(report, reading)
            return status_of(report, strict=options.strict)


def _refused_file(
    options: argparse.Namespace, reading: FileReading[Lead]
) -> RefusedFile | nullcontext[None]:
    """Make a file for the rows that are left out, if one was asked for."""
    if not options.refused_to:
        return nullcontext()
    return RefusedFile(options.refused_to, reading.records.header, source=reading)
