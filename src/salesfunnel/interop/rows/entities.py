"""The entities of a reading one by one, which remember of which reading they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import attrs

T = TypeVar("T")


@attrs.frozen
class Entities(Iterator[T], Generic[T]):
    """
    Gives each entity of a reading once; made by `FileReading.entities`.

    >>> list(Entities(reading=None, rows=iter(["Sara"])))
    ['Sara']
    """

    reading: Any = attrs.field(repr=False)
    """The reading that gives them, which says of which file they are."""
    rows: Iterator[T] = attrs.field(repr=False)

    def __iter__(self) -> Iterator[T]:  # noqa: PYI034 - the generator itself is quicker
        """Go on with what is left."""
        return self.rows

    def __next__(self) -> T:
        """Give the next one."""
        return next(self.rows)
