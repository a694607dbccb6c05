"""The fields of one row, read from its cells; what cannot be read costs this row only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from ..errors import InvalidValue, Text
from ..values.money import Money
from ..values.numbers import ascii_digits
from ..values.source import Source
from ..values.text import shown
from .dates import is_jalali
from .formats import FEWEST_DIGITS, TOMAN, FileFormat, without_currency
from .noun_mapping import LONGEST_WORD, MappedColumns, key, without_remark
from .records import Record
from .row_fault import RowFault

T = TypeVar("T")

# They say how a text runs, not what it says, and come along when names are pasted.
_DIRECTION_MARKS = {0x200E: None, 0x200F: None, 0x061C: None}
_BREAKS = re.compile(r"\s*[\t-\r\x85\u2028\u2029]\s*")
# What systems write into a cell in which nothing is chosen, but for dashes around it.
_BLANKS = {"", "none", "null", "n/a"}
_DASHES = "-–—"

_TOTAL_WORDS = (
    *("total", "totals", "grand total", "subtotal", "sum", "count", "total général", "sous-total"),
    *("somme", "جمع", "جمع کل", "مجموع", "مجموع کل", "تعداد کل", "ընդամենը"),
)
_TOTALS = set(map(key, _TOTAL_WORDS))
_BEGINNINGS = {word[0] for word in _TOTAL_WORDS}
_LONGEST_TOTAL = 20
_WORD = re.compile(r"[^\W\d_]{4}|@")  # what is more than a sign or a code of a currency
_DOLLAR = "$"
_COLUMNS_DIFFER = Text("columns_differ", "columns for {field} differ: taken from the first of them")
_LINE_BREAK = Text("line_break_in_cell", "a line break inside a cell was taken as a blank")
_JALALI = Text("jalali_date", "a Jalali date is kept as the Gregorian one")
_TOMANS = Text("tomans", "an amount in tomans is kept in rials, ten to the toman")
_TWO_CURRENCIES = Text("other_currency_than_row", "{field} has another currency than its row")
_UNKNOWN_WORD = Text(
    "unknown_word", "{field} has a word that the mapping does not know for {kind}", "{words}"
)
_TRUTHS = {"yes": True, "no": False, "unknown": None}


class RowFields:
    """
    The fields of one row: ``faults`` are why it is refused, ``notes`` say what is odd about it.

    >>> from salesfunnel.interop.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> row = RowFields(Record(2, ("Sara Ahmadi",)), MappedColumns(("Name",), plain.lead))
    >>> row.line("person")
    'Sara Ahmadi'
    """

    def __init__(self, record: Record, columns: MappedColumns) -> None:
        """Hold the cells of a record."""
        self.number: int = record.row
        self.cells: tuple[str, ...] = record.cells
        self.columns: MappedColumns = columns
        self.faults: list[RowFault] = []
        self.notes: list[RowFault] = []

    @property
    def format(self) -> FileFormat:
        """How the file writes dates and numbers."""
        return self.columns.format

    @property
    def is_total(self) -> bool:
        """Whether the row sums up those above it: a word for that, and numbers beside it."""
        filled = (cell.strip() for cell in self.cells if cell and not cell.isspace())
        first = next(filled, "")
        if first[:1].casefold() not in _BEGINNINGS or len(first) > _LONGEST_TOTAL:
            return False  # as nearly always, so that no more is looked at
        if key(first) not in _TOTALS:
            return False
        calls = (text for field in ("phone", "mobile", "fax") for _, text in self.filled(field))
        if any(sum(map(str.isdecimal, text)) >= FEWEST_DIGITS for text in calls):
            return False
        others = list(filled)
        return bool(others) and not any(map(_WORD.search, others))

    def note(self, text: Text, **params: object) -> None:
        """Note what is odd about the row, which is read all the same."""
        self.notes.append(RowFault(text, params))

    def refuse(self, text: Text, column: str, **params: object) -> None:
        """Say under a column why the row is refused."""
        self.faults.append(RowFault(text, {**params, "field": shown(column)}, column))

    def filled(self, field: str) -> list[tuple[str, str]]:
        """List the header and the text of each filled cell of a field."""
        found: list[tuple[str, str]] = []
        for index, header in self.columns.places.get(field, ()):
            text = self.cells[index]
            if not text.isascii():
                text = text.translate(_DIRECTION_MARKS)
            if text := text.strip():
                found.append((header, text))
        return found

    def text(self, field: str) -> str:
        """Return the text of a field, or an empty text; of several columns the first that says."""
        if field not in self.columns.places:  # most fields are in no file
            return ""
        found = self.filled(field)
        if len(found) > 1 and len({key(text) for _, text in found}) > 1:
            self.note(_COLUMNS_DIFFER, field=field)
        return found[0][1] if found else ""

    def line(self, field: str) -> str:
        """Return the text of a field on one line; a break within it becomes a blank."""
        text = self.text(field)
        line = text if text.isprintable() else one_line(text)
        if line != text:
            self.note(_LINE_BREAK)
        return line

    def lines(self, *fields: str) -> dict[str, str]:
        """Return the texts of those fields that are filled, each on one line."""
        return {field: line for field in fields if (line := self.line(field))}

    def details(self, *fields: str) -> dict[str, str]:
        """Return the texts of the details of the mapping, and of further fields, if filled."""
        named = (*self.columns.fields("details."), *fields)
        return {
            field.removeprefix("details."): text for field in named if (text := self.text(field))
        }

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        """Read a field that says something; if it cannot be read, that is noted."""
        text = self.text(field)
        if text.strip(_DASHES).casefold() in _BLANKS:
            return None
        return self.make(field, self.columns.once, field, text, reader)

    def make(self, field: str, maker: Callable[..., T], *parts: object, **more: object) -> T | None:
        """Make a value, or note under the column of a field why it cannot exist."""
        try:
            return maker(*parts, **more)
        except InvalidValue as error:
            self.faults.append(RowFault.of(error, self.header_of(field)))
            return None

    def header_of(self, field: str) -> str:
        """Name the column from which a field was read; nothing where it is blank in all of them."""
        return next((header for header, _ in self.filled(field)), "")

    def instant(self, field: str) -> datetime | None:
        """Read a date, and note where it is one of the Persian calendar."""
        found = self.read(field, self.format.instant)
        if found and is_jalali(ascii_digits(self.text(field))):
            self.note(_JALALI)
        return found

    def word(self, field: str) -> str | None:
        """Read a word that the mapping knows, such as a stage."""
        return self.read(field, lambda text: self._meaning(field, text))

    def truth(self, field: str) -> bool | None:
        """Read yes, no or unknown in any of four languages."""
        return self.read(field, lambda text: _TRUTHS[self._meaning("answers", text)])

    def money(self, field: str) -> Money | None:
        """Read an amount, in the currency that stands beside it, or that the row names."""
        beside, words = without_currency(self.text(field))[1], self.text("currency")
        amount = self.read(field, lambda text: self.format.number(without_currency(text)[0]))
        if amount is None:
            return None
        if beside == _DOLLAR:  # of many countries, so only the row or the mapping can say which
            beside = ""
        named = {self._currency(word) for word in (beside, words) if word}
        if len(named) > 1:
            self.refuse(_TWO_CURRENCIES, self.header_of(field))
            return None
        header = self.header_of(field)
        currency = named.pop() if named else self.columns.currency_beside(header)
        if TOMAN in (currency, not currency and self.format.currency):
            self.note(_TOMANS)
        return self.make("currency" if words else field, self.format.money, amount, currency)

    def _currency(self, word: str) -> str:
        return self.columns.noun.meaning_of(word, field="currency") or word.upper()

    def source(self) -> Source:
        """Read where a lead came from; unknown words are `Source.OTHER`, and are kept."""
        words = self.text("source")
        own = self.columns.noun.meaning_of(words, field="source")
        return Source(own) if own else Source.read(words[:LONGEST_WORD])

    def _meaning(self, field: str, text: str) -> str:
        noun = self.columns.noun
        meaning = noun.meaning_of(text, field=field)
        if meaning is None:  # as in "Contract Sent (Sales Pipeline)"
            meaning = noun.meaning_of(without_remark(text), field=field)
        if meaning is None:
            words = ", ".join(noun.meanings(field))
            raise InvalidValue(field, _UNKNOWN_WORD, {"kind": field, "words": words})
        return meaning


def one_line(text: str) -> str:
    r"""
    Write a text on one line.

    >>> one_line("Novin\r\nTejarat")
    'Novin Tejarat'
    """
    return _BREAKS.sub(" ", text)
