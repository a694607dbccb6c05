"""What was counted, as a table: its headings, its rows, and notes below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import attrs

from .html_rows import html_rows


@attrs.frozen
class Figures:
    """
    Headings, rows of values as they are, and notes; a heading may be a time.

    >>> print(Figures(("stage", "entered"), (("meeting", 2),)).html().count("<td"))
    2
    """

    headings: tuple[str | timedelta, ...]
    rows: tuple[tuple[object, ...], ...]
    notes: tuple[object, ...] = ()

    def html(self) -> str:
        """
        Show it as a notebook does, in English.

        >>> Figures(("count",), ((None,),), ("all",)).html()[-62:]
        '<td dir="auto"></td></tr></tbody></table><p dir="auto">all</p>'
        """
        return html_rows(self.headings, self.rows, notes=self.notes)


def html_of(tables: Iterable[Figures]) -> str:
    """Show tables one below the other."""
    return "".join(table.html() for table in tables)
