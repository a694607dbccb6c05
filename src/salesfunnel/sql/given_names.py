"""The names of the columns that a query gives: no two of them are one name to a database."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InvalidValue, Text

_TAKEN = Text("sql_column_taken", "the query has a column {field} already", "rename it first")


def check_given(names: Sequence[str], ours: Sequence[str]) -> None:
    """
    Refuse a column of the table that the query names too, or that is asked for twice.

    Databases take `Floor` for `floor`, and a view with both would answer with either of them.

    >>> check_given(["id", "city"], ["floor"])
    """
    taken = {name.lower() for name in ours}
    for name in names:
        if name.lower() in taken:
            raise InvalidValue(name, _TAKEN)
        taken.add(name.lower())
