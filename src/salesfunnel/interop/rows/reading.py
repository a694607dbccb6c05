"""The reading of a file: each row of it is accepted as an entity, repeats one, or is refused."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any, Generic, TypeAlias

import attrs

from ...errors import SalesFunnelError, Text
from ..cells.totals import is_total
from ..inputs.encoding import Encoding
from ..mapping.mapped_columns import MappedColumns
from ..mapping.mapping import FileMapping
from ..mapping.missing_columns import missing_columns
from .entities import Entities
from .read_ahead import ReadAhead
from .records import Record, Records
from .row_fault import Refused, RowFault
from .row_fields import RowFields
from .row_outcomes import Accepted
from .row_reader import EntityT, RowReader, nothing_known
from .rows_of_one import RowOutcome, ToldRow, no_entity
from .sorting_out import sorted_out
from .told_again import rows_told_again

_TOTALS = Text("row_of_totals", "is a row of totals or a footnote, not an entry of the list")

_Ahead: TypeAlias = "ReadAhead[ToldRow[EntityT] | Refused]"


@attrs.frozen
class FileReading(Generic[EntityT]):
    r"""
    A file that is read row by row: iterate over it, and each row is accepted or refused.

    A row about an entity that a row above is about is `Joined` to it, or `Repeated` where it tells
    nothing new; so each entity is `Accepted` once, with all that the file tells of it.

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
    >>> print(reading)
    a list read by the mapping salesfunnel: go through it or its entities()
    """

    records: Records = attrs.field(repr=False)
    mapping: FileMapping = attrs.field(repr=lambda mapping: repr(mapping.name))
    columns: MappedColumns = attrs.field(repr=False)
    reader: RowReader[EntityT] = attrs.field(repr=False)
    strict: bool = False
    """Whether a cell that cannot be read refuses its row."""

    @property
    def encoding(self) -> Encoding | None:
        """How the bytes became letters, and how sure that is; ``None`` where there are none."""
        return self.records.input.encoding

    def with_format(self, **given: Any) -> FileReading[EntityT]:  # noqa: ANN401
        """
        Read the same list by what is known better of its format, such as ``day_first=True``.

        The names are those of `FileFormat`: ``day_first``, ``currency``, ``country``,
        ``timezone`` and the others.
        """
        return attrs.evolve(self, columns=self.columns.with_format(**given))

    @property
    def how(self) -> Mapping[str, str]:
        """How the list is read: its encoding, its sheet."""
        return self.records.input.how

    @property
    def guesses(self) -> tuple[RowFault, ...]:
        """What was taken for granted of its dates and numbers, with the row that proves it."""
        return self.columns.guesses

    @property
    def header_row(self) -> int:
        """The row in which the header stands; what is above it is a title."""
        return self.records.header_row

    @property
    def unread_columns(self) -> tuple[str, ...]:
        """The columns of the file that the mapping does not know."""
        return self.columns.unread

    @property
    def missing_columns(self) -> tuple[RowFault, ...]:
        """The columns that a mapping of one's own names in vain, where some are unread."""
        return missing_columns(self.columns)

    def __str__(self) -> str:
        """Say by which mapping it is read, and how to go on."""
        return f"a list read by the mapping {self.mapping.name}: go through it or its entities()"

    def entities(self) -> Iterator[EntityT]:
        r"""
        Give each entity of the file once, and nothing of the rows that were refused.

        >>> from datetime import UTC, datetime
        >>> from io import StringIO
        >>> from salesfunnel.interop import read_leads
        >>> cards = StringIO("Name\nSara Ahmadi\nSARA AHMADI\n")
        >>> reading = read_leads(cards, at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> [lead.person.name for lead in reading.entities()]
        ['Sara Ahmadi']
        """
        rows = (found.entity for found in self if isinstance(found, Accepted))
        return Entities(self, rows)

    def __iter__(self) -> Iterator[RowOutcome[EntityT]]:
        """Give each row in the order of the file, one at a time."""
        ahead: _Ahead[EntityT] = ReadAhead(self._read)
        again = rows_told_again(self.records, self._keys_in(ahead))
        is_known = self.reader.known is not nothing_known
        decided: dict[int, RowOutcome[EntityT]] = {}
        for record in self.records:
            if isinstance(record, Refused):
                yield record
            elif record.row in decided:
                yield decided.pop(record.row)
            elif isinstance(found := ahead.take(record), Refused):
                yield found
            elif again or (is_known and self.reader.may_be_known(record.row)):
                decided |= self._decided(found, again, decided, ahead)
                yield decided.pop(record.row)
            else:  # as in most lists
                yield Accepted(record.row, found.told, found.notes())

    def _keys_in(self, ahead: _Ahead[EntityT]) -> Callable[[Record], tuple[str, ...]]:
        """Tell by what rows are found that are about the same; by nothing where it is useless."""
        reader = self.reader
        columns = self.columns.for_fields(*reader.key_fields) if reader.key_fields else self.columns

        def keys(record: Record) -> tuple[str, ...]:
            try:
                if reader.keys_told is None:
                    return reader.keys_in(RowFields(record, columns))
                made = ahead.look_at(record)
                return () if isinstance(made, Refused) else reader.keys_told(made.row, made.told)
            except SalesFunnelError:
                return ()

        return keys

    def _decided(
        self,
        found: ToldRow[EntityT],
        again: dict[str, list[Record]],
        decided: Container[int],
        ahead: _Ahead[EntityT],
    ) -> dict[int, RowOutcome[EntityT]]:
        """Say what becomes of a row, and of those below it that are about the same entity."""
        rows, taken = [found], {found.number}
        refused: dict[int, RowOutcome[EntityT]] = {}
        for row in rows:  # which grows: a row below may be found by another key
            for below in self._below(row, again):
                if below.row <= found.number or below.row in taken or below.row in decided:
                    continue
                taken.add(below.row)
                more = ahead.take(below)
                if isinstance(more, Refused):
                    refused[below.row] = more
                else:
                    rows.append(more)
        if len(rows) == 1 and self._known(found) is None:
            return {**refused, found.number: Accepted(found.number, found.told, found.notes())}
        rows.sort(key=lambda row: row.number)
        return {**refused, **sorted_out(rows, self.reader)}

    def _below(self, row: ToldRow[EntityT], again: dict[str, list[Record]]) -> Iterator[Record]:
        """Give the rows that share a key with a row, or with what is known of it."""
        known = self._known(row)
        for entity in (row.told, *([] if known is None else [known])):
            for key in self.reader.keys_of(entity):
                yield from again.pop(key, ())

    def _known(self, row: ToldRow[EntityT]) -> EntityT | None:
        """Find what was known of a row, unless it was looked up in vain already."""
        return self.reader.known(row.told) if self.reader.may_be_known(row.number) else None

    def _read(self, record: Record) -> ToldRow[EntityT] | Refused:
        row = RowFields(record, self.columns, strict=self.strict)
        if is_total(row.cells, calls=self.columns.calls):
            return Refused(row.number, (RowFault(_TOTALS),), row.cells)
        try:
            entity = self.reader.make(row)
        except SalesFunnelError as error:
            return no_entity(row, error)
        if entity is None or row.faults:
            return Refused(row.number, tuple(dict.fromkeys(row.faults)), row.cells)
        return ToldRow(row, entity)
