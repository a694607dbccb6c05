"""What was counted, as a table: its headings, its rows, and notes below it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from html import escape
from typing import Protocol

import attrs

from .html_rows import html_rows, shown_cell
from .labels import Called, Labels
from .text_rows import text_rows


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

    @property
    def names(self) -> tuple[bool, ...]:
        """Whether each column has names, and no numbers."""
        return tuple(
            bool(self.rows) and all(isinstance(row[place], (str, Called)) for row in self.rows)
            for place in range(len(self.headings))
        )

    def text(self) -> list[str]:
        r"""
        Show it in a terminal, in English, without the notes; nothing where there are no rows.

        >>> print(*Figures(("stage", "entered"), (("meeting", 2),)).text(), sep="\n")
          stage    entered
          meeting        2
        """
        rows = [[*map(shown_cell, row)] for row in self.rows]
        lines = text_rows([*map(shown_cell, self.headings)], rows, names=self.names)
        return [f"  {line}" for line in lines] if rows else []


class Figured(Protocol):
    """A value that gives its figures as tables, and has groups of its own kind."""

    @property
    def groups(self) -> Mapping[str | None, Figured]:
        """A value of each group; ``None`` is that of those without the fact."""
        ...

    @property
    def labels(self) -> Labels:
        """What people call stages, reasons and groups."""
        ...

    def figures(self) -> tuple[Figures, ...]:
        """Give the figures as tables."""
        ...


def html_of(found: Figured) -> str:
    """Show tables one below the other, and those of each group below its name."""
    tables = "".join(table.html() for table in found.figures())
    for name, group in found.groups.items():
        called = escape(str(found.labels.group(name)))
        tables += f'<h3 dir="auto">{called}</h3>{html_of(group)}'
    return tables
