"""The rows of a file that are about one lead, deal or account, in the order of their days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import attrs

from ...errors import SalesFunnelError, Text
from .row_fault import Refused, RowFault
from .row_fields import RowFields
from .row_outcomes import REPEATS, REPEATS_KNOWN, TELLS_MORE, Accepted, Joined, Repeated

_NOT_AN_ENTITY = Text("not_an_entity", "cannot be read: {problem}")
_IS_KNOWN = Text("is_known", "is known already: what the row tells is added to it")
_EQUAL = Text("equal_row", "is equal to another row, and neither is named: taken as one of its own")
_OTHER_PERSON = Text(
    "other_person", "has the address of another row, but another name: taken as another person"
)


class Entity(Protocol):
    """What a row becomes: it has an id, by which other rows are known to be about the same."""

    @property
    def id(self) -> Any:  # noqa: ANN401 - a field with a converter
        """Which one it is."""
        ...


EntityT = TypeVar("EntityT", bound=Entity)
RowOutcome: TypeAlias = "Accepted[EntityT] | Joined[EntityT] | Repeated[EntityT] | Refused"


def _no_other(_known: Any, _told: Any, _row: RowFields) -> None:  # noqa: ANN401 - of any kind
    """Find that they can be the same."""


def own_id(entity: Entity) -> tuple[str, ...]:
    """Find other rows about an entity by its id alone."""
    return (entity.id,)


def nothing_known(_told: Any) -> None:  # noqa: ANN401 - of any kind
    """Find nothing, since nothing was known before."""


@attrs.frozen(kw_only=True)
class RowReader(Generic[EntityT]):
    """How the rows of one kind of file are read; made by `read_leads` and its like."""

    make: Callable[[RowFields], EntityT | None]
    """Makes an entity of a row, or says in its faults why not."""
    keys_in: Callable[[RowFields], tuple[str, ...]]
    """Tells by what rows about one entity are found, such as its id, without making it."""
    key_fields: tuple[str, ...] = ()
    """The fields that tell it of nearly all rows."""
    join: Callable[[EntityT, EntityT, RowFields], EntityT]
    """Adds what a later row tells; gives back the very same entity where that is nothing new."""
    when: Callable[[EntityT], datetime | None]
    """Tells when a row was true; ``None`` where it gives no day."""
    keys_of: Callable[[EntityT], tuple[str, ...]] = own_id
    """Tells the same of an entity that was made."""
    part: Callable[[EntityT, EntityT, RowFields], EntityT | None] = _no_other
    """Gives the second as another, where in spite of their keys the two cannot be the same."""
    equal: Callable[[EntityT, EntityT, RowFields], EntityT | None] = _no_other
    """Gives the second of two rows that are equal and name nothing as an entity of its own."""
    known: Callable[[EntityT], EntityT | None] = nothing_known
    """Finds the entity that was known before the file was read, and that a row is about."""


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
            found[row.number] = self._outcome(row, entity, first)  # type: ignore[arg-type]  # a row has made one
        return found

    def _in_order(self, reader: RowReader[EntityT]) -> list[ToldRow[EntityT]]:
        """Put the rows in the order of their days, if all have one; else leave them as they are."""
        days = [(reader.when(row.told), row) for row in self.rows]
        dated = [(day, row) for day, row in days if day is not None]
        if len(dated) < len(days):
            return self.rows
        return [row for _, row in sorted(dated, key=lambda pair: pair[0])]

    def _outcome(
        self, row: ToldRow[EntityT], entity: EntityT, first: int | None
    ) -> RowOutcome[EntityT]:
        if row.number == first:
            known = () if self.known is None else (RowFault(_IS_KNOWN),)
            return Accepted(row.number, entity, row.notes(*known))
        if first is None or row.number < first:
            return self._repeated(row, entity, RowFault(REPEATS_KNOWN), of=None)
        if row.is_news:
            more = RowFault(TELLS_MORE, {"of": first})
            return Joined(row.number, entity, row.notes(more), of=first)
        return self._repeated(row, entity, RowFault(REPEATS, {"of": first}), of=first)

    def _repeated(
        self, row: ToldRow[EntityT], entity: EntityT, why: RowFault, *, of: int | None
    ) -> Repeated[EntityT]:
        return Repeated(row.number, entity, row.notes(why), of=of, cells=row.row.cells)


def sorted_out(
    rows: list[ToldRow[EntityT]], reader: RowReader[EntityT]
) -> dict[int, RowOutcome[EntityT]]:
    """Say what becomes of rows that share a key; two people are told apart in spite of it."""
    groups: list[RowsOfOne[EntityT]] = []
    for row in rows:
        _put(row, groups, reader)
    return {
        number: outcome for group in groups for number, outcome in group.outcomes(reader).items()
    }


def _put(
    row: ToldRow[EntityT], groups: list[RowsOfOne[EntityT]], reader: RowReader[EntityT]
) -> None:
    own = reader.equal(groups[-1].rows[-1].told, row.told, row.row) if groups else None
    if own is not None:
        row.row.note(_EQUAL)
        row.told = own
        groups.append(RowsOfOne(reader.known(own), [row]))
        return
    known = reader.known(row.told)
    heads = [*groups] or ([RowsOfOne(known)] if known is not None else [])
    other: EntityT | None = None
    for group in heads:
        other = reader.part(group.head, row.told, row.row)
        if other is None and (known is None or group.known in (None, known)):
            group.known = known if group.known is None else group.known
            group.rows.append(row)
            if not groups:
                groups.append(group)
            return
    if other is not None:
        row.row.note(_OTHER_PERSON)
        row.told = other
        known = reader.known(other)
    groups.append(RowsOfOne(known, [row]))


def no_entity(row: RowFields, error: SalesFunnelError) -> Refused:
    """Refuse a row whose facts are each right, and make nothing together."""
    return Refused(row.number, (RowFault(_NOT_AN_ENTITY, {"problem": str(error)}),), row.cells)
