"""The header of a list: the names of its columns, or why no row below it could be understood."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from ..errors import Text, UnreadableFile
from .input_file import file_name
from .row_fault import RowFault

_MOST_COLUMNS = 16_384
_IN_TWO_LINES = re.compile(r"[\t-\r]+")
_FAULTY = Text("faulty_header", "its header {fault}")
_MISSING = Text(
    "no_header", "its header is missing", "let the names of the columns stand in the first row"
)
_BLANK = Text(
    "blank_header", "its header is blank", "let the names of the columns stand in the first row"
)
_TOO_WIDE = Text("too_many_columns", "has more than {most:,} columns")
_CONTROL = Text(
    "control_in_header",
    "the name of column {place} has a control character",
    "type the name again",
)
_TWICE = Text(
    "column_twice",
    "columns {earlier} and {place} have the same name",
    "give each column a name of its own",
)


def column_names(path: Path, found: list[str] | RowFault | None) -> tuple[str, ...]:
    """
    Name the columns by the row that is the header; one without a name goes by its place.

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
    # A header written in two lines of one cell is one name.
    names = [_IN_TWO_LINES.sub(" ", cell.strip()) for cell in found]
    first_place: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if any(unicodedata.category(letter) == "Cc" for letter in name):
            raise UnreadableFile(file, _CONTROL, {"place": place})
        names[place - 1] = name or f"column {place}"
        earlier = first_place.setdefault(names[place - 1], place)
        if earlier != place:
            raise UnreadableFile(file, _TWICE, {"earlier": earlier, "place": place})
    return tuple(names)
