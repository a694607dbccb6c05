"""How much the sheets of an Excel workbook would take, told from their unpacked bytes."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache

import attrs

MOST_CELLS = 2**24
"""Of one sheet, from its first cell to its last, blank ones among them."""

MOST_LETTERS = 2**29
"""Of all cells together, where one text is told by many of them."""

MOST_HELD = 2**16
"""Of a name or a place that is cut; no program writes a longer one."""

_LONGEST_TEXT = 2**22
_LONGEST_NUMBER = 10
_LONGEST_TAG = 1_000

# A row, a cell or a shared text; or a place such as r="XFD1048576" that does not stand right there.
_SIGN = re.compile(
    rb"<(?:[^\s<>/:]*+:)?(row|c|si)(?=[\s/>])(?:\s++r=\"([A-Za-z]*+)(\d++)\")?"
    rb"|\br\s*+=\s*+[\"']([A-Za-z]*+)(\d++)[\"']"
)
_PLAIN_ROW = re.compile(rb"<row r=\"([0-9]{1,7})\"")
_PLAIN_CELL = re.compile(rb"<c r=\"([A-Z]{1,3})([0-9]{1,7})\"")
_BEGUN = re.compile(rb"(?:<[^\s<>/]*+|\br\s*+(?:=\s*+(?:[\"'][A-Za-z0-9]*+)?)?)\Z")
_VALUE = re.compile(rb"<(?:[^\s<>/:]*+:)?v(?:\s[^>]*+)?>([^<]*+)(<!)?")
_INDEX = re.compile(rb"\s*+\+?(\d++)\s*+")


@lru_cache(maxsize=2**10)
def number_of(digits: bytes) -> int:
    """
    Read a number, of which more than ten digits are merely very many.

    >>> number_of(b"007"), number_of(b"9" * 5_000)
    (7, 10000000000)
    """
    digits = digits.lstrip(b"0")
    return 10**_LONGEST_NUMBER if len(digits) > _LONGEST_NUMBER else int(digits or b"0")


@attrs.define
class ExcelBounds:
    """
    How far the cells of a part of a workbook reach, and how long its shared texts are.

    >>> bounds = ExcelBounds()
    >>> bounds.look_at(b'<row r="2"><c r="C2"/></row>')
    >>> bounds.is_large(), bounds.width, bounds.height
    (False, 3, 2)
    """

    width: int = 0
    height: int = 0
    row: int = 0
    column: int = 0
    cells: int = 0
    texts: array[int] = attrs.field(factory=lambda: array("I"))
    text_start: int = -1
    seen: int = 0
    before: bytes = b""
    is_odd: bool = False

    def look_at(self, chunk: bytes) -> None:
        """Look at some more bytes; a place may begin in one chunk and end in the next."""
        text = self.before + chunk
        base = self.seen - len(self.before)
        end = text.rfind(b">") + 1
        cut = text.find(b"<", end)
        if cut >= 0 and len(text) - cut < _LONGEST_TAG:  # the next chunk ends the tag
            whole, self.before = text[:cut], text[cut:]
        else:
            begun = _BEGUN.search(text, end)
            whole, self.before = text, begun[0] if begun else b""
        if not self._is_plain(whole):
            self._look_at_each(whole, base)
        self.is_odd = self.is_odd or len(self.before) > MOST_HELD or len(self.texts) > MOST_CELLS
        if self.is_odd:
            self.before = b""
        self.seen += len(chunk)

    def _is_plain(self, text: bytes) -> bool:
        """Count cells and rows that all say where they stand, as nearly always, and at once."""
        cells = _PLAIN_CELL.findall(text)
        rows = _PLAIN_ROW.findall(text)
        if not cells or _SIGN.search(_PLAIN_CELL.sub(b" ", _PLAIN_ROW.sub(b" ", text))):
            return False
        columns, numbers = zip(*cells, strict=True)
        self.cells += len(cells)
        self.column = max(map(_column, set(columns)))
        self.row = max(self.row, *map(number_of, {*numbers, *rows}))
        self.width = max(self.width, self.column)
        self.height = max(self.height, self.row)
        return True

    def _look_at_each(self, text: bytes, base: int) -> None:
        """Look at each row, cell and shared text in turn: some do not say where they stand."""
        for found in _SIGN.finditer(text):
            kind, letters, digits, other_letters, other_digits = found.groups()
            if kind == b"si":
                self._end_text(base + found.start())
                self.text_start = base + found.start()
                continue
            if kind == b"row":
                self.row, self.column = self.row + 1, 0
            elif kind:
                self.column += 1
                self.cells += 1
            if column := letters or other_letters:
                self.column = max(self.column, _column(column))
            self.row = max(self.row, number_of(digits or other_digits or b""))
            if kind == b"c" or other_letters:
                self.width = max(self.width, self.column)
                self.height = max(self.height, self.row)

    def _end_text(self, end: int) -> None:
        if self.text_start >= 0:
            self.is_odd = self.is_odd or end - self.text_start > _LONGEST_TEXT
            self.texts.append(min(end - self.text_start, _LONGEST_TEXT))
            self.text_start = -1

    def is_large(self) -> bool:
        """Tell at its end whether the part is too large, from its first cell to its last."""
        self._look_at_each(self.before, self.seen - len(self.before))
        self._end_text(self.seen)
        return self.is_odd or self.width * self.height > MOST_CELLS


@attrs.define
class SharedLetters:
    """
    How many letters the cells of all sheets have where they tell shared texts of given lengths.

    >>> letters = SharedLetters([array("I", [5, 900])])
    >>> letters.look_at(b'<c t="s"><v>1</v></c><c t="s"><v>1</v></c><c')
    >>> letters.total
    1800
    """

    texts: list[array[int]]
    total: int = 0
    before: bytes = b""

    def look_at(self, chunk: bytes) -> None:
        """Look at some more bytes: at each value once the next cell begins."""
        text = self.before + chunk
        end = max(text.rfind(b"<c"), text.rfind(b":c"), len(text) - MOST_HELD, 0)
        for found in _VALUE.finditer(text, 0, end):
            self.total += self._letters(found[1], is_odd=found[2] is not None)
        self.before = text[end:]

    def _letters(self, value: bytes, *, is_odd: bool) -> int:
        index = _INDEX.fullmatch(value)
        if is_odd or b"&" in value:
            return max(max(texts, default=0) for texts in self.texts)
        if index is None:
            return 0
        place = number_of(index[1])
        return max(texts[place] if place < len(texts) else 0 for texts in self.texts)


@lru_cache(maxsize=2**14)
def _column(letters: bytes) -> int:
    """Count columns as Excel names them: A is the first, and AA the twenty-seventh."""
    number = 0
    for letter in letters[:_LONGEST_NUMBER].upper():
        number = number * 26 + letter - 64
    return number
