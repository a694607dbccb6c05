"""What becomes of the rows of a list: accepted, told more of what stands above, or repeated."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

from ...errors import Text
from .row_fault import RowFault

EntityT = TypeVar("EntityT")

TELLS_MORE = Text("tells_more", "tells more of what row {of} is about")
REPEATS = Text("repeats_row", "tells nothing that row {of} does not tell")
REPEATS_KNOWN = Text("repeats_known", "tells nothing that is not known")


@attrs.frozen
class Accepted(Generic[EntityT]):
    """
    A row that became an entity, with notes on what is odd about it.

    Where other rows are about the same entity, it has their facts, too.

    >>> found = Accepted(2, "a lead", (RowFault(Text("early", "it was closed too early")),))
    >>> found.row, str(found.notes[0])
    (2, 'it was closed too early')
    """

    row: int
    entity: EntityT
    notes: tuple[RowFault, ...] = ()


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

    >>> Repeated(7, "a lead", of=2).of
    2
    """

    row: int
    entity: EntityT
    notes: tuple[RowFault, ...] = ()
    of: int | None = attrs.field(kw_only=True)
    cells: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False, kw_only=True)
    """The row as it was read."""
