"""How the rows of one kind of file are read: what each becomes, and which are about the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import attrs

from ...values.match_links import Link
from .row_fields import RowFields


class Entity(Protocol):
    """What a row becomes: it has an id, by which other rows are known to be about the same."""

    @property
    def id(self) -> Any:  # noqa: ANN401 - a field with a converter
        """Which one it is."""
        ...


EntityT = TypeVar("EntityT", bound=Entity)


def _no_other(_known: Any, _told: Any, _row: RowFields) -> None:  # noqa: ANN401 - of any kind
    """Find that they can be the same."""


def own_id(entity: Entity) -> tuple[str, ...]:
    """Find other rows about an entity by its id alone."""
    return (entity.id,)


def nothing_known(_told: Any) -> None:  # noqa: ANN401 - of any kind
    """Find nothing, since nothing was known before."""


def perhaps(_row: int) -> bool:
    """Let each row be looked up among what was known before."""
    return True


def own_id_alone(_told: Any) -> tuple[Link, ...]:  # noqa: ANN401 - of any kind
    """Find nothing under another id."""
    return ()


@attrs.frozen(kw_only=True)
class RowReader(Generic[EntityT]):
    """How the rows of one kind of file are read; made by `read_leads` and its like."""

    make: Callable[[RowFields], EntityT | None]
    """Makes an entity of a row, or says in its faults why not."""
    keys_in: Callable[[RowFields], tuple[str, ...]]
    """Tells by what rows about one entity are found, such as its id, without making it."""
    keys_told: Callable[[RowFields, EntityT], tuple[str, ...]] | None = None
    """Tells it of a row and what was made of it, where that has to be known."""
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
    may_be_known: Callable[[int], bool] = perhaps
    """Tells by its number whether a row may be about one, once ``keys_told`` has seen all rows."""
    known_as: Callable[[EntityT], tuple[Link, ...]] = own_id_alone
    """Tells under which other ids that was known, and by what it was found."""
    at: datetime | None = None
    """The moment of the reading, which stands in for the beginnings that no row tells."""
