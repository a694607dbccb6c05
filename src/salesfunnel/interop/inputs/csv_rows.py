"""
How lines of CSV become rows, and how a row that went wrong is kept from spoiling the next.

A quotation mark that is never closed is the commonest way to lose half a list: all that follows
looks like one long note. Here a cell may run over many lines, but where no sound row comes of it
only the line with the mark is given up, and reading begins again on the line below.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

from ...errors import Text
from ..cells.formula_guard import without_formula_guard
from ..rows.records import SpoiltRow
from ..rows.row_fault import RowFault
from .encoding import Encoding
from .input_file import DAMAGE
from .line_reader import LONGEST_LINE, LineReader

LONGEST_CELL = 131_072

# How many letters may be read ahead in vain, over and above those of the rows handed out: a file
# in which every line opens a quotation mark would otherwise be read a thousand times.
_PATIENCE = 2**23
_COST_OF_A_LINE = 32

_DAMAGED_TEXT = Text(
    "damaged_row",
    "has bytes that mean nothing in the encoding of the file",
    "name another encoding, or type the row again",
)
_LINE_TOO_LONG_TEXT = Text(
    "line_too_long", "is longer than {most:,} letters", "shorten it, or mend its line end"
)
_CELL_TOO_LONG_TEXT = Text("cell_too_long", "has a cell longer than {most:,} letters", "shorten it")
_QUOTES_TEXT = Text(
    "open_quotation_mark",
    "has a quotation mark that is not closed within {most:,} letters, or stands alone in a cell",
    "double each one inside a cell",
)
_DAMAGED = RowFault(_DAMAGED_TEXT)
_TOO_OFTEN_TEXT = Text(
    "too_many_open_quotation_marks",
    "has a quotation mark whose end is not looked for: too many above it were never closed",
    "double each one inside a cell",
)
_LINE_TOO_LONG = RowFault(_LINE_TOO_LONG_TEXT, {"most": LONGEST_LINE})
CELL_TOO_LONG = RowFault(_CELL_TOO_LONG_TEXT, {"most": LONGEST_CELL})
_TOO_OFTEN = RowFault(_TOO_OFTEN_TEXT)
_QUOTES = RowFault(_QUOTES_TEXT, {"most": LONGEST_CELL})
_MARKED = re.compile(f"{DAMAGE}?[\udc80-\udcff]|{DAMAGE}")


class Mended(list[str]):
    """The cells of a row of which some are written in another encoding than their file."""


def csv_rows(
    lines: LineReader,
    delimiter: str,
    width: int | None = None,
    *,
    encoding: Encoding | None = None,
) -> Iterator[list[str] | RowFault]:
    r"""
    Cut lines into rows: the cells of a sound row, none of a blank one, else what is wrong with it.

    With a `width`, a row has at most so many cells; with an `encoding`, cells that are written in
    its second are read so.

    >>> import io
    >>> typed = '"Sara,Novin\nAram,Faradis\n\nAni,"Ararat\nTrade"\n'
    >>> for row in csv_rows(LineReader(io.StringIO(typed, newline="").read), ",", width=2):
    ...     print(row)
    has a quotation mark ...
    ['Aram', 'Faradis']
    []
    ['Ani', 'Ararat\nTrade']
    """
    dialect = csv.reader((), delimiter=delimiter, strict=True).dialect
    well_quoted = _well_quoted(delimiter)
    patience = _PATIENCE
    suspects = 0  # of the coming lines, those that were read in vain as the inside of a cell
    for line in lines:
        suspects -= 1
        if len(line) >= LONGEST_LINE:
            yield _LINE_TOO_LONG
            continue
        patience += len(line)
        if '"' not in line:
            cells = line.rstrip("\r\n").split(delimiter)
            yield _judged(cells, line, width, encoding, is_sound=lines.is_sound)
            continue
        ahead: list[str] = []
        try:
            cells = next(csv.reader(_on_from(line, lines, ahead, patience), dialect))
        except csv.Error:
            found: list[str] | RowFault = _QUOTES
        else:
            text = "".join((line, *ahead))
            found = _judged(cells, text, width, encoding, is_sound=lines.is_sound)
            is_short = isinstance(found, list) and 0 < len(found) < (width or 0)
            # What is left of a broken note may look like a row, but its quotation marks do not.
            is_left = suspects >= 0 and not well_quoted.fullmatch(text)
            found = _QUOTES if (ahead and is_short) or is_left else found
        if suspects < 0 and _follows_other_rules(found):
            found = _loosely_quoted(line, delimiter, width) or found
        if isinstance(found, RowFault) and found.text is not _DAMAGED_TEXT:
            lines.put_back(ahead)
            suspects = max(suspects, len(ahead))
            cost = sum(map(len, ahead)) + len(ahead) * _COST_OF_A_LINE
            if found is _QUOTES:
                is_tired = cost + len(line) + _COST_OF_A_LINE > patience
                why = _TOO_OFTEN if is_tired else _QUOTES
                found = _spoilt(why, line.rstrip("\r\n").split(delimiter))
            patience -= cost
        yield found


def _on_from(line: str, lines: LineReader, ahead: list[str], patience: int) -> Iterator[str]:
    """Give a line and those below it, as far as a record may reach, and note what was taken."""
    letters = 0
    while len(line) < LONGEST_LINE:
        yield line
        letters += len(line)
        patience -= len(line) + _COST_OF_A_LINE
        if letters > LONGEST_LINE or patience < 0 or (line := next(lines, "")) == "":
            return
        ahead.append(line)


def _spoilt(why: RowFault, cells: list[str]) -> SpoiltRow:
    """Say what is wrong with a row, and keep its cells without bytes that mean nothing."""
    whole = tuple(_MARKED.sub("\ufffd", cell) for cell in cells)
    return SpoiltRow(why.text, why.params, cells=whole)


def _judged(
    cells: list[str],
    text: str,
    width: int | None,
    encoding: Encoding | None,
    *,
    is_sound: bool,
) -> list[str] | RowFault:
    """Tell whether the cells cut from a text make a row: blank, sound, or what is wrong."""
    if not any(map(str.strip, cells)):
        return []
    if width is not None and len(cells) > width:
        if any(map(str.strip, cells[width:])):
            return SpoiltRow.too_wide(cells, width)
        cells = cells[:width]
    if not is_sound and not text.isascii():  # to look for damage in a long text takes long
        if encoding is not None and encoding.may_mend(text):
            cells = _mended(cells, encoding)
            text = "".join(cells)
        if DAMAGE in text:
            return _spoilt(_DAMAGED, cells)
    if len(text) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
        return CELL_TOO_LONG
    if "'" in text:
        cells[:] = map(without_formula_guard, cells)
    return cells


def _mended(cells: list[str], encoding: Encoding) -> list[str]:
    mended = Mended(map(encoding.mended, cells))
    return cells if mended == cells else mended


def _follows_other_rules(found: list[str] | RowFault) -> bool:
    return isinstance(found, RowFault) or any(cell.startswith(' "') for cell in found)


def _loosely_quoted(line: str, delimiter: str, width: int | None) -> list[str] | None:
    """Read a row whose cells are quoted by other rules: behind a blank, or with backslashes."""
    rules: dict[str, Any] = {}
    if '\\"' in line:
        rules = {"escapechar": "\\", "doublequote": False}
    elif f'{delimiter} "' in line:
        rules = {"skipinitialspace": True}
    if not rules:
        return None
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True, **rules))
    except csv.Error:
        return None
    return cells if width in (None, len(cells)) else None


def _well_quoted(delimiter: str) -> re.Pattern[str]:
    """Match a record in which quotation marks enclose whole cells, and nothing else."""
    mark = re.escape(delimiter)
    cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{mark}]*+)'
    return re.compile(rf"{cell}(?:{mark}{cell})*+[\r\n]*")
