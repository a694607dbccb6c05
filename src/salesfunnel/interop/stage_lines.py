"""Files of stage histories: when which deal or lead of another system stood in which stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import attrs

from ..errors import Text
from ..values import converters
from ..values.answer import AnswerValue
from ..values.frozen_map import FrozenMap
from ..values.ids import derived_id
from ..values.instants import instant
from ..values.money import Money
from ..values.text import shown
from .inputs.inputs import Readable
from .mapping.mapping import FileMapping
from .mapping.recognition import opened_list
from .rows.reading import FileReading
from .rows.row_fields import RowFields
from .rows.row_reader import RowReader

_NEEDED = ("entered", "left")
_CALLED = {"id": "of which deal or lead it is", "stage": "the stage", "entered": "since when"}
_USELESS = Text(
    "stage_line_incomplete",
    "does not tell {missing}",
    "fill the columns of the deal or lead, of the stage, and of the day on which it was entered",
)
_UNKNOWN_COLUMN = Text(
    "stage_line_column_unknown",
    "does not tell {missing}: no column is known for it, and these are not read: {unread}",
    "rename a column, or name a mapping that knows it (--mapping FILE, mapping=…)",
)
_MOST_NAMED = 5
_LONGEST_COLUMN = 40
_NEGATIVE = Text("left_before_entered", "the stage was left before it was entered: left out")


def _left(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="left")


@attrs.frozen(kw_only=True)
class StageLine:
    """
    A line of a stage history: where a deal or a lead, ``of``, stood since when, and until when.

    >>> from datetime import UTC
    >>> since = datetime(2026, 3, 2, tzinfo=UTC)
    >>> StageLine(id="1", of="7", stage="Proposal", entered=since).left is None
    True
    """

    id: str = attrs.field(converter=converters.identity)
    of: str = attrs.field(converter=converters.identity)
    stage: str
    """The stage as the file names it."""
    from_stage: str = ""
    entered: datetime = attrs.field(converter=instant)
    left: datetime | None = attrs.field(default=None, converter=_left)
    by: str = attrs.field(default="", repr=False)
    amount: Money | None = None
    expected_close: date | None = None
    details: FrozenMap[str, AnswerValue] = attrs.field(
        default=FrozenMap[str, AnswerValue](), converter=converters.details
    )


def read_stage_history(
    input: Readable,
    *,
    mapping: FileMapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    strict: bool = False,
) -> FileReading[StageLine]:
    r"""
    Open a stage history: a line for each stage of a deal or lead, or for each change of stage.

    The lines keep the order of the file; `combine` puts them on the timelines of their deals and
    leads, with the stages of their pipelines. A line that lacks the deal, the stage or the day is
    refused. Raises `UnreadableFile` when not one row could be read.

    >>> from io import StringIO
    >>> lines = StringIO("Deal ID,Stage,Entered,Left\n7,Proposal,2026-03-02,2026-03-09\n")
    >>> (found,) = read_stage_history(lines)
    >>> found.entity.of, found.entity.stage, (found.entity.left - found.entity.entered).days
    ('7', 'Proposal', 7)
    """
    records, mapping, columns = opened_list(
        input,
        mapping,
        kind="history",
        needed=_NEEDED,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
    )
    reader = RowReader(make=_line, keys_in=_keys, join=first_of, when=no_day)
    return FileReading(records, mapping, columns, reader, strict)


def ways_told(lines: Iterable[StageLine]) -> dict[str, list[str]]:
    r"""
    List the words of the stages through which each deal or lead came, by its id.

    >>> from io import StringIO
    >>> lines = StringIO("ID,Stage,Entered\n7,Won,2026-03-02\n7,Offer,2026-02-02\n")
    >>> ways_told(read_stage_history(lines).entities())
    {'7': ['Offer', 'Won']}
    """
    ways: dict[str, list[str]] = {}
    for line in sorted(lines, key=attrgetter("entered")):
        ways.setdefault(line.of, []).extend(filter(None, (line.from_stage, line.stage)))
    return ways


def id_of_row(row: RowFields) -> str:
    """Derive an id from all that a row says: only a row that is equal is about the same."""
    return derived_id("line", *row.cells)


def _keys(row: RowFields) -> tuple[str, ...]:
    return (id_of_row(row),)


def first_of(known: Any, _told: Any, _row: RowFields) -> Any:  # noqa: ANN401 - a line
    """Say that an equal row tells nothing new."""
    return known


def no_day(_line: object) -> None:
    """Say that the order of the file counts."""


def _refuse(row: RowFields, told: Mapping[str, object]) -> None:
    """Say what a line does not tell; a column that is not known may be filled all the same."""
    missing = [field for field, value in told.items() if not value]
    names = ", ".join(_CALLED[field] for field in missing)
    unread = row.columns.unread
    if unread and not all(field in row.columns.places for field in missing):
        columns = [shown(column, limit=_LONGEST_COLUMN) for column in unread[:_MOST_NAMED]]
        row.refuse(_UNKNOWN_COLUMN, missing=names, unread=", ".join(columns))
        return
    row.refuse(_USELESS, missing=names)


def _line(row: RowFields) -> StageLine | None:
    of, stage, entered = row.name("id"), row.line("stage"), row.instant("entered")
    left = row.instant("left")
    if not (of and stage and entered):
        _refuse(row, {"id": of, "stage": stage, "entered": entered})
        return None
    if left is not None and left < entered:
        row.note(_NEGATIVE, row.header_of("left"))
        row.keep("left", row.text("left"))
        left = None
    amount, close = row.money("amount"), row.instant("expected_close")
    if amount is None:
        row.set_aside("currency", noun="a line without an amount")
    row.keep_details()
    return StageLine(
        id=id_of_row(row),
        of=of,
        stage=stage,
        from_stage=row.line("from_stage"),
        entered=entered,
        left=left,
        by=row.line("by"),
        amount=amount,
        expected_close=close.date() if close else None,
        details=FrozenMap(row.details),
    )
