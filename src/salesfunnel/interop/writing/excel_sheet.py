"""One sheet of a workbook for Excel: how it looks, and its cells row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from ...errors import InvalidValue, Text
from ..cells.text_direction import runs_from_right
from .excel_cells import LONGEST_TEXT, excel_value
from .tables import Cell, Table

MOST_ROWS = 2**20
"""Of a sheet, its header among them."""

_MOST_COLUMNS = 2**14
_NARROWEST, _WIDEST, _MORE = 9, 44, 2
_MOST_LOOKED_AT = 1_000
_LINE, _MOST_LINES = 15, 8
_RAW = "<r>", "</r>"
_ALL = "A1:XFD1048576"
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
_TOO_LONG = Text(
    "too_long_for_a_sheet",
    "{field} has more than the {most:,} rows that a sheet of Excel can hold",
    "fewer rows, or a name that ends with .csv",
)
_TOO_WIDE = Text(
    "too_wide_for_a_sheet",
    "{field} has more than the {most:,} columns that a sheet of Excel can hold",
    "fewer columns, or a name that ends with .csv",
)
_CELL_TOO_LONG = Text(
    "too_long_for_a_cell",
    "{field} has a text of more than the {most:,} letters that a cell of Excel can hold",
    "shorter texts, or a name that ends with .csv",
)


@attrs.frozen(kw_only=True)
class SheetLook:
    """
    How a sheet looks: columns to fill in, from which words, and those that are wide or hidden.

    >>> SheetLook(choices={4: ("yes", "no")}).choices[4]
    ('yes', 'no')
    """

    to_fill: frozenset[int] = frozenset()
    wide: frozenset[int] = frozenset()
    choices: Mapping[int, tuple[str, ...]] = attrs.field(factory=dict)
    hidden: frozenset[int] = frozenset()


class ExcelSheet:
    """One sheet of a workbook that is being written by XlsxWriter."""

    def __init__(self, book: Any, name: str, look: SheetLook) -> None:  # noqa: ANN401 - of XlsxWriter
        """Add a sheet to a workbook."""
        self._sheet, self._name, self._look = book.add_worksheet(name), name, look
        top = {"valign": "top", "text_wrap": True}
        fill = {"bg_color": "#FFF9DB", "border": 1, "border_color": "#D9D9D9"}
        self._head = book.add_format({**top, "bold": True, "bottom": 1})
        self._forms = {
            (form, to_fill): book.add_format(
                {**top, **({"num_format": form} if form else {}), **(fill if to_fill else {})}
            )
            for form in ("", _DAY, _MOMENT)
            for to_fill in (False, True)
        }
        self._widths: list[int] = []

    def write(self, table: Table) -> None:
        """Write the header and the rows, and then what is known only at the end."""
        if len(table.header) > _MOST_COLUMNS:
            raise InvalidValue(self._name, _TOO_WIDE, {"most": _MOST_COLUMNS})
        self._widths = [_NARROWEST] * len(table.header)
        lines = max(-(-len(name) * 2 // _WIDEST) for name in table.header or ("",))
        self._sheet.set_row(0, _LINE * min(max(lines, 1), _MOST_LINES))
        for column, name in enumerate(table.header):
            self._cell(0, column, name, self._head)
        last = 0
        for last, cells in enumerate(table.rows, start=1):
            if last >= MOST_ROWS:
                raise InvalidValue(self._name, _TOO_LONG, {"most": MOST_ROWS})
            for column, cell in enumerate(cells):
                self._cell(last, column, cell)
        self._finish(table, last)

    def _cell(self, row: int, column: int, cell: Cell, form: Any = None) -> None:  # noqa: ANN401
        value, to_fill = excel_value(cell), column in self._look.to_fill
        if isinstance(value, datetime):
            shape = _MOMENT if isinstance(cell, datetime) else _DAY
            self._sheet.write_datetime(row, column, value, self._forms[shape, to_fill])
        elif isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, self._forms["", to_fill])
        elif isinstance(value, float):
            self._sheet.write_number(row, column, value, self._forms["", to_fill])
        elif value:
            self._text(row, column, str(value), form or self._forms["", to_fill])
        elif to_fill:
            self._sheet.write_blank(row, column, None, self._forms["", to_fill])
        if row <= _MOST_LOOKED_AT and value:
            width = max(map(len, str(cell)[: _WIDEST**2].split("\n"))) + _MORE
            widest = _WIDEST if row else _WIDEST // 2  # a long header is written in several lines
            self._widths[column] = max(self._widths[column], min(width, widest))

    def _text(self, row: int, column: int, text: str, form: Any) -> None:  # noqa: ANN401
        if text.startswith(_RAW[0]) and text.endswith(_RAW[1]):
            # XlsxWriter takes such a text for XML of its own; in three pieces it is a text again.
            failed = self._sheet.write_rich_string(row, column, "<", "r", text[2:], form)
        else:
            failed = self._sheet.write_string(row, column, text, form)
        if failed:
            raise InvalidValue(self._name, _CELL_TOO_LONG, {"most": LONGEST_TEXT})

    def _finish(self, table: Table, last: int) -> None:
        for column, found in enumerate(self._widths):
            width = _WIDEST if column in self._look.wide else found
            hidden = {"hidden": 1} if column in self._look.hidden else {}
            self._sheet.set_column(column, column, width, None, hidden)
        for column, words in self._look.choices.items():
            if last:
                choice = {"validate": "list", "source": list(words), "show_error": False}
                self._sheet.data_validation(1, column, last, column, choice)
        self._sheet.ignore_errors({"number_stored_as_text": _ALL})  # telephone numbers are texts
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        if last:
            self._sheet.autofilter(0, 0, last, len(table.header) - 1)
        from_right = table.right_to_left
        if runs_from_right(table.header) if from_right is None else from_right:
            self._sheet.right_to_left()
