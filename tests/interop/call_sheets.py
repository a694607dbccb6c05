"""Call sheets for tests: written, filled in as people do, and read again."""

from __future__ import annotations

import csv
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl

from salesfunnel.analytics import rank
from salesfunnel.interop import read_calls, with_formula_guard, write_ranking
from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)

PERSIAN = BANT.with_questions(
    {
        "need": "کدام مشکل شما را باید حل کند؟",
        "budget": "آیا بودجه تصویب شده است؟",
        "timing": "کِی می‌خواهید راه بیفتد؟",
        "authority": "چه کسی تصمیم می‌گیرد؟",
    }
)


def a_lead(id="7", **told):
    """Capture a lead on Monday."""
    return Lead.capture(**{"id": id, "company": "Novin Tejarat", "at": MONDAY, **told})


def a_call_sheet(leads, *, policy=BANT, at=MONDAY, kind=".xlsx", **how):
    """Write the ranking of leads, and give the bytes of the sheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"calls{kind}")
        write_ranking(rank(leads, policy, at=at), path, **how)
        return path.read_bytes()


def filled_in(content, cells, *, sheet=0):
    """Fill in cells of a workbook: by row, and by the end of a header."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "calls.xlsx")
        path.write_bytes(content)
        book = openpyxl.load_workbook(path)
        lines = book.worksheets[sheet]
        header = [cell.value for cell in lines[1]]
        for row, told in cells.items():
            for end, value in told.items():
                place = next(p for p, name in enumerate(header, 1) if name.endswith(end))
                cell = lines.cell(row, place)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        book.save(path)
        return path.read_bytes()


def filled_in_csv(content, cells):
    """Fill in cells of a CSV file in the same way."""
    header, *lines = csv.reader(content.decode("utf-8-sig").splitlines())
    for row, told in cells.items():
        for end, value in told.items():
            place = next(p for p, name in enumerate(header) if name.endswith(end))
            lines[row - 2][place] = with_formula_guard(value)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "calls.csv")
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([header, *lines])
        return path.read_bytes()


def come_back(content, leads, *, kind=".xlsx", at=FRIDAY, **how):
    """Read the bytes of a call sheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"calls{kind}")
        path.write_bytes(content)
        return read_calls(path, leads, at=at, **how)


def told_of(results):
    """List what was not taken, by row and column."""
    return [(row.row, fault.code) for row in results.rows for fault in row.faults]
