"""Figures in a notebook: a plain table that reads well in every script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from html import escape

from ..values.lengths import said_length


def html_rows(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    notes: Iterable[object] = (),
    is_foreign: bool = False,
) -> str:
    """
    Write rows as an HTML table, each cell in its own direction, and notes below it.

    The notes are in English: on a page in another language they are marked so.

    >>> html_rows(["stage"], [["<new>"]], notes=["all"]).count("&lt;new&gt;")
    1
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headings)
    body = "".join(
        "<tr>" + "".join(f'<td dir="auto">{escape(_shown(cell))}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    way = 'dir="ltr" lang="en"' if is_foreign else 'dir="auto"'
    below = "".join(f"<p {way}>{escape(str(note))}</p>" for note in notes)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"


def _shown(value: object) -> str:
    """Show several values in one cell, a length as people say it, and nothing where none is."""
    match value:
        case None:
            return ""
        case tuple():
            return ", ".join(map(str, value))
        case timedelta():
            return said_length(value)
        case _:
            return str(value)
