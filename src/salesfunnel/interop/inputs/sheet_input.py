"""A list in a sheet of an Excel workbook, old or new, or of an OpenDocument one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from ...errors import Text, UnreadableFile
from ..cells.cell_values import record_of
from ..rows.records import Input, Record
from ..rows.row_fault import Refused
from .asked_sheet import named_sheet
from .compound_file import SIGNATURE
from .input_file import InputFile
from .workbook_gate import refuse_old_traps, refuse_traps

PACKED = b"PK\x03\x04"
"""What a workbook begins with."""

BEGINNINGS = (PACKED, SIGNATURE)
"""What one begins with, old or new."""

_MOST_SHEETS = 100
_NEEDS_EXTRA = Text(
    "needs_the_extra_excel",
    "is a workbook, for which python-calamine is needed",
    "pip install 'salesfunnel[excel]', or save it as CSV",
)
_PASSWORD = Text("password", "is protected by a password", "save it without one")
_BROKEN = Text(
    "broken_workbook",
    "is a broken workbook",
    "save it anew, as .xlsx or CSV",
)
_NO_CELLS = Text("workbook_without_cells", "has no sheet with a cell in it")


class SheetInput:
    """
    A sheet of a workbook; the others are the ways in which the workbook may be meant, too.

    Numbers and days stay what they are; of a formula its last result is read, and of cells that
    are joined the first. Made by `open_input`.
    """

    encoding: None = None
    names_columns: bool = False

    def __init__(self, file: InputFile, book: Any, sheets: list[str]) -> None:  # noqa: ANN401
        """Hold an open workbook, and the names of the sheets that may be meant."""
        self.file = file
        self._book = book
        self._sheets = sheets
        self._sheet: Any = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.file.name

    @property
    def how(self) -> Mapping[str, str]:
        """Name the sheet."""
        return {"sheet": self._sheets[0]}

    def ways(self) -> Iterator[Input]:
        """Give the sheets in the order of the workbook; a sheet that was named stands alone."""
        yield self
        for sheet in self._sheets[1:_MOST_SHEETS]:
            yield SheetInput(self.file, self._book, [sheet])

    def rows(self, *, below: int = 0, width: int | None = None) -> Iterator[Record | Refused]:
        """Give the rows of the sheet below one of a number, as the spreadsheet counts them."""
        if self._sheet is None:
            self._sheet = _safely(self.file, lambda: self._book.get_sheet_by_name(self._sheets[0]))
        for row, values in enumerate(self._sheet.iter_rows(), start=1):
            if row > below and (found := record_of(row, values, width)) is not None:
                yield found


def sheet_input(file: InputFile, *, sheet: str | None = None) -> SheetInput:
    """
    Open a workbook; without a name every sheet that is shown and not blank may be meant.

    Raises `UnreadableFile` where it is broken, protected, too large, or has no such sheet.
    """
    try:
        calamine = import_module("python_calamine")
    except ImportError:
        raise UnreadableFile(file.name, _NEEDS_EXTRA) from None
    with file.opened() as content:
        is_packed = content.read(len(PACKED)) == PACKED
        content.seek(0)
        (refuse_traps if is_packed else refuse_old_traps)(content, file.name)
    book = _safely(file, lambda: _opened(calamine, file))
    known = [about.name for about in book.sheets_metadata]
    if sheet is not None:
        return SheetInput(file, book, [named_sheet(sheet, known, file.name)])
    visible = calamine.SheetVisibleEnum.Visible
    sheets = [about.name for about in book.sheets_metadata if about.visible == visible] or known
    for place in range(min(len(sheets), _MOST_SHEETS)):
        found = SheetInput(file, book, sheets[place:])
        if next(found.rows(), None) is not None:
            return found
    raise UnreadableFile(file.name, _NO_CELLS)


def _opened(calamine: Any, file: InputFile) -> Any:  # noqa: ANN401 - python-calamine, and a workbook
    """Open a workbook by its name, or where that says something else by what is in it."""
    try:
        return calamine.CalamineWorkbook.from_path(file.path)
    except calamine.PasswordError:
        raise
    except Exception:  # noqa: BLE001 - programs call all sorts of files .xls
        with file.opened() as content:
            return calamine.CalamineWorkbook.from_filelike(content)


def _safely(file: InputFile, act: Any) -> Any:  # noqa: ANN401 - what python-calamine gives
    """Do something with a workbook, of which any fault is the fault of the file."""
    try:
        return act()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic below Python is no `Exception`
        text = _PASSWORD if type(error).__name__ == "PasswordError" else _BROKEN
        raise UnreadableFile(file.name, text) from None
