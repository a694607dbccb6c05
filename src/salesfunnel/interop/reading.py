"""The reading of a file: each row of it is accepted as an entity, or refused with its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

import attrs

from ..errors import SalesFunnelError, Text
from .encoding import Encoding
from .mapping import FileMapping
from .noun_mapping import MappedColumns
from .records import Records
from .row_fault import Refused, RowFault
from .row_fields import RowFields
from .totals import is_total

_TOTALS = Text("row_of_totals", "is a row of totals, not an entry of the list")
_NOT_AN_ENTITY = Text("not_an_entity", "cannot be read: {problem}")
EntityT = TypeVar("EntityT")


@attrs.frozen
class Accepted(Generic[EntityT]):
    """
    A row that became an entity, with notes on what is odd about it.

    >>> found = Accepted(2, "a lead", (RowFault(Text("early", "it was closed too early")),))
    >>> found.row, str(found.notes[0])
    (2, 'it was closed too early')
    """

    row: int
    entity: EntityT
    notes: tuple[RowFault, ...] = ()


@attrs.frozen
class FileReading(Generic[EntityT]):
    r"""
    A file that is read row by row: iterate over it, and each row is accepted or refused.

    Made by `read_leads` and `read_opportunities`.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> from salesfunnel.interop import read_leads
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cards = Path(folder, "cards.csv")
    ...     _ = cards.write_text("Name,Weather\nSara Ahmadi,fine\n", encoding="utf-8")
    ...     reading = read_leads(cards, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> reading.mapping.name, reading.unread_columns
    ('salesfunnel', ('Weather',))
    """

    records: Records = attrs.field(repr=False)
    mapping: FileMapping
    columns: MappedColumns = attrs.field(repr=False)
    make: Callable[[RowFields], EntityT | None] = attrs.field(repr=False)
    strict: bool = False
    """Whether a cell that cannot be read refuses its row."""

    @property
    def encoding(self) -> Encoding | None:
        """How the bytes became letters, and how sure that is; ``None`` where there are none."""
        return self.records.input.encoding

    @property
    def how(self) -> Mapping[str, str]:
        """How the list is read: its encoding, its sheet."""
        return self.records.input.how

    @property
    def header_row(self) -> int:
        """The row in which the header stands; what is above it is a title."""
        return self.records.header_row

    @property
    def unread_columns(self) -> tuple[str, ...]:
        """The columns of the file that the mapping does not know."""
        return self.columns.unread

    def __iter__(self) -> Iterator[Accepted[EntityT] | Refused]:
        """Give each row in the order of the file, one at a time."""
        for record in self.records:
            if isinstance(record, Refused):
                yield record
            else:
                yield self._judged(RowFields(record, self.columns, strict=self.strict))

    def _judged(self, row: RowFields) -> Accepted[EntityT] | Refused:
        if is_total(row.cells, calls=self.columns.calls):
            return Refused(row.number, (RowFault(_TOTALS),))
        try:
            entity = self.make(row)
        except SalesFunnelError as error:
            return Refused(row.number, (RowFault(_NOT_AN_ENTITY, {"problem": str(error)}),))
        if entity is None or row.faults:
            return Refused(row.number, tuple(dict.fromkeys(row.faults)))
        return Accepted(row.number, entity, tuple(dict.fromkeys(row.notes)))
