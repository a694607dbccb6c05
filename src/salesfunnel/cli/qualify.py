"""The command ``qualify``: the leads of a file, the most promising first, with reasons."""

from __future__ import annotations

import argparse
from contextlib import closing, nullcontext
from datetime import UTC, datetime

from ..interop.import_report import ImportReport
from ..interop.lead_list import rank_leads
from ..interop.leads import read_leads
from ..interop.policies import find_policy, policy_names
from ..interop.printing import as_json, leads_as_text
from ..interop.reading import FileReading
from ..interop.rest_file import RestFile
from ..leads.lead import Lead
from .given import by_given_format, given_file, given_mapping, how_read, status_of, write_report
from .output import watched, write


def run_qualify(options: argparse.Namespace) -> int:
    """Rank the leads, and account for every row."""
    names = {name.casefold(): name for name in policy_names()}
    wanted: str = options.policy
    named = names.get(wanted.casefold(), wanted)
    policy = find_policy(named)
    mapping, now = given_mapping(options), datetime.now(UTC)
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
        with (
            ImportReport() as report,
            closing(watched(reading)) as read,
            _rest_of(options, reading) as rest,
            rank_leads(
                report.accepted_of(rest.passing(read) if rest else read), policy=policy, at=now
            ) as leads,
        ):
            if options.json:
                facts = {"policy": named, **how_read(reading, report)}
                write(as_json(facts, report, leads=leads))
            else:
                counted = "1 lead" if len(leads) == 1 else f"{len(leads):,} leads"
                print(f"{counted} by {named}, mapping {reading.mapping.name}")
                write(leads_as_text(leads), end="\n")
                write_report(report, reading)
            return status_of(report, strict=options.strict)


def _rest_of(
    options: argparse.Namespace, reading: FileReading[Lead]
) -> RestFile | nullcontext[None]:
    """Make a file for the rows that are left out, if one was asked for."""
    if not options.refused_to:
        return nullcontext()
    return RestFile(options.refused_to, reading.records.header, source=reading)
