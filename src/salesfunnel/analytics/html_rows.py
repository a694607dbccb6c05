"""Figures in a notebook: a plain table that reads well in every script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def html_rows(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, notes: Iterable[object] = ()
) -> str:
    """
    Write rows as an HTML table, each cell in its own direction, and notes below it.

    >>> html_rows(["stage"], [["<new>"]], notes=["all"]).count("&lt;new&gt;")
    1
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headings)
    body = "".join(
        "<tr>" + "".join(f'<td dir="auto">{escape(str(cell))}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    below = "".join(f'<p dir="auto">{escape(str(note))}</p>' for note in notes)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"
