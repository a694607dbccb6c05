"""Figures in a notebook: a plain table that reads well in every script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


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
        "<tr>" + "".join(f'<td dir="auto">{escape(str(cell))}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    way = 'dir="ltr" lang="en"' if is_foreign else 'dir="auto"'
    below = "".join(f"<p {way}>{escape(str(note))}</p>" for note in notes)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"
