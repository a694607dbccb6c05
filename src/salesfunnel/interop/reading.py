"""What becomes of a row: it is accepted as an entity, or refused with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import attrs

from ..errors import SalesFunnelError
from .columns import Columns
from .mapping import FileMapping
from .records import Records, Refused
from .row_fields import RowFields

EntityT = TypeVar("EntityT")


@attrs.frozen
class Accepted(Generic[EntityT]):
    """
    A row that became an entity, with notes on whatever about it was odd.

    >>> Accepted(2, "a lead", ("closed before it was opened",)).row
    2
    """

    row: int
    entity: EntityT
    notes: tuple[str, ...] = ()


@attrs.frozen
class FileReading(Generic[EntityT]):
    """
    A file that is read row by row: iterate over it, and each row is accepted or refused.

    Made by `read_leads` and `read_opportunities`.

    >>> FileReading.__name__
    'FileReading'
    """

    records: Records = attrs.field(repr=False)
    columns: Columns = attrs.field(repr=False)
    make: Callable[[RowFields], EntityT | None] = attrs.field(repr=False)

    @property
    def mapping(self) -> FileMapping:
        """The mapping by which the file is read."""
        return self.columns.mapping

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
                yield self._judged(RowFields(record, self.columns))

    def _judged(self, row: RowFields) -> Accepted[EntityT] | Refused:
        if row.is_total:
            return Refused(row.number, "", "is a row of totals: it is no entry of the list")
        try:
            entity = self.make(row)
        except SalesFunnelError as error:
            return Refused(row.number, "", str(error))
        if entity is not None:
            return Accepted(row.number, entity, tuple(dict.fromkeys(row.notes)))
        (column, problem), *others = dict.fromkeys(row.problems)
        more = (f"{header} {what}" for header, what in others)
        return Refused(row.number, column, "; ".join((problem, *more)))
