"""The header of a list: the names of its columns, or why no row below it could be understood."""

from __future__ import annotations

from pathlib import Path

from ..errors import Text, UnreadableFile
from ..values.text import shown
from .cell_text import without_controls
from .input_file import file_name
from .row_fault import RowFault

_MOST_COLUMNS = 16_384
_LONGEST_HEADER = 1_000
_FAULTY = Text("faulty_header", "its header {fault}")
_MISSING = Text(
    "no_header", "its header is missing", "let the names of the columns stand in the first row"
)
_BLANK = Text(
    "blank_header", "its header is blank", "let the names of the columns stand in the first row"
)
_TOO_WIDE = Text("too_many_columns", "has more than {most:,} columns")


def column_names(path: Path, found: list[str] | RowFault | None) -> tuple[str, ...]:
    """
    Name the columns by the row that is the header; one without a name goes by its place.

    A header in two lines of one cell is one name, and what no one can see is left out.

    >>> column_names(Path("leads.csv"), ["Name ", "", "City"])
    ('Name', 'column 2', 'City')
    """
    file = file_name(path)
    if isinstance(found, RowFault):
        raise UnreadableFile(file, _FAULTY, {"fault": str(found)})
    if found is None:
        raise UnreadableFile(file, _MISSING)
    if not found:
        raise UnreadableFile(file, _BLANK)
    if len(found) > _MOST_COLUMNS:
        raise UnreadableFile(file, _TOO_WIDE, {"most": _MOST_COLUMNS})
    names = (shown(without_controls(cell)[0], limit=_LONGEST_HEADER) for cell in found)
    return tuple(name or f"column {place}" for place, name in enumerate(names, start=1))
