"""The rows of a file that are about one lead, deal or account, in the order of their days."""

from __future__ import annotations

from typing import Generic, TypeAlias

import attrs

from ...errors import SalesFunnelError, Text
from ...values.match_links import Link
from .row_fault import Refused, RowFault
from .row_fields import RowFields
from .row_outcomes import (
    IS_KNOWN,
    IS_KNOWN_AS,
    REPEATS,
    REPEATS_KNOWN,
    REPEATS_KNOWN_AS,
    TELLS_MORE,
    Accepted,
    Joined,
    Repeated,
)
from .row_reader import EntityT, RowReader

_NOT_AN_ENTITY = Text("not_an_entity", "cannot be read: {problem}")

RowOutcome: TypeAlias = "Accepted[EntityT] | Joined[EntityT] | Repeated[EntityT] | Refused"


@attrs.define
class ToldRow(Generic[EntityT]):
    """One row on its way: what it tells, and whether that is news."""

    row: RowFields
    told: EntityT
    is_news: bool = False

    @property
    def number(self) -> int:
        """Where it stands in the file."""
        return self.row.number

    def notes(self, *more: RowFault) -> tuple[RowFault, ...]:
        """List what is odd about it, and what is to be said besides."""
        said = (*more, *self.row.notes)
        return tuple(dict.fromkeys(said)) if said else said


@attrs.define
class RowsOfOne(Generic[EntityT]):
    """The rows that are about one entity, in the order of the file, and what was known of it."""

    known: EntityT | None
    rows: list[ToldRow[EntityT]] = attrs.field(factory=list)

    @property
    def head(self) -> EntityT:
        """What every further row has to agree with."""
        return self.rows[0].told if self.known is None else self.known

    def outcomes(self, reader: RowReader[EntityT]) -> dict[int, RowOutcome[EntityT]]:
        """Add the rows up, and say of each what became of it."""
        found: dict[int, RowOutcome[EntityT]] = {}
        entity = self.known
        for row in self._in_order(reader):
            try:
                later = row.told if entity is None else reader.join(entity, row.told, row.row)
            except SalesFunnelError as error:
                found[row.number] = no_entity(row.row, error)
                continue
            row.is_news = later is not entity
            entity = later
        rows = [row for row in self.rows if row.number not in found]
        news = [row for row in rows if row.is_news or self.known is None]
        first = news[0].number if news else None
        for row in rows:
            found[row.number] = self._outcome(row, entity, first, reader)  # type: ignore[arg-type]  # a row has made one
        return found

    def _in_order(self, reader: RowReader[EntityT]) -> list[ToldRow[EntityT]]:
        """Put the rows in the order of their days, if all have one; else leave them as they are."""
        days = [(reader.when(row.told), row) for row in self.rows]
        dated = [(day, row) for day, row in days if day is not None]
        if len(dated) < len(days):
            return self.rows
        return [row for _, row in sorted(dated, key=lambda pair: pair[0])]

    def _outcome(
        self,
        row: ToldRow[EntityT],
        entity: EntityT,
        first: int | None,
        reader: RowReader[EntityT],
    ) -> RowOutcome[EntityT]:
        links = () if self.known is None else reader.known_as(row.told)
        if row.number == first:
            known = () if self.known is None else (_known(links, IS_KNOWN, IS_KNOWN_AS),)
            return Accepted(row.number, entity, row.notes(*known), known_as=links)
        if first is None or row.number < first:
            why = _known(links, REPEATS_KNOWN, REPEATS_KNOWN_AS)
            return self._repeated(row, entity, why, of=None, known_as=links)
        if row.is_news:
            more = RowFault(TELLS_MORE, {"of": first})
            return Joined(row.number, entity, row.notes(more), of=first)
        return self._repeated(row, entity, RowFault(REPEATS, {"of": first}), of=first)

    def _repeated(
        self,
        row: ToldRow[EntityT],
        entity: EntityT,
        why: RowFault,
        *,
        of: int | None,
        known_as: tuple[Link, ...] = (),
    ) -> Repeated[EntityT]:
        return Repeated(
            row.number, entity, row.notes(why), of=of, known_as=known_as, cells=row.row.cells
        )


def _known(links: tuple[Link, ...], by_id: Text, by_more: Text) -> RowFault:
    """Say that an entity was known before, and under which other ids."""
    if not links:
        return RowFault(by_id)
    ids = " and ".join(link.one for link in links)
    by = ", ".join(dict.fromkeys(name for link in links for name in link.by))
    return RowFault(by_more, {"ids": ids, "by": by, "id": links[0].one})


def no_entity(row: RowFields, error: SalesFunnelError) -> Refused:
    """Refuse a row whose facts are each right, and make nothing together."""
    return Refused(row.number, (RowFault(_NOT_AN_ENTITY, {"problem": str(error)}),), row.cells)
