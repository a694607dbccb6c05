"""Workbooks for Excel, written row by row with XlsxWriter: the extra [excel]."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

from ...errors import InvalidValue, Text
from .excel_sheet import ExcelSheet, SheetLook
from .sheet_names import sheet_name
from .tables import Table

# The same tables are the same bytes, whenever they are written.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no zones
_STRINGS = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
_NEEDS_EXTRA = Text(
    "writing_needs_the_extra_excel",
    "{field} is a workbook, for which XlsxWriter is needed",
    "pip install 'salesfunnel[excel]', or a name that ends with .csv",
)
_NOT_A_NAME = Text(
    "not_a_sheet_name",
    "{field} is not a name that Excel allows for a sheet",
    "up to 31 letters, unlike those of the other sheets, without []:*?/\\ and quotation marks at "
    "the ends, such as {meant!r}",
)


def write_workbook(tables: Sequence[Table], path: Path, *, look: SheetLook | None = None) -> None:
    """
    Write tables as the sheets of one workbook, with true numbers and days, and no formula.

    The header stands still, and a sheet whose header is written from right to left runs so. Raises
    `InvalidValue` where XlsxWriter is not installed, or Excel cannot hold a table.
    """
    try:
        xlsxwriter = import_module("xlsxwriter")
    except ImportError:
        raise InvalidValue("target", _NEEDS_EXTRA) from None
    with tempfile.TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, **dict.fromkeys(_STRINGS, False)}
        book = xlsxwriter.Workbook(str(path), options)
        book.set_properties({"created": _CREATED})
        try:
            names: list[str] = []
            for number, table in enumerate(tables, start=1):
                names.append(_named(table.name or f"Sheet{number}", names))
                ExcelSheet(book, names[-1], look or SheetLook()).write(table)
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] from None  # what the system says
        finally:
            for sheet in book.worksheets():
                sheet._opt_close()  # noqa: SLF001 - else its rows stay open where anything fails
            book.fileclosed = True  # or it would be written when the memory is cleared


def _named(name: str, taken: Sequence[str]) -> str:
    """Refuse a name that Excel forbids, or that another sheet has."""
    allowed = sheet_name(name, taken)
    if allowed != name:
        raise InvalidValue("name", _NOT_A_NAME, {"meant": allowed})
    return name
