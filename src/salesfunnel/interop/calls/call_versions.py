"""
The hidden column of a call sheet: how much of a lead was known, and when, as it was written.

Behind that stand marks of the cells that only the ranking could tell again, so that a change shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from zlib import crc32

import attrs

from ...errors import SalesFunnelError
from ...leads.lead import Lead
from ..cells.cell_values import as_cell
from ..writing.tables import Cell

_BETWEEN = " @ "
_LONGEST_NUMBER = 9
_BEFORE_MARKS = " # "
_LONGEST = 200

MARKED = ("place", "why", "next_step", "ask")
"""The columns of which a mark is kept."""


def written_when(version: int, at: datetime, marked: Iterable[Cell] = ()) -> str:
    """
    Write down the version of a lead, the moment, and marks of the cells of `MARKED`.

    >>> written_when(3, datetime(2026, 3, 2, 9, tzinfo=UTC))
    '3 @ 2026-03-02T09:00:00+00:00'
    >>> written_when(3, datetime(2026, 3, 2, 9, tzinfo=UTC), [1, "need yes"])
    '3 @ 2026-03-02T09:00:00+00:00 # efb7 0243'
    """
    marks = " ".join(_mark(as_cell(cell)[0]) for cell in marked)
    when = f"{version}{_BETWEEN}{at.astimezone(UTC).isoformat()}"
    return f"{when}{_BEFORE_MARKS}{marks}" if marks else when


def without_marks(text: str) -> str:
    """
    Give the version and the moment alone.

    >>> without_marks("3 @ 2026-03-02T09:00:00+00:00 # efb7 0243")
    '3 @ 2026-03-02T09:00:00+00:00'
    """
    return text.partition(_BEFORE_MARKS)[0]


def changed_cells(text: str, cells: Mapping[str, str]) -> list[str]:
    """
    Name the columns of `MARKED` that do not stand as they were written; without marks, none.

    >>> marks = "3 @ 2026-03-02T09:00:00+00:00 # efb7 0243"
    >>> changed_cells(marks, {"place": "2", "why": "need yes"})
    ['place']
    """
    marks = text[:_LONGEST].partition(_BEFORE_MARKS)[2].split()
    return [
        column
        for column, mark in zip(MARKED, marks, strict=False)
        if column in cells and _mark(cells[column]) != mark
    ]


def _mark(text: str) -> str:
    """Give a mark of a text, however it is spaced."""
    return f"{crc32(' '.join(text.split()).encode('utf-8', 'replace')) & 0xFFFF:04x}"


@attrs.frozen
class AsWritten:
    """A lead as it stood when its row was written: how many events it had, and when that was."""

    lead: Lead
    version: int
    at: datetime


def as_written(text: str, lead: Lead) -> AsWritten | None:
    """
    Find out how a lead stood when its row was written; nothing where that cannot be told any more.

    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> as_written(written_when(1, monday), lead.log("call", at=monday)).lead == lead
    True
    """
    number, _, moment = without_marks(text[:_LONGEST]).partition(_BETWEEN)
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        return None
    version = int(number)
    if not 0 < version <= lead.version:
        return None
    with suppress(ValueError, SalesFunnelError):  # a text of another, or a history put together
        at = datetime.fromisoformat(moment)
        stood = lead if version == lead.version else Lead.replay(lead.timeline[:version])
        return AsWritten(stood, version, at) if at.tzinfo else None
    return None
