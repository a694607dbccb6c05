"""The call that a filled-in row tells of, and the next one that it plans."""

from __future__ import annotations

from datetime import datetime

from ...activities.events import ActivityLogged
from ...activities.logging import correct
from ...activities.planning import move_step, plan_step
from ...activities.steps import StepMoved, StepPlanned
from ...errors import InvalidValue, Text
from ...leads.lead import Lead
from ...values.instants import instant
from ..cells.truths import truth_said
from ..rows.row_taken import RowTaken
from .call_days import day_meant

_CALL = "call"
_DAY = len("2026-03-31")
_DUE = StepPlanned, StepMoved
_NO_YES = Text(
    "reached_unknown",
    "{field} is neither yes nor no: it was not taken",
    "yes or no, with or without a note: no, voicemail",
)
_IS_A_NOTE = Text(
    "reached_told_otherwise",
    "{field} is neither yes nor no: it is kept in the note of the call",
    "yes or no, with or without a note: no, voicemail",
)
_STEP_GONE = Text(
    "step_of_call_gone",
    "{field} was not taken: the call that it had planned was done or dropped since",
    "plan it on the lead itself",
)
_BEFORE_CALL = Text(
    "call_again_before_call",
    "{field} was taken, though it lies before the day of the call or of the reading",
    "another day, if it was a slip",
)
_WITHDRAWN = Text(
    "call_withdrawn", "{field} was not taken: the call of this row was withdrawn since"
)


def take_call(taken: RowTaken, before: Lead, *, when: datetime | None, day: str) -> None:
    """
    Log the call, or correct it where it was logged from this row before.

    A call that reached them does the call that the sheet told as the next step. One whose day was
    not told is moved to the day that is told later.
    """
    column = next((name for name in ("note", "reached") if taken.cell(name)), "")
    column = column or ("called_on" if day else "")
    if not column:
        return
    reached, note = _reached_and_note(taken)
    is_told = _log_or_correct(taken, before, column, reached, note, when=when, day=day)
    if reached is None and taken.cell("reached"):
        taken.note(_IS_A_NOTE if is_told else _NO_YES, "reached")


def _log_or_correct(
    taken: RowTaken,
    before: Lead,
    column: str,
    reached: bool | None,  # noqa: FBT001 - as it was read
    note: str,
    *,
    when: datetime | None,
    day: str,
) -> bool:
    """Log the call that a row tells, or correct it; say whether it stands there now."""
    call = taken.id_of(_CALL, day)
    known = _activity(taken.lead, call)
    if known is None and (undated := _undated(taken, day)):
        call, known = undated.id, undated
    if known is not None and not taken.lead.engagement.knows(call):
        taken.note(_WITHDRAWN, column)
        return False
    if known is not None:
        _correct(taken, known, reached=reached, note=note, when=when)
        return True
    lead, planned = taken.lead, before.steps.next
    is_done = reached and planned is not None and planned.kind == _CALL
    done = planned.id if planned and is_done and lead.steps.find(planned.id) else ""
    taken.attempt(
        column,
        lambda: lead.log(
            _CALL,
            at=taken.at,
            when=when,
            reached=reached,
            note=note,
            done=done,
            id=call,
            by=taken.by,
        ),
    )
    return taken.lead is not lead


def _reached_and_note(taken: RowTaken) -> tuple[bool | None, str]:
    """Read whether they were reached; "voicemail" alone, or in "no, voicemail", is noted."""
    cell, note = taken.cell("reached"), taken.cell("note")
    said = truth_said(cell)
    if said is None or not isinstance(said.value, bool):
        return None, "\n".join(filter(None, [note, cell]))
    return said.value, "\n".join(filter(None, [note, said.note]))


def _activity(lead: Lead, id: str) -> ActivityLogged | None:
    """Find the call of an id, as it was corrected last."""
    told = (getattr(event, "activity", event) for event in reversed(lead.timeline))
    return next((one for one in told if isinstance(one, ActivityLogged) and one.id == id), None)


def _undated(taken: RowTaken, day: str) -> ActivityLogged | None:
    """Find the call of this row that was read without a day, unless it was on another since."""
    known = _activity(taken.lead, taken.id_of(_CALL)) if day else None
    if known is None or known.when is None:
        return known
    return known if taken.day(known.when).isoformat() == day[:_DAY] else None


def _correct(
    taken: RowTaken,
    known: ActivityLogged,
    *,
    reached: bool | None,
    note: str,
    when: datetime | None,
) -> None:
    changed: dict[str, object] = {}
    if when is not None and known.when is None and taken.day(known.at) != taken.day(when):
        changed["when"] = when
    if reached is not None and reached is not known.reached:
        changed["reached"] = reached
    if note and note != known.note:
        changed["note"] = note
    for field in list(changed)[-1:]:
        column = "called_on" if field == "when" else field
        taken.attempt(
            column, lambda: correct(taken.lead, known.id, at=taken.at, by=taken.by, **changed)
        )


def take_next_call(taken: RowTaken, *, when: datetime | None) -> None:
    """Plan the next call, or move it where it was planned from this row before."""
    text = taken.cell("call_again")
    if not text:
        return
    try:
        due = day_meant(text, at=taken.at, day_first=taken.day_first)
        due = instant(due) if isinstance(due, datetime) else due
    except InvalidValue as error:
        taken.fault(error, "call_again")
        return
    lead, step, at, by = taken.lead, taken.id_of("step"), taken.at, taken.by
    dues = [one.due for one in lead.timeline if isinstance(one, _DUE) and one.id == step]
    planned = lead.steps.find(step)
    day = taken.day(due) if isinstance(due, datetime) else due
    if due not in dues and day < taken.day(when or at):
        taken.note(_BEFORE_CALL, "call_again")
    if not dues:
        taken.attempt("call_again", lambda: plan_step(lead, _CALL, due=due, id=step, at=at, by=by))
    elif planned is None and due not in dues:
        taken.note(_STEP_GONE, "call_again")
    elif planned is not None and planned.due != due:
        taken.attempt("call_again", lambda: move_step(lead, step, due=due, at=at, by=by))
