"""Where a list goes: the name of the file tells its kind, and how cells are written in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from ...errors import InvalidValue, Text
from ...values.text import shown
from ..cells.cell_values import as_cell
from .csv_output import WITH_MARK, check_encoding, write_csv
from .excel_cells import LONGEST_TEXT, cut_text
from .excel_output import write_workbook
from .json_output import write_json_lines
from .otherwise_reasons import LETTERS_LACKING, TOO_LONG
from .replaced_file import replaced
from .tables import Cell, Table

_SHEETS = (".xlsx",)
_LINES = (".jsonl", ".ndjson")
_TABS = (".tsv", ".tab")
_OTHERS = (".xls", ".xlsm", ".xlsb", ".ods", ".json", ".pdf", ".xml", ".html", ".parquet")
_NOT_WRITTEN = Text(
    "kind_not_written",
    "{field} has a name that ends with {suffix}, which is not written",
    "a name that ends with .csv, .tsv, .jsonl or .xlsx",
)
_HEADER_NOT_HELD = Text(
    "encoding_of_header",
    "{field} {encoding!r} lacks letters of the header {header!r}",
    "utf-8",
)


@attrs.frozen(kw_only=True)
class Target:
    r"""
    Where a list goes, and how its cells are written.

    >>> Target(path=Path("leads.tsv")).sign, Target(path=Path("leads.csv")).sign
    ('\t', ',')
    """

    path: Path
    delimiter: str | None = None
    encoding: str = WITH_MARK
    sheet: str = ""
    guard_numbers: bool = False
    """Whether numbers are kept from what a spreadsheet makes of them."""

    @property
    def suffix(self) -> str:
        """The end of its name, which tells the kind of file."""
        found = self.path.suffix.casefold()
        if found in _OTHERS:
            raise InvalidValue("target", _NOT_WRITTEN, {"suffix": found})
        return found

    @property
    def sign(self) -> str:
        """What stands between the cells of a CSV file."""
        usual = "\t" if self.suffix in _TABS else ","
        return usual if self.delimiter is None else self.delimiter

    @property
    def typed(self) -> dict[str, bool]:
        """Which values are no texts in such a file; only our own lists tell parts of a second."""
        is_sheet = self.suffix in _SHEETS
        numbers = is_sheet or self.suffix in _LINES
        return {"numbers": numbers, "days": is_sheet, "seconds": not self.guard_numbers}

    def as_found(self) -> Callable[[Cell], Cell] | None:
        """Give a function that gives a cell as it will be found; nothing where that is the same."""
        if self.suffix in _SHEETS:
            return _cut
        if self.suffix in _LINES:
            return None
        check_encoding(self.encoding)
        if self.encoding.casefold().replace("_", "-").startswith("utf"):
            return None
        return lambda cell: _encoded(cell, self.encoding)

    @property
    def why_not_found(self) -> Text:
        """Why a cell is found otherwise than it was, if it is."""
        return TOO_LONG if self.suffix in _SHEETS else LETTERS_LACKING

    def write(self, table: Table) -> None:
        """Write a table beside the target, and put it in its place."""
        suffix, sign = self.suffix, self.sign
        self._refuse_spoilt(table.header)
        with replaced(self.path) as path:
            if suffix in _SHEETS:
                rows = (list(map(_cut, row)) for row in table.rows)
                write_workbook([attrs.evolve(table, rows=rows)], path)
            elif suffix in _LINES:
                write_json_lines(table, path)
            else:
                write_csv(
                    table,
                    path,
                    delimiter=sign,
                    encoding=self.encoding,
                    guard_numbers=self.guard_numbers,
                )

    def _refuse_spoilt(self, header: Sequence[str]) -> None:
        """Refuse an encoding without the letters of a header, which no one could read again."""
        as_found = self.as_found()
        spoilt = next((name for name in header if as_found and as_found(name) != name), None)
        if spoilt is not None:
            facts = {"encoding": self.encoding, "header": shown(spoilt)}
            raise InvalidValue("encoding", _HEADER_NOT_HELD, facts)


def _cut(cell: Cell) -> Cell:
    return cut_text(cell) if type(cell) is str and len(cell) > LONGEST_TEXT // 2 else cell


def _encoded(cell: Cell, encoding: str) -> str:
    return as_cell(cell)[0].encode(encoding, "replace").decode(encoding, "replace")
