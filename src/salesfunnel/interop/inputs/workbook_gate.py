"""What a workbook would take when it is read: asked first, since a small one can be a trap."""

from __future__ import annotations

import zipfile
from array import array
from collections.abc import Iterator
from copy import copy
from typing import BinaryIO, TypeAlias

from ...errors import Text, UnreadableFile
from .binary_bounds import BinaryBounds, letters_told
from .excel_bounds import MOST_LETTERS, ExcelBounds, SharedLetters
from .old_excel_bounds import LARGEST, is_large, is_sealed, is_workbook
from .open_document_bounds import OpenDocumentBounds

Bounds: TypeAlias = ExcelBounds | OpenDocumentBounds | BinaryBounds

_MOST_BYTES = 2**29
_MOST_BINARY_BYTES = 2**27
_MOST_PARTS = 10_000
_BINARY_WORKBOOK = "xl/workbook.bin"
_CHUNK = 2**20
_SEALED = "EncryptedPackage".encode("utf-16-le")
_TOO_LARGE = Text(
    "workbook_too_large",
    "has a sheet that is too large to be unpacked safely",
    "delete what stands far from the list, or save it as CSV",
)
_NO_WORKBOOK = Text("packed", "is {kind}", "unpack it and give the CSV file inside")
_PASSWORD = Text("password", "is protected by a password", "save it without one")
_NO_OLD_WORKBOOK = Text(
    "not_a_workbook", "is an old document and no workbook", "export the list as CSV"
)
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


def refuse_old_traps(file: BinaryIO, name: str) -> None:
    """Refuse an old document that is no workbook, is broken, or would fill the memory."""
    content = file.read(LARGEST + 1)
    if _SEALED in content:  # a new workbook that is protected is an old document
        raise UnreadableFile(name, _PASSWORD)
    try:
        trap = _trap_in(content)
    except ValueError:
        trap = _BROKEN
    if trap is not None:
        raise UnreadableFile(name, trap)


def _trap_in(content: bytes) -> Text | None:
    """Say why an old document is not read, if so."""
    if not is_workbook(content):
        return _NO_OLD_WORKBOOK
    if is_sealed(content):
        return _PASSWORD
    return _TOO_LARGE if is_large(content) else None


def _is_small(packed: zipfile.ZipFile) -> bool:
    """Unpack all of it bit by bit, and tell whether it stays within bounds."""
    parts = packed.infolist()
    if len(parts) > _MOST_PARTS:
        return False
    is_binary = any(part.filename.lower() == _BINARY_WORKBOOK for part in parts)
    left = _MOST_BINARY_BYTES if is_binary else _MOST_BYTES
    cells = 0
    texts = []
    binary: list[BinaryBounds] = []
    for part in parts:
        sheet = ExcelBounds()
        bounds: list[Bounds] = [sheet]
        if is_binary:
            binary.append(BinaryBounds())
            bounds.append(binary[-1])
        if part.filename == "content.xml":
            bounds.append(OpenDocumentBounds())
        left = _left_after(packed, part, bounds, left=left)
        if left < 0 or any(found.is_large() for found in bounds):
            return False
        cells += sheet.cells
        texts += [sheet.texts] if sheet.texts else []
    if letters_told(binary) > MOST_LETTERS:
        return False
    longest = max(map(max, texts), default=0)
    return longest * cells <= MOST_LETTERS or _has_few_letters(packed, texts)


def _left_after(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, bounds: list[Bounds], *, left: int
) -> int:
    """Look at a part, and count how many bytes more there may be."""
    for chunk in _unpacked(packed, part):
        left -= len(chunk)
        if left < 0:
            break
        for found in bounds:
            found.look_at(chunk)
    return left


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
