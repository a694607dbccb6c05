"""What came back with a filled-in call sheet: which leads changed, and what was not taken."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Any

import attrs

from ...history.describing import describe
from ...leads.events import LeadEvent
from ...leads.lead import Lead
from ..rows.row_fault import RowFault


@attrs.frozen
class CallRow:
    """
    A row of a call sheet: the events that it appended to its lead, and what was not taken of it.

    A row in which nothing was filled in has neither.

    >>> CallRow("Ani", 2, "7").changes
    []
    """

    sheet: str
    """The sheet of the workbook; blank in a CSV file."""
    row: int
    lead_id: str
    events: tuple[LeadEvent, ...] = attrs.field(default=(), repr=False)
    faults: tuple[RowFault, ...] = ()
    zone: tzinfo = attrs.field(default=UTC, repr=False, kw_only=True)
    """In which the sheet was read, and its days are told."""

    @property
    def changes(self) -> list[str]:
        """Say what was appended, a line for each event, in the days of the reading."""
        return [describe(event, zone=self.zone) for event in self.events]

    def as_data(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "lead": self.lead_id,
            "changes": self.changes,
            "faults": [fault.as_data() for fault in self.faults],
        }


@attrs.frozen
class CallResults:
    """
    What a filled-in call sheet told: all leads as they are now, and row by row what changed.

    Made by `read_calls`.

    >>> print(CallResults(leads=(), rows=(CallRow("Ani", 2, "7"),)))
    rows: 1 read; leads: 0 changed
    """

    leads: tuple[Lead, ...] = attrs.field(repr=False)
    rows: tuple[CallRow, ...]
    problems: tuple[RowFault, ...] = ()
    """What is odd about the sheets: columns that are gone or strange, sheets without leads."""

    @property
    def changed(self) -> tuple[Lead, ...]:
        """The leads to which something was appended."""
        ids = {row.lead_id for row in self.rows if row.events}
        return tuple(lead for lead in self.leads if lead.id in ids)

    @property
    def is_foreign(self) -> bool:
        """Whether rows name leads, and none of them is known: the sheet is of other leads."""
        ids = {lead.id for lead in self.leads}
        named = [row.lead_id in ids for row in self.rows if row.lead_id]
        return bool(named) and not any(named)

    def __str__(self) -> str:
        """Count the rows, the leads that changed, and the rows of which something was not taken."""
        faulty = sum(bool(row.faults) for row in self.rows)
        line = f"rows: {len(self.rows):,} read; leads: {len(self.changed):,} changed"
        return f"{line}; rows with cells that were not taken: {faulty:,}" if faulty else line
