"""The command ``calls``: call sheets that were filled in come back to the leads of a file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ..interop.calls.best_leads import BestLeads
from ..interop.calls.call_reading import read_calls
from ..interop.calls.call_results import CallResults, CallRow
from ..interop.calls.call_sheet import CallSheet
from ..interop.leads import read_leads
from ..interop.printing import kept_in_line
from ..interop.rows.import_report import ImportReport
from ..leads.judging import judged, precedence
from ..leads.lead import Lead
from ..qualification.policy import Policy
from ..storage.documents import to_data
from ..values.text import shown
from .clock import given_now
from .given import by_given_format, given_mapping, given_policy, how_read, status_of, write_report
from .given_out import call_sheet_as_data, given_top, write_best
from .output import watched, write

_Read = list[tuple[str, CallResults]]


def run_calls(options: argparse.Namespace) -> int:
    """Read the leads, then sheet after sheet; say what changed, and write the next sheet."""
    named, policy = given_policy(options.policy)
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
        read: _Read = []
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
        if options.out and leads:
            written = _write_next(leads, options, policy, top=top, at=now)
        if options.json:
            facts = {"policy": named, **how_read(reading, report)}
            write(_as_json(facts, read, leads, policy, written, at=now), end="\n")
        else:
            write(_as_text(read, leads, policy, at=now), end="\n")
            write([f"{Path(options.out).name}: {written}"] if written else [], end="\n")
            write_report(report, reading)
        return status_of(report, strict=options.strict)


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


def _changed(read: _Read, leads: Sequence[Lead]) -> list[Lead]:
    ids = {row.lead_id for _, told in read for row in told.rows if row.events}
    return [lead for lead in leads if lead.id in ids]


def _as_text(read: _Read, leads: Sequence[Lead], policy: Policy, *, at: datetime) -> Iterator[str]:
    """Tell sheet by sheet what changed and what was not taken, and where the leads stand now."""
    for name, told in read:
        yield f"{shown(name)}: {told}"
        for row in told.rows:
            yield from _row_as_text(row)
        for problem in told.problems:
            yield f"  {problem}"
    for lead in _changed(read, leads):
        yield f"{_who(lead)}: {judged(lead, policy, at=at).summary}"


def _row_as_text(row: CallRow) -> Iterator[str]:
    where = f"row {row.row}" + (f" of {kept_in_line(shown(row.sheet))}" if row.sheet else "")
    for change in row.changes:
        yield f"  {where}: {change}"
    for fault in row.faults:
        yield f"  {where}: {fault}"


def _who(lead: Lead) -> str:
    named = [kept_in_line(one.name) for one in (lead.person, lead.company) if one]
    return ", ".join(named) or lead.id


def _as_json(
    facts: dict[str, object],
    read: _Read,
    leads: Sequence[Lead],
    policy: Policy,
    written: CallSheet | None,
    *,
    at: datetime,
) -> Iterator[str]:
    """Give what changed as one JSON object, with the stored form of each lead that did."""
    changed = []
    for lead in _changed(read, leads):
        said = judged(lead, policy, at=at)
        changed.append(
            {
                "id": lead.id,
                "verdict": said.verdict.value,
                "floor": said.floor,
                "ceiling": said.ceiling,
                "document": to_data(lead),
            }
        )
    sheets = [
        {
            "file": name,
            "rows": [row.as_data() for row in told.rows if row.events or row.faults],
            "problems": [problem.as_data() for problem in told.problems],
        }
        for name, told in read
    ]
    more = {"calls": call_sheet_as_data(written)} if written else {}
    yield json.dumps(
        {**facts, "sheets": sheets, "leads": changed, **more}, ensure_ascii=False, allow_nan=False
    )
