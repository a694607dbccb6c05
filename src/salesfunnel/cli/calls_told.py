"""What the command ``calls`` says of sheets that came back: to people, and as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from ..interop.calls.call_results import CallResults, CallRow
from ..interop.calls.call_sheet import CallSheet
from ..interop.printing import kept_in_line
from ..leads.judging import judged
from ..leads.lead import Lead
from ..qualification.policy import Policy
from ..storage.documents import to_data
from ..values.text import shown
from .given_out import call_sheet_as_data

Read = list[tuple[str, CallResults]]
"""The sheets by the names of their files, each with what it told."""


def _changed(read: Read, leads: Sequence[Lead]) -> list[Lead]:
    """List the leads to which a sheet appended something, as they are now."""
    ids = {row.lead_id for _, told in read for row in told.rows if row.events}
    return [lead for lead in leads if lead.id in ids]


def sheets_as_text(
    read: Read, leads: Sequence[Lead], policy: Policy, *, at: datetime
) -> Iterator[str]:
    """Tell sheet by sheet what changed and what was not taken, and where the leads stand now."""
    for name, told in read:
        yield f"{shown(name)}: {told}"
        for row in told.rows:
            yield from _rowas_text(row)
        for problem in told.problems:
            yield f"  {problem}"
    for lead in _changed(read, leads):
        yield f"{_who(lead)}: {judged(lead, policy, at=at).summary}"


def _rowas_text(row: CallRow) -> Iterator[str]:
    where = f"row {row.row}" + (f" of {kept_in_line(shown(row.sheet))}" if row.sheet else "")
    for change in row.changes:
        yield f"  {where}: {change}"
    for fault in row.faults:
        yield f"  {where}: {fault}"


def _who(lead: Lead) -> str:
    named = [kept_in_line(one.name) for one in (lead.person, lead.company) if one]
    return ", ".join(named) or lead.id


def sheets_as_json(
    facts: dict[str, object],
    read: Read,
    leads: Sequence[Lead],
    policy: Policy,
    written: CallSheet | None,
    *,
    at: datetime,
) -> Iterator[str]:
    """Give what changed as one JSON object, with the stored form of each lead that did."""
    leads_told = []
    for lead in _changed(read, leads):
        said = judged(lead, policy, at=at)
        leads_told.append(
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
        {**facts, "sheets": sheets, "leads": leads_told, **more},
        ensure_ascii=False,
        allow_nan=False,
    )
