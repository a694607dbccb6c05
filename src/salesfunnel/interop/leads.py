"""Files of leads: an exhibition list, a bought list, or the export of another system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from ..history.timeline import Event
from ..leads.events import LeadCaptured, LeadConverted, LeadDisqualified
from ..leads.identity import content_id
from ..leads.lead import Lead
from ..leads.reasons import DisqualificationReason
from ..pipeline.presets import LEAD_PIPELINE
from ..pipeline.stage import Stage, StageKind
from ..qualification.events import QuestionAnswered
from ..values.answer import Answer
from ..values.company import Company
from ..values.contact_points import ContactKind, ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.person import Person
from .accepted import FileReading, columns_of
from .cells import Row
from .mapping import Mapping, key
from .recognition import recognise_mapping
from .records import read_records

_POINTS = {
    "email": ContactKind.EMAIL,
    "phone": ContactKind.PHONE,
    "mobile": ContactKind.MOBILE,
    "fax": ContactKind.FAX,
}
_ANSWERS, _DETAILS = "answers.", "details."
NAMING = frozenset({"person", "given_name", "family_name", "company", *_POINTS})
"""The fields of which a file of leads needs one."""


def read_leads(
    path: str | Path,
    *,
    at: datetime,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> FileReading[Lead]:
    r"""
    Open a file of leads; ``at`` is the instant of the import, for rows that give no date.

    Without a mapping, the one that comes with the library and knows most of the columns is taken.
    Raises `UnreadableFile` when not one row could be read.

    >>> import tempfile
    >>> from datetime import UTC
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cards = Path(folder, "cards.csv")
    ...     _ = cards.write_text("Name,Besoin\nSara Ahmadi,oui\n,peut-être\n", encoding="utf-8")
    ...     for found in read_leads(cards, at=datetime(2026, 3, 2, tzinfo=UTC)):
    ...         print(found)
    Accepted(row=2, entity=Lead(...), notes=())
    row 3, Besoin: is no word that the mapping knows for answers; allowed: yes, no, unknown
    """
    records = read_records(Path(path), encoding=encoding, delimiter=delimiter)
    mapping = mapping or recognise_mapping(records.header, kind="lead")
    columns = columns_of(records, mapping, mapping.lead, needed=NAMING)
    return FileReading(records, mapping, columns, partial(_lead, at=instant(at)))


def _lead(row: Row, *, at: datetime) -> tuple[Lead, tuple[str, ...]] | None:
    """Make a lead of a row: its capture, its answers, and how it ended if it did."""
    captured, ended = row.instant("captured"), row.instant("converted_on")
    began = captured or min(ended or at, at)
    stage, notes = _stage(row)
    person, company, points = _person(row), _company(row), _contact_points(row)
    opened = stage if stage.kind is StageKind.OPEN else LEAD_PIPELINE.initial
    asked = [field.removeprefix(_ANSWERS) for field in row.fields(_ANSWERS)]
    answers = {slot: row.truth(f"{_ANSWERS}{slot}") for slot in asked}
    source, details = row.source(), row.texts(_DETAILS) | row.some_texts("note")
    if row.problems:
        return None
    if captured and ended and ended < captured:
        notes = (*notes, "it was converted before it was captured: taken as the same moment")
    events: list[Event] = [
        LeadCaptured(
            at=began,
            id=row.text("id") or content_id(person, company, points),
            person=person,
            company=company,
            contact_points=points,
            source=source,
            source_words=row.text("source"),
            details=FrozenMap(details),
            pipeline=LEAD_PIPELINE,
            to_stage=opened.name,
        ),
        *(
            QuestionAnswered(at=began, slot=slot, answer=Answer(value))
            for slot, value in answers.items()
            if value is not None
        ),
        *_ending(row, stage, opened, at=max(ended or began, began)),
    ]
    return Lead.replay(events), notes


def _stage(row: Row) -> tuple[Stage, tuple[str, ...]]:
    """Find the stage; where a stage says converted and a flag says not, the flag is believed."""
    stage = LEAD_PIPELINE.stage(row.word("stage") or LEAD_PIPELINE.initial.name)
    converted = row.truth("converted")
    if stage.kind is StageKind.WON and converted is False:
        note = "its stage says converted, its flag says not: taken as qualified"
        return LEAD_PIPELINE.stage("qualified"), (note,)
    return LEAD_PIPELINE.stage("converted") if converted else stage, ()


def _ending(row: Row, stage: Stage, opened: Stage, *, at: datetime) -> Iterator[Event]:
    """Tell how the lead ended, as the file tells it; what other systems allowed is history."""
    way = {"from_stage": opened.name, "to_stage": stage.name}
    if stage.kind is StageKind.WON:
        links = {field: row.text(field) for field in ("account_id", "opportunity_id", "contact_id")}
        yield LeadConverted(at=at, trigger="convert", **way, **links)
    if stage.kind is StageKind.LOST:
        words = row.text("reason")
        known = row.columns.section.values["reason"].get(key(words))
        reason = known or (
            DisqualificationReason.OTHER if words else DisqualificationReason.UNKNOWN
        )
        yield LeadDisqualified(at=at, trigger="disqualify", **way, reason=reason, note=words)


def _person(row: Row) -> Person | None:
    parts = {
        "given": row.text("given_name"),
        "family": row.text("family_name"),
        "salutation": row.text("salutation"),
        "job_title": row.text("job_title"),
    }
    name = row.text("person") or f"{parts['given']} {parts['family']}".strip()
    return row.build("person", Person, name, **parts) if name else None


def _company(row: Row) -> Company | None:
    name = row.text("company")
    known = {
        "employees": row.employees("employees"),
        "annual_revenue": row.money("annual_revenue"),
        "industry": row.text("industry"),
        "website": row.text("website"),
        "city": row.text("city"),
        "country": row.text("country"),
    }
    return row.build("company", Company, name, **known) if name else None


def _contact_points(row: Row) -> tuple[ContactPoint, ...]:
    points = [
        row.build(field, ContactPoint, kind, text)
        for field, kind in _POINTS.items()
        for _, text in row.cells_of(field)
    ]
    return tuple(point for point in points if point is not None)
