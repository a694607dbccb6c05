"""What one filled-in row tells of its lead: who it is, answers, a call, and when to call again."""

from __future__ import annotations

from datetime import datetime

from ...errors import InvalidValue, Text
from ...qualification.events import QuestionAnswered
from ...values.answer import Answer
from ..cells.cell_values import as_cell
from ..rows.row_taken import RowTaken
from ..writing.excel_cells import cut_text
from .call_cells import answer_cell, answer_said, says_the_same
from .call_contacts import remark_of
from .call_days import day_meant, moment_of_call
from .call_versions import AsWritten, as_written, changed_cells
from .filled_blanks import TOLD_CHANGED, take_blanks
from .filled_call import take_call, take_next_call

_UNDATED = Text(
    "call_undated",
    "{field} was not taken: the other cells are, as if they were said on the day of reading",
    "put the day right and read the sheet again: the call is moved to it",
)
_LATER_STANDS = Text(
    "later_answer_stands",
    "{field} was taken as what was said on that day; an answer of a later day stands",
)
_REMARK = Text(
    "remark_changed",
    "{field} was changed, and is not read: it says what is known",
    "what is new in the column for the note",
)


def take_row(taken: RowTaken) -> None:
    """
    Take in all that is filled in. What was taken from the same row before changes nothing.

    A day of the call that cannot be read costs that cell: the others count from the reading on.
    """
    written = as_written(taken.cell("version"), taken.lead)
    before = taken.lead if written is None else written.lead
    day, when = taken.cell("called_on"), None
    if day:
        try:
            called = day_meant(day, at=taken.at, day_first=taken.day_first)
            day, when = called.isoformat(), moment_of_call(called, taken.lead, at=taken.at)
        except InvalidValue as error:
            taken.fault(error, "called_on")
            taken.note(_UNDATED, "called_on")
            day = ""
    take_blanks(taken, before)
    stood = cut_text(remark_of(before)) if written else taken.cell("remark")
    if "remark" in taken.row.cells and taken.cell("remark").split() != stood.split():
        taken.note(_REMARK, "remark")
    for column in changed_cells(taken.cell("version"), taken.row.cells):
        taken.note(TOLD_CHANGED, column)
    take_call(taken, before, when=when, day=day)
    for slot, cell in taken.row.answers.items():
        if cell:
            _answer(taken, slot, cell, written, when=when)
    take_next_call(taken, when=when)


def _answer(
    taken: RowTaken, slot: str, cell: str, written: AsWritten | None, *, when: datetime | None
) -> None:
    """Append an answer, unless it stood there, or was taken from this row before."""
    lead = taken.lead
    try:
        said = answer_said(cell)
    except InvalidValue as error:
        taken.fault(error, slot)
        return
    before, at = (lead, None) if written is None else (written.lead, written.at)
    standing = before.answers.get(slot)
    stood = as_cell(answer_cell(standing, taken.words, at=at))[0]
    if stood and says_the_same(said, answer_said(stood)):
        return
    if written is None and standing is not None and says_the_same(said, standing):
        return
    said_on = taken.day(when or taken.at)
    for event in lead.timeline[0 if written is None else written.version :]:
        if isinstance(event, QuestionAnswered) and event.slot == slot:
            same_day = taken.day(event.answer.at or event.at) == said_on
            if says_the_same(said, event.answer) and (written is not None or same_day):
                return
    when = _when_it_was_said(taken, slot, standing if written else None, when=when)
    taken.attempt(slot, lambda: lead.answer(slot, said, at=taken.at, when=when, by=taken.by))


def _when_it_was_said(
    taken: RowTaken, slot: str, shown: Answer | None, *, when: datetime | None
) -> datetime | None:
    """
    Give the day of the call, unless what the sheet showed, or its list, would then stand over it.

    A list that tells no days is as old as its reading, which may be after the call.
    """
    known = taken.lead.answers.get(slot)
    if when is None or known is None or known.at is None or known.at <= when:
        return when
    if known == shown or known.at == taken.at:
        return None
    taken.note(_LATER_STANDS, slot)
    return when
