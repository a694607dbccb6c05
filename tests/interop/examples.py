"""Lists as people type them, and what becomes of their rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import read_mapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.interop.rows.reading import FileReading
from salesfunnel.interop.rows.row_fault import Refused
from salesfunnel.interop.rows.row_outcomes import Accepted

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

# What stands in cells one day or another.
ODD_CELLS = (
    *("", " ", "oui", "بله", "maybe", "✓", "2026-03-02", "30/02/2026", "1403-12-30", "9999-12-31"),
    *("45992", "1e400", "-5", "12.500", "51-200", "1000+", "about 50", "120", "50%", "IRT", "eur"),
    *("a@b.example; c@d.example", "=1+1", "'+98 21 8888 0000", "\u202eSara", "Novin\nTejarat"),
    *(
        '"',
        "won",
        "Gagnée",
        "converted",
        "yes",
        "no",
        "x" * 600,
        "🙂",
        "\u17b5",
        "\u200f",
        "سارا",
        "Արամ",
    ),
)


def a_list(
    folder: Path, rows: Iterable[Iterable[str]], *, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """Write rows of cells, the header first, as a spreadsheet does."""
    path = folder / "list.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def sorted_out(reading: FileReading) -> tuple[list[Accepted], list[Refused]]:
    """Read a file: the rows accepted, and the rows refused."""
    found = list(reading)
    return (
        [row for row in found if not isinstance(row, Refused)],
        [row for row in found if isinstance(row, Refused)],
    )


def lead_rows(folder: Path, *rows: Iterable[str], mapping: str = "", strict=False, **how: str):
    """Read a list of leads: the rows accepted, and the rows refused."""
    own = read_mapping(mapping, name="own") if mapping else None
    path = a_list(folder, rows, **how)
    return sorted_out(read_leads(path, at=MONDAY, mapping=own, strict=strict))


def deal_rows(folder: Path, *rows: Iterable[str], mapping: str = "", strict=False, **how: str):
    """Read a list of deals: the rows accepted, and the rows refused."""
    own = read_mapping(mapping, name="own") if mapping else None
    path = a_list(folder, rows, **how)
    return sorted_out(read_opportunities(path, at=MONDAY, mapping=own, strict=strict))


def lead_of(folder: Path, **cells: str):
    """Read a list of one lead; header by header, with blanks for underscores."""
    ((found,), ()) = lead_rows(folder, [c.replace("_", " ") for c in cells], cells.values())
    return found


def deal_of(folder: Path, **cells: str):
    """Read a list of one deal; header by header, with blanks for underscores."""
    ((found,), ()) = deal_rows(folder, [c.replace("_", " ") for c in cells], cells.values())
    return found
