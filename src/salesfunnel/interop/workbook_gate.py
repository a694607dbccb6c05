"""What a packed workbook would take when unpacked: asked first, since a small one can be a trap."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from ..errors import Text, UnreadableFile

MOST_CELLS = 2**24
"""Of one sheet, from its first cell to its last, blank ones among them."""

_MOST_BYTES = 2**29
_MOST_PARTS = 10_000
_CHUNK = 2**20
_OVERLAP = 256
_TOO_LARGE = Text(
    "workbook_too_large",
    "has a sheet that is too large to be unpacked safely",
    "delete what stands far from the list, or save it as CSV",
)
_NO_WORKBOOK = Text("packed", "is {kind}", "unpack it and give the CSV file inside")
_BINARY = Text("binary_workbook", "is a binary Excel workbook", "save it as .xlsx or CSV")
_BROKEN = Text("broken_workbook", "is a broken workbook", "open it in a spreadsheet and save it")

# A row, or a cell of an Excel sheet with its place, such as r="XFD1048576".
_PLACE = re.compile(rb"\br\s*+=\s*+[\"']([A-Z]{0,3})(\d{1,7})[\"']")
_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])[^>]*+>")
_REPEATED = re.compile(rb"-repeated\s*+=\s*+[\"'](\d{1,9})")


def refuse_traps(file: BinaryIO, name: str) -> None:
    """Refuse an archive that is no workbook, is broken, or would fill the memory."""
    try:
        with zipfile.ZipFile(file) as packed:
            _refuse_other_archives({part.filename for part in packed.infolist()}, name)
            is_small = _is_small(packed)
    except UnreadableFile:
        raise
    except Exception:  # noqa: BLE001 - a broken archive may fail in any way
        raise UnreadableFile(name, _BROKEN) from None
    if not is_small:
        raise UnreadableFile(name, _TOO_LARGE)


def _is_small(packed: zipfile.ZipFile) -> bool:
    """Unpack all of it bit by bit, and tell whether it stays within bounds."""
    parts = packed.infolist()
    left = _MOST_BYTES
    for part in parts[:_MOST_PARTS]:
        sheet = _OpenDocumentSheets() if part.filename == "content.xml" else _ExcelSheet()
        for chunk in _unpacked(packed, part):
            left -= len(chunk)
            if left < 0:
                return False
            sheet.look_at(chunk)
        if sheet.most_cells() > MOST_CELLS:
            return False
    return len(parts) <= _MOST_PARTS


def _refuse_other_archives(names: set[str], name: str) -> None:
    if "xl/workbook.bin" in names:
        raise UnreadableFile(name, _BINARY)
    if "content.xml" not in names and not any(part.startswith("xl/") for part in names):
        raise UnreadableFile(name, _NO_WORKBOOK, {"kind": "a ZIP archive"})


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part bit by bit; one that is longer than it says is a trap."""
    said = part.file_size
    part.file_size += 1
    with packed.open(part) as content:
        while chunk := content.read(_CHUNK):
            said -= len(chunk)
            if said < 0:
                raise zipfile.BadZipFile
            yield chunk


@attrs.define
class _ExcelSheet:
    """How far the cells of an Excel sheet reach."""

    width: int = 0
    height: int = 0
    before: bytes = b""

    def look_at(self, chunk: bytes) -> None:
        """Look at some more bytes; a place may begin in one chunk and end in the next."""
        text = self.before + chunk
        for found in _PLACE.finditer(text):
            self.width = max(self.width, _column(found[1]))
            self.height = max(self.height, int(found[2]))
        self.before = text[-_OVERLAP:]

    def most_cells(self) -> int:
        """Count the cells from the first to the last."""
        return self.width * self.height


@attrs.define
class _OpenDocumentSheets:
    """How far the cells of the sheets of an OpenDocument workbook reach."""

    width: int = 0
    height: int = 0
    row_width: int = 0
    row_times: int = 0
    blank_cells: int = 0
    blank_rows: int = 0
    before: bytes = b""
    largest: int = 0

    def look_at(self, chunk: bytes) -> None:
        """Look at some more bytes; a tag may begin in one chunk and end in the next."""
        text = self.before + chunk
        end = 0
        for found in _TAG.finditer(text):
            self._look_at_tag(found[1], found[0])
            end = found.end()
        self.before = text[max(end, len(text) - _OVERLAP) :]

    def _look_at_tag(self, kind: bytes, tag: bytes) -> None:
        repeated = _REPEATED.search(tag)
        times = int(repeated[1]) if repeated else 1
        if kind == b"table":
            self.most_cells()
            self.width = self.height = self.blank_rows = 0
        elif kind == b"table-row":
            self._end_row()
            self.row_times = times
        elif b"value" in tag or b"formula" in tag:
            self.row_width += self.blank_cells + times
            self.blank_cells = 0
        else:  # a blank cell counts only where another stands behind it
            self.blank_cells += times

    def _end_row(self) -> None:
        if self.row_width:
            self.height += self.blank_rows + self.row_times
            self.width = max(self.width, self.row_width)
            self.blank_rows = 0
        else:
            self.blank_rows += self.row_times
        self.row_width = self.row_times = self.blank_cells = 0

    def most_cells(self) -> int:
        """Count the cells from the first to the last, of the largest sheet so far."""
        self._end_row()
        self.largest = max(self.largest, self.width * self.height)
        return self.largest


def _column(letters: bytes) -> int:
    """Count columns as Excel names them: A is the first, and AA the twenty-seventh."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
