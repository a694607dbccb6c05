"""Reading a call sheet that was filled in: what was answered and called comes back to the leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import attrs

from ...errors import Text
from ...leads.events import LeadEvent
from ...leads.judging import check_policy_kind, judged
from ...leads.lead import Lead
from ...qualification.events import QuestionAnswered
from ...qualification.policy import Policy
from ...values import converters
from ...values.instants import instant
from ...values.text import shown
from ..inputs.inputs import Readable
from ..rows.row_fault import Refused, RowFault
from ..rows.row_taken import RowTaken
from ..writing.excel_cells import cut_text
from .call_results import CallResults, CallRow
from .call_words import CallWords
from .filled_cells import FilledRow
from .filled_row import take_row
from .filled_sheet import FilledSheet
from .filled_sheets import filled_sheets

_PLACE = "answers."
_NO_ID = Text("row_without_lead", "{field} is blank: nothing of the row was read", "its id")
_UNKNOWN_ID = Text(
    "lead_not_known",
    "{field} is of no lead that is known: nothing of the row was read",
    "the id as it was written, and the leads of which the sheet was made: read anew, they have "
    "the same ids by the same --country, --mapping and --sheet",
)
_ID_TWICE = Text(
    "lead_twice_on_sheet",
    "{field} is that of row {row}{sheet} again: nothing of this row was read",
    "one row for each lead",
)
_MERGED = Text(
    "lead_was_merged",
    "{field} is of a lead that was merged into another: nothing of the row was read",
    "the id of the one that stays",
)
_NOT_UNDERSTOOD = Text("answer_not_understood", "{field} is not understood: {why}")


def read_calls(
    input: Readable,
    leads: Iterable[Lead],
    *,
    at: datetime,
    by: str = "",
    policy: Policy | None = None,
    day_first: bool | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> CallResults:
    r"""
    Read a filled-in call sheet, and append its answers and calls to the leads, by their ids.

    A cell that stands as it was written tells nothing, so a sheet that was not filled in changes
    nothing, and a second reading appends nothing. Each cell that was filled in is found in the
    lead, or named among the faults of its row. Dates may be Jalali; yes and no may be in any of
    four languages, with a note behind, as in ``yes, by June``.

    Args:
        input: the sheet, as `write_ranking` wrote it and people filled it in.
        leads: the leads of which it was made, as they are now.
        at: when it is read; what was said on another day has that day.
        by: who filled it in.
        policy: names the answers that it does not understand.
        day_first: whether 05/01 is in January.
        encoding: of a CSV file, if it is not recognised.
        sheet: the one sheet to read, instead of all.

    Raises `UnreadableFile` where no sheet has a column of leads.

    >>> from datetime import UTC
    >>> from io import StringIO
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(id="7", company="Novin Tejarat", at=monday)
    >>> filled = StringIO("Lead,Is a budget approved? [budget],Reached\n7,no,yes\n8,yes,")
    >>> told = read_calls(filled, [lead], at=monday)
    >>> print(told)
    rows: 2 read; leads: 1 changed; rows with cells that were not taken: 1
    >>> told.leads[0].stage, told.leads[0].answers["budget"].value
    ('contacted', False)
    """
    instant(at)
    if policy is not None:
        check_policy_kind(policy)
    called = converters.several(Lead, leads, "leads")
    by_id = {cut_text(lead.id).strip(): lead for lead in reversed(called)}
    reader = _Reader(by_id, at, by, policy, day_first)
    sheets, problems = filled_sheets(input, encoding=encoding, sheet=sheet)
    rows = tuple([row for filled in sheets for row in reader.rows_of(filled)])
    of_sheets = [problem for filled in sheets for problem in filled.problems()]
    now = {lead.id: lead for lead in reader.by_id.values()}
    leads_now = tuple([now.pop(lead.id, lead) for lead in called])
    return CallResults(leads_now, rows, (*of_sheets, *problems))


@attrs.define
class _Reader:
    """Goes through the rows of all sheets, with the leads as they become."""

    by_id: dict[str, Lead]
    at: datetime
    by: str
    policy: Policy | None
    day_first: bool | None
    order: bool | None = None
    seen: dict[str, CallRow] = attrs.field(factory=dict)

    def rows_of(self, sheet: FilledSheet) -> Iterator[CallRow]:
        """Take in the rows of one sheet, whose days tell together in which order they are."""
        self.order = sheet.day_first() if self.day_first is None else self.day_first
        for row in sheet.rows():
            if isinstance(row, Refused):
                yield CallRow(sheet.name, row.row, "", faults=row.faults)
            else:
                told = self._row(row, sheet.words)
                yield told

    def _row(self, row: FilledRow, words: CallWords) -> CallRow:
        id = row.cells["lead"]  # noqa: A001 - it is an id
        lead, first = self.by_id.get(id), self.seen.get(id)
        field = {"field": row.names["lead"]}
        if not id:
            return _unread(row, _NO_ID, field)
        if lead is None:
            return _unread(row, _UNKNOWN_ID, field)
        if first is not None:
            where = f" on {shown(first.sheet)}" if first.sheet != row.sheet else ""
            return _unread(row, _ID_TWICE, {**field, "row": first.row, "sheet": where})
        if lead.merged_into:
            return _unread(row, _MERGED, field)
        taken = RowTaken(row, lead, words, self.at, self.by, self.order)
        take_row(taken)
        events = taken.lead.events_since(lead.version)
        tells = taken.tells
        self._name_what_is_not_understood(taken, events)
        self.by_id[id] = taken.lead
        told = CallRow(
            row.sheet, row.row, lead.id, events, tuple(taken.faults), zone=self.at.tzinfo or UTC
        )
        if tells:
            self.seen[id] = told
        return told

    def _name_what_is_not_understood(self, taken: RowTaken, events: Iterable[LeadEvent]) -> None:
        answered = {event.slot for event in events if isinstance(event, QuestionAnswered)}
        if self.policy is None or not answered:
            return
        for finding in judged(taken.lead, self.policy, at=self.at).findings:
            slots = answered & {path.removeprefix(_PLACE) for path in finding.facts}
            if finding.problem is not None:
                for slot in sorted(slots):
                    taken.note(_NOT_UNDERSTOOD, slot, why=finding.problem.message)


def _unread(row: FilledRow, text: Text, params: Mapping[str, object]) -> CallRow:
    fault = RowFault(text, params, row.names["lead"])
    return CallRow(row.sheet, row.row, row.cells["lead"], faults=(fault,))
