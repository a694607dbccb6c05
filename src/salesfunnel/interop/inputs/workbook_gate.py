"""What a packed workbook would take when unpacked: asked first, since a small one can be a trap."""

from __future__ import annotations

import zipfile
from array import array
from collections.abc import Iterator
from copy import copy
from typing import BinaryIO

from ...errors import Text, UnreadableFile
from .excel_bounds import MOST_LETTERS, ExcelBounds, SharedLetters
from .open_document_bounds import OpenDocumentBounds

_MOST_BYTES = 2**29
_MOST_PARTS = 10_000
_CHUNK = 2**20
_TOO_LARGE = Text(
    "workbook_too_large",
    "has a sheet that is too large to be unpacked safely",
    "delete what stands far from the list, or save it as CSV",
)
_NO_WORKBOOK = Text("packed", "is {kind}", "unpack it and give the CSV file inside")
_BINARY = Text("binary_workbook", "is a binary Excel workbook", "save it as .xlsx or CSV")
_BROKEN = Text(
    "broken_workbook",
    "is a broken workbook",
    "save it anew, as .xlsx or CSV",
)


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
    if len(parts) > _MOST_PARTS:
        return False
    left = _MOST_BYTES
    cells = 0
    texts = []
    for part in parts:
        sheet = ExcelBounds()
        bounds: list[ExcelBounds | OpenDocumentBounds] = [sheet]
        if part.filename == "content.xml":
            bounds.append(OpenDocumentBounds())
        for chunk in _unpacked(packed, part):
            left -= len(chunk)
            if left < 0:
                return False
            for found in bounds:
                found.look_at(chunk)
        if any(found.is_large() for found in bounds):
            return False
        cells += sheet.cells
        if sheet.texts:
            texts.append(sheet.texts)
    longest = max(map(max, texts), default=0)
    return longest * cells <= MOST_LETTERS or _has_few_letters(packed, texts)


def _has_few_letters(packed: zipfile.ZipFile, texts: list[array[int]]) -> bool:
    """Unpack it again, to count the letters of texts that are shared by many cells."""
    letters = SharedLetters(texts)
    for part in packed.infolist():
        for chunk in _unpacked(packed, part):
            letters.look_at(chunk)
        letters.look_at(b"<c")
        if letters.total > MOST_LETTERS:
            return False
    return True


def _refuse_other_archives(names: set[str], name: str) -> None:
    if "xl/workbook.bin" in names:
        raise UnreadableFile(name, _BINARY)
    if "content.xml" not in names and not any(part.startswith("xl/") for part in names):
        raise UnreadableFile(name, _NO_WORKBOOK, {"kind": "a ZIP archive"})


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part bit by bit; one that is longer than it says is a trap."""
    said = part.file_size
    longer = copy(part)
    longer.file_size += 1
    with packed.open(longer) as content:
        while chunk := content.read(_CHUNK):
            said -= len(chunk)
            if said < 0:
                raise zipfile.BadZipFile
            yield chunk
