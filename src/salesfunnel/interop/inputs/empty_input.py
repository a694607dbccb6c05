"""A list in which nothing stands: it has no rows, and no names of columns either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ..rows.records import Input, Record
from ..rows.row_fault import Refused


@attrs.frozen
class EmptyInput:
    """
    A list without rows and without names of columns, such as `[]` in JSON.

    >>> list(EmptyInput("leads.json").rows())
    []
    """

    name: str
    how: Mapping[str, str] = attrs.field(factory=dict)
    encoding: None = None
    names_columns: bool = True

    def ways(self) -> Iterator[Input]:
        """Give the list itself: it has but one meaning."""
        yield self

    def rows(self, *, below: int = 0, width: int | None = None) -> Iterator[Record | Refused]:  # noqa: ARG002 - as of any input
        """Give nothing."""
        return iter(())
