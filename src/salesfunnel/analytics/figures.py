"""What was counted, as one table: its headings, its rows, and notes below it."""

from __future__ import annotations

from datetime import timedelta

import attrs

from ..values.lengths import said_length
from .html_rows import html_rows


@attrs.frozen
class Figures:
    """
    Headings, rows of values as they are, and notes in English; a heading may be a time.

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
        headings = [each if isinstance(each, str) else said_length(each) for each in self.headings]
        return html_rows(headings, self.rows, notes=self.notes)
