"""What becomes of the rows of a list: accepted, told more of what stands above, or repeated."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

from ...errors import Text
from ...values.match_links import Link
from .row_fault import RowFault

EntityT = TypeVar("EntityT")

TELLS_MORE = Text("tells_more", "tells more of what row {of} is about")
REPEATS = Text("repeats_row", "tells nothing that row {of} does not tell")
REPEATS_KNOWN = Text("repeats_known", "tells nothing that is not known")
REPEATS_KNOWN_AS = Text("repeats_known_as", "tells nothing that is not known of {ids}, by {by}")
IS_KNOWN = Text("is_known", "is known already: what the row tells is added to it")
IS_KNOWN_AS = Text(
    "is_known_as", "is known already as {ids}, by {by}: what the row tells is added to {id}"
)


@attrs.frozen
class Accepted(Generic[EntityT]):
    """
    A row that became an entity, with notes on what is odd about it.

    Where other rows are about the same entity, it has their facts, too. ``known_as`` links it with
    what was known before the file was read, under other ids: the first is the entity.

    >>> found = Accepted(2, "a lead", (RowFault(Text("early", "it was closed too early")),))
    >>> found.row, str(found.notes[0])
    (2, 'it was closed too early')
    """

    row: int
    entity: EntityT
    notes: tuple[RowFault, ...] = ()
    known_as: tuple[Link, ...] = attrs.field(default=(), kw_only=True)


@attrs.frozen
class Joined(Generic[EntityT]):
    """
    A row that tells more of an entity that was accepted with the row ``of``.

    It counts as accepted.

    >>> Joined(7, "a lead", of=2).of
    2
    """

    row: int
    entity: EntityT
    notes: tuple[RowFault, ...] = ()
    of: int = attrs.field(kw_only=True)


@attrs.frozen
class Repeated(Generic[EntityT]):
    """
    A row that tells nothing new of an entity: the row ``of`` did, or it was known before.

    ``known_as`` links it with what was known under other ids.

    >>> Repeated(7, "a lead", of=2).of
    2
    """

    row: int
    entity: EntityT
    notes: tuple[RowFault, ...] = ()
    of: int | None = attrs.field(kw_only=True)
    known_as: tuple[Link, ...] = attrs.field(default=(), kw_only=True)
    cells: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False, kw_only=True)
    """The row as it was read."""
