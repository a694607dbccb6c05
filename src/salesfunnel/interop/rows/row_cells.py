"""The cells of one row by their fields; what cannot be read costs this row only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar, TypeVarTuple

from ...errors import InvalidValue, Text
from ...values.converters import visible_line
from ...values.text import LINE_LIMIT, is_visible, plain_text
from ..cells.cell_text import LIST, REFERENCE, one_line, without_controls
from ..cells.formats import FileFormat
from ..mapping.mapped_columns import MappedColumns
from ..mapping.noun_mapping import LONGEST_WORD, NUMBERS, key
from .records import Record
from .row_fault import RowFault
from .row_notes import RowNotes

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_COLUMNS_DIFFER = Text(
    "columns_differ", "columns for {field} differ: the first is taken, the others are kept as text"
)
_LINE_BREAK = Text("line_break_in_cell", "a line break inside a cell was taken as a blank")
_CONTROLS = Text("controls_left_out", "{field} holds signs that cannot be stored: left out")
_KEPT = Text("kept_as_text", "{problem}: kept as text", "{allowed}")
_NO_PLACE = Text("kept_in_details", "{field} has no place in {noun}: kept as text")


class RowCells(RowNotes):
    """
    The cells of one row by their fields, of which one may have several columns, or a default.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> row = RowCells(Record(2, ("Sara Ahmadi",)), MappedColumns(("Name",), plain.lead))
    >>> row.line("person")
    'Sara Ahmadi'
    """

    def __init__(self, record: Record, columns: MappedColumns, *, strict: bool = False) -> None:
        """Hold the cells of a record; with ``strict`` a cell that cannot be read is a fault."""
        super().__init__(record.row, record.notes, strict=strict)
        self.cells: tuple[str, ...] = record.cells
        self.exact: frozenset[int] = record.exact
        self.columns: MappedColumns = columns
        self._told: dict[str, str | None] = columns.told_in(record)

    @property
    def format(self) -> FileFormat:
        """How the file writes dates and numbers."""
        return self.columns.format

    def filled(self, field: str) -> list[tuple[str, str]]:
        """List the header and the text of each filled cell of a field."""
        told = self._told.get(field, "")
        if told is not None:  # as nearly always
            return [(self.columns.places[field][0][1], told)] if told else []
        found: list[tuple[str, str]] = []
        for index, header in self.columns.places.get(field, ()):
            text = self.cells[index]
            if index in self.exact and field in NUMBERS:
                text = self.format.as_written(text)
            if not text.isprintable():
                text, is_whole = without_controls(text)
                if not is_whole:
                    self.note(_CONTROLS, header)
            if text and (text := text.strip()) and text not in self.columns.blanks:
                found += [(header, part) for part in self._parts(field, text)]
        if not found and field in self.columns.defaults:
            return [(field, self.columns.defaults[field])]
        return found

    def _parts(self, field: str, text: str) -> list[str]:
        """Give what a cell tells: each of a list, a name without its module."""
        parts = [text]
        if LIST in text:
            parts = [part for part in map(str.strip, text.split(LIST)) if part] or parts
        if REFERENCE in text:
            parts = [part.rpartition(REFERENCE)[2].strip() or part for part in parts]
        if meant := self.columns.noun.rewritten.get(field):
            parts = [meant.get(key(part[:LONGEST_WORD]), part) for part in parts]
        return parts

    def header_of(self, field: str) -> str:
        """Name the column from which a field was read; nothing where it is blank in all of them."""
        return next((header for header, _ in self.filled(field)), "")

    def text(self, field: str) -> str:
        """Return the text of a field, or an empty text; of several columns the first that says."""
        cells = self.filled(field)
        if not cells:
            return ""
        self._keep_others(field, cells[0][1], cells[1:])
        return cells[0][1]

    def line(self, field: str) -> str:
        """Return the text of a field on one line; a break within it becomes a blank."""
        text = self._told.get(field, "")
        if text is not None and len(text) <= LINE_LIMIT:  # as nearly always
            return text
        return self.read(field, self._as_line) or ""

    def name(self, field: str) -> str:
        """Return a text that has to show something, such as an id; another is kept as text."""
        text = self.line(field)
        if not text or is_visible(text):
            return text
        return self.read(field, partial(visible_line, field=field)) or ""

    def lines(self, *fields: str) -> dict[str, str]:
        """Return the texts of those fields of which the file tells, each on one line."""
        return {field: self.line(field) for field in self.columns.among(fields)}

    def _as_line(self, text: str) -> str:
        if not text.isprintable():
            line = one_line(text)
            if line != text:
                self.note(_LINE_BREAK)
            text = line
        return plain_text(text, "text")

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        """Read the first cell of a field that can be read; what else it says is kept as text."""
        cells = self.filled(field)
        for place, (header, text) in enumerate(cells, start=1):
            try:
                found = reader(text)
            except InvalidValue as error:
                self.keep_unreadable(field, header, text, error)
            else:
                if place < len(cells):
                    self._keep_others(field, text, cells[place:])
                return found
        return None

    def usual(self, field: str, reader: Callable[[str, *Ts], T], *given: *Ts) -> T | None:
        """Read a field in which the same texts come again and again, such as a stage or a date."""
        text = self._told.get(field, "")
        if text == "":
            return None
        known: T | None = self.columns.remembered.get((field, text, *given))
        if known is not None:  # as nearly always
            return known
        return self.read(field, lambda told: self.columns.once(field, reader, told, *given))

    def every(self, field: str, reader: Callable[[str], T]) -> list[T]:
        """Read each cell of a field that can be read."""
        found: list[T] = []
        for header, text in self.filled(field):
            try:
                found.append(reader(text))
            except InvalidValue as error:
                self.keep_unreadable(field, header, text, error)
        return found

    def _keep_others(self, field: str, taken: str, cells: list[tuple[str, str]]) -> None:
        """Keep as text what further columns of a field say, unless it is the same."""
        for _, text in cells:
            if text != taken and key(text) != key(taken):
                self.note(_COLUMNS_DIFFER, field=field)
                self.keep(field, text)

    def keep_unreadable(self, field: str, header: str, text: str, error: InvalidValue) -> None:
        """Keep a cell as text, and say why it could not be read; a strict reader refuses it."""
        fault = RowFault.of(error, header)
        self.unreadable.setdefault(field, fault)
        if self.is_strict:
            self.faults.append(fault)
            return
        self.keep(field, text)
        word = {name: value for name, value in fault.params.items() if name == "word"}
        self.note(_KEPT, header, problem=fault.message, allowed=fault.remedy, **word)

    def set_aside(self, *fields: str, noun: str) -> None:
        """Keep what stands in some fields as text, since the noun has no place for it."""
        for field in self.columns.among(fields):
            for header, text in self.filled(field):
                self.keep(field, text)
                self.note(_NO_PLACE, header, noun=noun)

    def keep_details(self, *fields: str) -> None:
        """Keep the details of the mapping, and further fields, as they are written."""
        self.keep_as_written(*self.columns.details, *fields)

    def keep_as_written(self, *fields: str) -> None:
        """Keep some fields in the details, as they are written."""
        for field in self.columns.among(fields):
            for _, text in self.filled(field):
                self.keep(field, text)
