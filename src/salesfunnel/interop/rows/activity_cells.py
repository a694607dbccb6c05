"""What stands in the cells of an activity, field by field; and the activities of a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from ...accounts.account import Account
from ...activities.events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from ...leads.lead import Lead
from ...opportunities.opportunity import Opportunity
from ...values.ids import derived_id
from ..activity_lines import ActivityLine
from ..mapping.word_meanings import KINDS_OF_ACTIVITY
from .told_parts import Cells, Told

_LINKS = ("about", "opportunity_id", "lead_id", "account_id", "person_id")


def activity_cells(line: ActivityLine, cells: Cells) -> Told:
    """
    Tell an activity field by field.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> call = ActivityLine(id="1", kind="call", status="done", day=at, about=["7"], note="called")
    >>> activity_cells(call, Cells.of(load_mapping("salesfunnel"), "activity")).cells["about"]
    '7'
    """
    columns = cells.columns
    told = Told({"id": line.id, "person": line.person, "campaign": line.campaign}, is_usual=False)
    told.cells |= {"owner": line.owner, "outcome": line.outcome}
    known = columns.word("kind", line.kind)
    told.cells["kind"] = known if line.kind in KINDS_OF_ACTIVITY else line.kind
    told.cells["status"] = cells.words.status(line.kind, line.status)
    days = ("due", "happened") if line.status == "planned" else ("happened", "due")
    for field in (next(filter(columns.has, days), days[0]), *filter(columns.demands, days)):
        told.cells[field] = cells.values.moment(line.day)
    if line.inbound is not None:
        told.cells["direction"] = columns.word(
            "direction", "inbound" if line.inbound else "outbound"
        )
    if line.reached is not None:
        told.cells["reached"] = cells.words.flag("reached", is_so=line.reached)
    _tell_note(told, line.note, cells)
    links = list(filter(columns.has, _LINKS))
    if line.about and links:
        told.cells[links[0]] = line.about[0]
    cells.tell_details(told, line.details)
    return told


def _tell_note(told: Told, note: str, cells: Cells) -> None:
    """Let the first line be the subject, where there is one."""
    subject, _, more = note.partition("\n")
    if not cells.columns.has("subject"):
        told.cells["note"] = note
    elif not cells.columns.has("note"):
        told.cells["subject"] = note
    else:
        told.cells["subject"], told.cells["note"] = subject, more


def activities_of(noun: Lead | Opportunity | Account) -> Iterator[ActivityLine]:
    """
    Give what happened to a lead, a deal or an account, and what is planned, a line each.

    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> [
    ...     line.kind
    ...     for line in activities_of(Lead.capture(company="Novin", at=at).log("call", at=at))
    ... ]
    ['call']
    """
    done: dict[str, ActivityLogged] = {}
    for number, event in enumerate(noun.timeline):
        if isinstance(event, ActivityLogged):
            done[event.id or derived_id("activity", noun.id, str(number))] = event
        elif isinstance(event, ActivityCorrected):
            done[event.activity.id] = event.activity
        elif isinstance(event, ActivityWithdrawn):
            done.pop(event.id, None)
    for name, event in done.items():
        yield ActivityLine(
            id=name,
            kind=event.kind,
            status="done",
            day=event.when or event.at,
            inbound=event.inbound,
            reached=event.reached,
            outcome=event.outcome,
            person=event.person,
            campaign=event.campaign,
            owner=event.by,
            note=event.note,
            about=[noun.id],
        )
    for step in noun.steps.open:
        yield ActivityLine(
            id=step.id,
            kind=step.kind,
            status="planned",
            day=_moment(step.due),
            owner=step.owner,
            note=step.note,
            about=[noun.id],
        )


def _moment(due: date) -> datetime:
    return due if isinstance(due, datetime) else datetime.combine(due, time(), tzinfo=UTC)
