"""A table with a row for each stage that was entered."""

from __future__ import annotations

from collections.abc import Sequence

import attrs


@attrs.frozen
class SqlHistory:
    """
    The table of a stage history, and what its columns are called; a row for each stage entered.

    Rows may come in any order. At equal instants ``seq`` decides, and without it the order of the
    stages, with what is lost last.

    Args:
        table: the name of the table, or those of its schema and of itself.
        id: the column that tells entities apart.
        stage: the column with the names of the stages.
        at: the column with the instants, which have a time zone.
        seq: a column of numbers that puts equal instants in order.

    >>> SqlHistory("log", id="deal", stage="to", at="on").id
    'deal'
    """

    table: str | Sequence[str]
    id: str = attrs.field(kw_only=True)
    stage: str = attrs.field(kw_only=True)
    at: str = attrs.field(kw_only=True)
    seq: str | None = attrs.field(default=None, kw_only=True)
