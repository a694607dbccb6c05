"""What becomes of a row: it is accepted as an entity, or refused with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import attrs

from ..errors import InvalidValue, UnreadableFile
from .cells import Columns, Row
from .mapping import Mapping, Section
from .records import Records, Refused

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

    >>> FileReading.__name__
    'FileReading'
    """

    records: Records = attrs.field(repr=False)
    mapping: Mapping = attrs.field(repr=False)
    columns: Columns = attrs.field(repr=False)
    make: Callable[[Row], tuple[EntityT, tuple[str, ...]] | None] = attrs.field(repr=False)

    @property
    def unread_columns(self) -> tuple[str, ...]:
        """The columns of the file that the mapping does not know."""
        return self.columns.unread

    def __iter__(self) -> Iterator[Accepted[EntityT] | Refused]:
        """Give each row in the order of the file, one at a time."""
        for record in self.records:
            if isinstance(record, Refused):
                yield record
                continue
            yield self._judged(Row(record, self.columns))

    def _judged(self, row: Row) -> Accepted[EntityT] | Refused:
        try:
            made = self.make(row)
        except InvalidValue as error:
            row.problems.append((error.field, error.problem))
            made = None
        if made is None or row.problems:
            column, problem = row.problems[0]
            others = (f"{other} {what}" for other, what in row.problems[1:])
            return Refused(row.number, column, "; ".join((problem, *others)))
        return Accepted(row.number, *made)


def columns_of(
    records: Records, mapping: Mapping, section: Section, *, needed: frozenset[str]
) -> Columns:
    """Look the columns up. Raises `UnreadableFile` when none of those needed is among them."""
    columns = Columns(records.header, mapping, section)
    if not needed & columns.places.keys():
        raise UnreadableFile(
            records.path.name,
            f"has no column that the mapping {mapping.name!r} takes for one of: "
            + ", ".join(sorted(needed)),
            "rename a column, or name a mapping that knows it",
        )
    return columns
