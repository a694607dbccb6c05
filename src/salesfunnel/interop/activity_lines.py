"""Files of activities: the calls, messages, meetings and tasks of another system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

import attrs

from ..activities.events import ActivityLogged
from ..activities.steps import StepPlanned
from ..errors import Text
from ..values import converters
from ..values.answer import AnswerValue
from ..values.frozen_map import FrozenMap
from ..values.ids import derived_id
from ..values.instants import instant
from .inputs.inputs import Readable
from .mapping.mapping import FileMapping
from .mapping.recognition import opened_list
from .rows.overlay import later_words, with_texts
from .rows.reading import FileReading
from .rows.row_fields import RowFields
from .rows.row_reader import RowReader
from .stage_lines import no_day

_NEEDED = ("happened", "due", "kind", "subject")
_LINKS = ("lead_id", "opportunity_id", "account_id", "person_id", "about")
_FIELDS = (
    *("kind", "status", "day", "inbound", "reached", "outcome"),
    *("person", "campaign", "owner", "note"),
)
_UNKNOWN_KIND = "activity"
_NO_DAY = Text("activity_without_day", "it has no day: taken as that of the import")
_AHEAD = Text("done_in_future", "it was done in the future: taken as planned")
_NOTHING = Text(
    "row_without_activity", "tells of no activity", "fill its kind, its subject or its day"
)


def _ids(texts: Iterable[str]) -> tuple[str, ...]:
    return converters.several(str, texts, "about")


@attrs.frozen(kw_only=True)
class ActivityLine:
    """
    A line of a list of activities: what happened or is planned, when, and with whom.

    ``about`` are the ids of the leads, deals, accounts and people that it is about.

    >>> from datetime import UTC
    >>> call = ActivityLine(
    ...     id="1", kind="call", status="done", day=datetime(2026, 3, 2, tzinfo=UTC), about=["7"]
    ... )
    >>> call.event(at=call.day).kind
    'call'
    """

    id: str = attrs.field(converter=converters.identity)
    kind: str = attrs.field(converter=converters.kind)
    status: str
    """done, planned or dropped"""
    day: datetime = attrs.field(converter=instant)
    """When it happened, or is due."""
    inbound: bool | None = None
    reached: bool | None = None
    outcome: str = ""
    person: str = attrs.field(default="", repr=False)
    campaign: str = ""
    owner: str = ""
    note: str = attrs.field(default="", repr=False)
    about: tuple[str, ...] = attrs.field(default=(), converter=_ids)
    details: FrozenMap[str, AnswerValue] = attrs.field(
        default=FrozenMap[str, AnswerValue](), converter=converters.details
    )

    def event(self, *, at: datetime) -> ActivityLogged | StepPlanned:
        """Tell it as an event that is entered at a time: an activity, or a step that is planned."""
        if self.status == "planned":
            return StepPlanned(
                at=at,
                id=self.id,
                kind=self.kind,
                due=self.day.date(),
                owner=self.owner,
                note=self.note,
            )
        return ActivityLogged(
            at=at,
            by=self.owner,
            id=self.id,
            kind=self.kind,
            inbound=self.inbound,
            reached=self.reached,
            outcome=self.outcome,
            when=None if self.day == at else self.day,
            person=self.person,
            campaign=self.campaign,
            note=self.note,
        )


def read_activities(
    input: Readable,
    *,
    at: datetime,
    mapping: FileMapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    strict: bool = False,
) -> FileReading[ActivityLine]:
    r"""
    Open a list of activities; ``at`` is the instant of the import, which tells past from future.

    What is done is logged and what is planned becomes a next step, once `combine` has put it on the
    timelines that it is about. Raises `UnreadableFile` when not one row could be read.

    >>> from datetime import UTC
    >>> from io import StringIO
    >>> calls = StringIO("Type,Date,Deal ID,Subject\nتماس تلفنی,2026-02-27,7,asked for a demo\n")
    >>> (found,) = read_activities(calls, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> found.entity.kind, found.entity.status, found.entity.about
    ('call', 'done', ('7',))
    """
    records, mapping, columns = opened_list(
        input,
        mapping,
        kind="activity",
        needed=_NEEDED,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
    )
    make = partial(_activity, at=instant(at))
    reader = RowReader(make=make, keys_in=_keys, join=_joined, when=no_day)
    return FileReading(records, mapping, columns, reader, strict)


def _keys(row: RowFields) -> tuple[str, ...]:
    return (_identity(row),)


def _identity(row: RowFields) -> str:
    return row.name("id") or derived_id("activity", *row.cells)


def _joined(known: ActivityLine, told: ActivityLine, _row: RowFields) -> ActivityLine:
    """Add what a further row tells; what it takes the place of is kept as text."""
    news, replaced = later_words(known, told, _FIELDS)
    about = tuple(dict.fromkeys((*known.about, *told.about)))
    details = with_texts(known.details, replaced, told.details)
    later = attrs.evolve(known, about=about, details=details, **news)
    return known if later == known else later


def _activity(row: RowFields, *, at: datetime) -> ActivityLine | None:
    happened, due = row.moment("happened"), row.moment("due")
    kind, subject = _kind(row), row.text("subject")
    if not (happened or due or kind or subject):
        row.refuse(_NOTHING)
        return None
    status = row.word("status") or ("planned" if (happened or due or at) > at else "done")
    day = (due or happened) if status == "planned" else (happened or due)
    if day is None:
        row.note(_NO_DAY)
        day = at
    if status == "done" and day > at:
        row.note(_AHEAD)
        status = "planned"
    other = "due" if day == happened else "happened"
    if happened and due and happened != due:
        row.keep(other, row.text(other))
    direction = row.word("direction")
    note = "\n".join(filter(None, [subject, row.text("note")]))
    row.keep_details()
    return ActivityLine(
        id=_identity(row),
        kind=kind or _UNKNOWN_KIND,
        status=status,
        day=day,
        inbound=None if direction is None else direction == "inbound",
        reached=row.is_so("reached"),
        outcome=row.line("outcome"),
        person=row.line("person"),
        campaign=row.line("campaign"),
        owner=row.line("owner"),
        note=note,
        about=_about(row),
        details=FrozenMap(row.details),
    )


def _kind(row: RowFields) -> str:
    """Read the kind: a word that is known, or the words of the file."""
    words = row.name("kind")
    known = row.columns.noun.meaning_of(words, field="kind") if words else None
    return known or words


def _about(row: RowFields) -> tuple[str, ...]:
    ids = (text.strip() for field in _LINKS for _, text in row.filled(field))
    return tuple(dict.fromkeys(filter(None, ids)))
