"""
How lines become rows, and how a row that went wrong is kept from spoiling the next.

A quotation mark that is never closed is the commonest way to lose half a list: all that follows
looks like one long note. Here a cell may run over many lines, but where no sound row comes of it
only the line with the mark is given up, and reading begins again on the line below.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from .encoding import DAMAGE
from .formula_guard import without_formula_guard
from .line_reader import LONGEST_LINE, LineReader

LONGEST_CELL = 131_072

# How many letters may be read ahead in vain, over and above those of the rows handed out: a file
# in which every line opens a quotation mark would otherwise be read a thousand times.
_PATIENCE = 2**22
_COST_OF_A_LINE = 32

_DAMAGED = (
    "has bytes that are no letters in the encoding of the file; "
    "name another encoding, or type the row again"
)
_LINE_TOO_LONG = f"is longer than {LONGEST_LINE:,} letters; shorten it, or mend its line end"
_CELL_TOO_LONG = f"has a cell longer than {LONGEST_CELL:,} letters; shorten it"
_QUOTES = (
    f"has a quotation mark that is not closed within {LONGEST_CELL:,} letters, "
    "or stands alone inside a cell; double each one inside a cell"
)


def rows(lines: LineReader, delimiter: str, width: int | None = None) -> Iterator[list[str] | str]:
    r"""
    Cut lines into rows: the cells of a sound row, none of a blank one, else what is wrong with it.

    With a `width`, each row that is not blank must have so many cells.

    >>> import io
    >>> typed = '"Sara,Novin\nAram,Faradis\n\nAni,"Ararat\nTrade"\n'
    >>> list(rows(LineReader(io.StringIO(typed, newline="").readline), ",", width=2))
    ['has a quotation mark ...', ['Aram', 'Faradis'], [], ['Ani', 'Ararat\nTrade']]
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
            yield _judged(line.rstrip("\r\n").split(delimiter), line, width)
            continue
        ahead: list[str] = []
        try:
            cells = next(csv.reader(_on_from(line, lines, ahead, patience), dialect))
        except csv.Error:
            found: list[str] | str = _QUOTES
        else:
            text = "".join((line, *ahead))
            found = _judged(cells, text, width)
            # What is left of a broken note may look like a row, but its quotation marks do not.
            if suspects >= 0 and not well_quoted.fullmatch(text):
                found = _QUOTES
        if isinstance(found, str) and found != _DAMAGED:
            lines.put_back(ahead)
            suspects = max(suspects, len(ahead))
            patience -= sum(map(len, ahead)) + len(ahead) * _COST_OF_A_LINE
        yield found


def _on_from(line: str, lines: LineReader, ahead: list[str], patience: int) -> Iterator[str]:
    """Give a line and those below it, as far as a record may reach, and note what was taken."""
    room = min(patience, LONGEST_LINE)
    while len(line) < LONGEST_LINE:
        yield line
        room -= len(line) + _COST_OF_A_LINE
        if room < 0 or (line := next(lines, "")) == "":
            return
        ahead.append(line)


def _judged(cells: list[str], text: str, width: int | None) -> list[str] | str:
    """Tell whether the cells cut from a text make a row: blank, sound, or what is wrong."""
    if not any(map(str.strip, cells)):
        return []
    if width is not None and len(cells) != width:
        if len(cells) < width or any(map(str.strip, cells[width:])):
            return f"has {len(cells)} cell{'s'[: len(cells) > 1]} where the header has {width}"
        cells = cells[:width]
    if DAMAGE in text:
        return _DAMAGED
    if len(text) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
        return _CELL_TOO_LONG
    return [without_formula_guard(cell) for cell in cells] if "'" in text else cells


def _well_quoted(delimiter: str) -> re.Pattern[str]:
    """Match a record in which quotation marks enclose whole cells, and nothing else."""
    mark = re.escape(delimiter)
    cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{mark}]*+)'
    return re.compile(rf"{cell}(?:{mark}{cell})*+[\r\n]*")
