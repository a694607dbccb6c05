"""Figures in a notebook: a plain table that reads well in every script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from fractions import Fraction
from html import escape

from ..values.lengths import said_length
from ..values.percent import whole_percent


def html_rows(
    headings: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    notes: Iterable[object] = (),
) -> str:
    """
    Write rows as an HTML table, each cell in its own direction, and notes below it.

    >>> html_rows(["stage"], [["<new>"]], notes=["all"]).count("&lt;new&gt;")
    1
    """
    head = "".join(f'<th scope="col">{escape(shown_cell(name))}</th>' for name in headings)
    body = "".join(
        "<tr>"
        + "".join(f'<td dir="auto">{escape(shown_cell(cell))}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return table + html_notes(notes)


def html_notes(notes: Iterable[object], *, is_foreign: bool = False) -> str:
    """
    Write notes, each a paragraph; those in English on a page in another language are marked so.

    >>> html_notes(["all"], is_foreign=True)
    '<p dir="ltr" lang="en">all</p>'
    """
    way = 'dir="ltr" lang="en"' if is_foreign else 'dir="auto"'
    return "".join(f"<p {way}>{escape(str(note))}</p>" for note in notes)


def shown_cell(value: object) -> str:
    """
    Show several values in one cell, a share in percent, and nothing where none is.

    >>> shown_cell((1, 2)), shown_cell(timedelta(days=2)), shown_cell(None), shown_cell(1_700)
    ('1, 2', '2 days', '', '1,700')
    """
    match value:
        case None:
            return ""
        case tuple():
            return ", ".join(map(str, value))
        case timedelta():
            return said_length(value)
        case Fraction():
            return f"{whole_percent(value)}%"
        case int() | float():
            return f"{value:,.2f}".rstrip("0").rstrip(".")
        case _:
            return str(value)
